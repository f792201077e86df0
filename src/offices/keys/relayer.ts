import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { Crypto } from '../../platform/crypto/index.ts'
import { layerLock } from '../../platform/database/index.ts'
import { errorCode } from '../../platform/plain-error.ts'
import { type IndexColumn, indexColumns } from './columns.ts'

type Owner = pg.Client

/** Different indexes made anew at a time. */
const batch = 5000

/** What was stored and what is stored from now on, beside the connection: a run that is killed leaves nothing of it. */
const table = 'pg_temp.index_anew'

/**
 * Makes a town's blind indexes anew with the next layer of the index key, until it has the newest; gives how many values changed. What
 * takes long is worked out beside the tables; then all of them change in one transaction, which writers of this town wait for and readers do
 * not: before it everything is found by the layer before, after it by the new one (LayerGuard). Killed anywhere, all or nothing has happened.
 */
export async function relayerTown(client: Owner, crypto: Crypto, town: string): Promise<number> {
  let changed = 0
  for (;;) {
    const { rows } = await client.query<{ layer: number }>(
      'select index_layer as layer from public.municipality where municipality_id = $1',
      [town],
    )
    const layer = (rows[0]?.layer ?? crypto.newestLayer) + 1
    if (layer > crypto.newestLayer) return changed
    changed += await raise(client, crypto, town, layer)
  }
}

/** While somebody writes for long nobody is kept waiting behind us: the lock is let go of and asked for again. */
async function raise(client: Owner, crypto: Crypto, town: string, layer: number): Promise<number> {
  for (let turn = 1; ; turn++) {
    try {
      return await raiseAtOnce(client, crypto, town, layer)
    } catch (error) {
      if (errorCode(error) !== '55P03' || turn === 60) throw error
      await sleep(1000)
    }
  }
}

async function raiseAtOnce(client: Owner, crypto: Crypto, town: string, layer: number): Promise<number> {
  await client.query(`drop table if exists ${table}`)
  await client.query(`create temporary table index_anew (was bytea primary key, anew bytea not null)`)
  try {
    for (const column of indexColumns) await prepare(client, crypto, town, layer, column)
    await client.query(`analyze ${table}`)
    await client.query(`begin; set local lock_timeout = '2s'`)
    await client.query(`select pg_advisory_xact_lock(${layerLock(town)})`)
    // Another run may have been quicker.
    const mine = await client.query(
      'update public.municipality set index_layer = $2 where municipality_id = $1 and index_layer = $2 - 1',
      [town, layer],
    )
    let changed = 0
    if (mine.rowCount === 1) {
      for (const column of indexColumns) await prepare(client, crypto, town, layer, column)
      for (const column of indexColumns) {
        const written = await client.query(
          `update public.${column.table} t set ${column.column} = v.anew from ${table} v
            where t.municipality_id = $1 and t.${column.column} = v.was`,
          [town],
        )
        changed += written.rowCount ?? 0
      }
    }
    await client.query('commit')
    crypto.noteLayer(town, layer)
    return changed
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    await client.query(`drop table if exists ${table}`).catch(() => {})
  }
}

/** Works out what is not yet worked out of a column. What was emptied when its record was destroyed is no index. */
async function prepare(
  client: Owner,
  crypto: Crypto,
  town: string,
  layer: number,
  { table: of, column }: IndexColumn,
): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ was: Buffer }>(
      `select distinct ${column} as was from public.${of} t
        where municipality_id = $1 and length(${column}) = 32
          and not exists (select from ${table} v where v.was = t.${column}) limit ${batch}`,
      [town],
    )
    if (rows.length === 0) return
    await client.query(
      `insert into ${table} (was, anew) select * from unnest($1::bytea[], $2::bytea[]) on conflict do nothing`,
      [rows.map(row => row.was), rows.map(row => crypto.relayer(town, layer, row.was))],
    )
  }
}
