import type pg from 'pg'
import { PlainError } from '../../platform/plain-error.ts'
import type { Manifest } from './manifest.ts'

/** Text of values is the same wherever it is written and read; a wall that would hide rows is an error. */
export const plainSettings = `
  set local row_security = off; set local timezone = 'UTC'; set local bytea_output = 'hex';
  set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0`

/** Keeps migrations, which hold this lock alone, away until the connection ends. */
export async function holdSchema(client: pg.Client): Promise<void> {
  await client.query('select pg_advisory_lock_shared(727002)')
}

export async function lastMigration(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ name: string }>('select max(name) as name from public.migration')
  return rows[0]?.name ?? ''
}

/** Every table that holds rows of towns, by name; but for what is kept by a trigger as rows of others come in. */
export async function townTables(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`
    select relname as name from pg_class
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and relname not in ('migration', 'message_due')
     order by relname collate "C"`)
  return rows.map(row => row.name)
}

/**
 * The tables so that each comes after those its rows point to. Keys that can be checked at the end ask for no order; those within one table
 * must be such keys, for rows come in no order of their own.
 */
export async function inKeyOrder(client: pg.Client, tables: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ child: string; parent: string }>(`
    select c.relname as child, p.relname as parent from pg_constraint k
      join pg_class c on c.oid = k.conrelid join pg_class p on p.oid = k.confrelid
     where k.contype = 'f' and k.connamespace = 'public'::regnamespace and not k.condeferrable`)
  const waiting = new Set(tables)
  const ordered: string[] = []
  while (waiting.size > 0) {
    const ready = [...waiting].filter(
      table => !rows.some(({ child, parent }) => child === table && waiting.has(parent)),
    )
    if (ready.length === 0)
      throw new Error(`${[...waiting].join(', ')} point to each other: make one of their keys deferrable`)
    for (const table of ready) waiting.delete(table)
    ordered.push(...ready)
  }
  return ordered
}

/** Rows enter the schema they left, and no other. */
export async function refuseOtherSchema(client: pg.Client, manifest: Manifest): Promise<void> {
  const ours = await lastMigration(client)
  const { schema, version } = manifest
  if (schema > ours)
    throw new PlainError(
      `It was made by Shubbak ${version} with the schema ${schema}, which is newer than ${ours} here: install that version`,
    )
  if (schema < ours)
    throw new PlainError(
      `It was made by Shubbak ${version} with the schema ${schema}, which is older than ${ours} here: restore it with that version, then install this one and run shubbak migrate`,
    )
  const names = manifest.tables.map(table => table.name)
  if (names.sort().join() !== (await townTables(client)).join())
    throw new PlainError('The manifest is damaged: its tables are not those of its schema')
}
