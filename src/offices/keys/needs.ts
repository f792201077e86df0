import type pg from 'pg'
import type { Crypto } from '../../platform/crypto/index.ts'
import { sealedColumns, sealedSettings } from './columns.ts'
import { isSealed, keyIn } from './reseal.ts'

/** How many fields a sealing key still opens, and in which tables. */
export type Needs = Map<number, Map<string, number>>

/** Counts what each sealing key is needed for, of all towns: a key that is not in it is needed by nothing in the database. */
export async function needsOf(client: pg.Client, crypto: Crypto): Promise<Needs> {
  const needs: Needs = new Map()
  const add = (id: number, table: string, count: number) => {
    const tables = needs.get(id) ?? new Map<string, number>()
    tables.set(table, (tables.get(table) ?? 0) + count)
    needs.set(id, tables)
  }
  for (const { table, column } of sealedColumns) {
    const { rows } = await client.query<{ id: number; count: number }>(
      `select ${keyIn(column)} as id, count(*) as count from public.${table} where ${isSealed(column)} group by 1`,
    )
    for (const { id, count } of rows) add(id, table, count)
  }
  for (const { key, name } of sealedSettings) {
    const { rows } = await client.query<{ text: string }>(
      'select value ->> $2 as text from public.setting where key = $1 and value ->> $2 is not null',
      [key, name],
    )
    for (const { text } of rows) add(crypto.keyOf(Buffer.from(text, 'base64')), 'setting', 1)
  }
  return needs
}
