import { availableParallelism } from 'node:os'
import { join as joinPath } from 'node:path'
import { Worker } from 'node:worker_threads'
import { type RawBuilder, sql } from 'kysely'
import type { Database, Read } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import { projectRoot } from '../../../platform/root.ts'
import type { Kind } from '../model.ts'
import { entryColumns, tableOf } from '../store.ts'
import {
  type BriefRow,
  type Judged,
  join,
  judgeBriefly,
  judgeRows,
  nothingJudged,
  type PlacedRow,
  type Sealing,
} from './judge.ts'
import type { KeptCheckpoint } from './tree.ts'

/** Rows with ids above `after`, up to and with `until`; both may be open. */
export type Span = { after: string | undefined; until: string | undefined }
export type Order = { url: string; town: string; span: Span; sealings: readonly Sealing[] }

const readOnce = 4_000

/** One row of readers' work: the town's rows of a kind within a span, judged. */
export async function judgeSpan(
  database: Database,
  town: string,
  kind: Kind,
  span: Span,
  sealings: readonly Sealing[],
): Promise<Judged> {
  const judged = nothingJudged()
  const judge = (rows: readonly PlacedRow[]) => judgeRows(town, kind, sealings, rows, judged)
  if (kind === 'audit') {
    await inPages(
      span,
      part => database.read(town, tx => briefRows(tx, part)),
      async rows => {
        const unsure = rows.filter(row => !judgeBriefly(town, sealings, row, judged)).map(row => row.entry_id)
        if (unsure.length > 0)
          judge(await database.read(town, tx => placedRows(tx, kind, { ids: unsure }, unsure.length)))
      },
    )
  } else await inPages(span, part => database.read(town, tx => placedRows(tx, kind, part)), judge)
  return judged
}

async function inPages<R extends { entry_id: string }>(
  span: Span,
  read: (part: Span) => Promise<R[]>,
  judge: (rows: R[]) => unknown,
): Promise<void> {
  let next = read(span)
  for (;;) {
    const rows = await next
    const last = rows.at(-1)
    // The next rows are on their way while these are judged.
    const more = rows.length === readOnce && last
    if (more) next = read({ ...span, after: last.entry_id })
    await judge(rows)
    if (!more) return
  }
}

const actColumns = sql`t.actor_kind, t.actor_id, t.actor_office, t.act, t.subject_kind, t.subject_id, t.person_id, t.request_id, t.cause, t.personal`
const auditColumns = sql`t.at, ${actColumns}`

/** Rows of a register in the order of their ids, each with its place in the log. */
export async function placedRows(
  tx: Read,
  kind: Kind,
  which: Span | { ids: readonly string[] },
  limit = readOnce,
): Promise<PlacedRow[]> {
  const { table, id } = tableOf(kind)
  const key = sql.ref(`t.${id}`)
  const { rows } = await sql<PlacedRow>`
    select ${key} as entry_id, l.leaf_index as place, l.hash as sealed, ${kind === 'audit' ? auditColumns : sql`t.destroyed_at`}, ${entryColumns(kind)}
      from ${sql.table(table)} t
      left join lateral (select leaf_index, hash from seal_leaf
            where municipality_id = t.municipality_id and kind = ${kind} and subject_id = ${key} limit 1) l on true
     where t.municipality_id = ${tx.town} and ${within(which, key)}
     order by ${key} limit ${limit}`.execute(tx.q)
  return rows
}

/** Audit rows in the order of their ids with their leaves, as `judgeBriefly` reads them. */
async function briefRows(tx: Read, span: Span): Promise<BriefRow[]> {
  const { rows } = await sql<BriefRow>`
    select t.audit_id as entry_id, l.leaf_index as place, encode(l.hash, 'hex') as sealed,
           sha256('\\x00'::bytea || t.canonical) = l.hash as "proofHolds", date_part('epoch', t.at) * 1000 as at_ms, ${actColumns}
      from audit t
      left join lateral (select leaf_index, hash from seal_leaf
            where municipality_id = t.municipality_id and kind = 'audit' and subject_id = t.audit_id limit 1) l on true
     where t.municipality_id = ${tx.town} and ${within(span, sql`t.audit_id`)}
     order by t.audit_id limit ${readOnce}`.execute(tx.q)
  return rows
}

const within = (which: Span | { ids: readonly string[] }, key: RawBuilder<unknown>): RawBuilder<boolean> =>
  'ids' in which
    ? sql<boolean>`${key} = any(${[...which.ids]}::uuid[])`
    : sql<boolean>`${which.after === undefined ? sql`true` : sql`${key} > ${which.after}`}
        and ${which.until === undefined ? sql`true` : sql`${key} <= ${which.until}`}`

/** Enough rows that a thread's start is worth its while. */
const worthThreads = 40_000

/** All rows of a kind; the audit of a large town by as many readers as the machine has cores. */
export async function judgeKind(
  house: Pick<House, 'database' | 'server'>,
  town: string,
  kind: Kind,
  sealings: readonly Sealing[],
): Promise<Judged> {
  const readers = Math.min(4, availableParallelism())
  const bounds =
    kind === 'audit' && readers > 1 ? await house.database.read(town, tx => auditBounds(tx, readers)) : []
  if (bounds.length === 0)
    return judgeSpan(house.database, town, kind, { after: undefined, until: undefined }, sealings)
  const spans = [...bounds, undefined].map((until, place) => ({ after: bounds[place - 1], until }))
  return join(await Promise.all(spans.map(span => inThread({ url: house.server.url, town, span, sealings }))))
}

async function auditBounds(tx: Read, parts: number): Promise<string[]> {
  const counted = await sql<{
    n: number
  }>`select count(*) as n from audit where municipality_id = ${tx.town}`.execute(tx.q)
  const count = counted.rows[0]?.n ?? 0
  if (count < worthThreads) return []
  const bounds: string[] = []
  for (let part = 1; part < parts; part++) {
    const { rows } = await sql<{
      audit_id: string
    }>`select audit_id from audit where municipality_id = ${tx.town}
      order by audit_id offset ${Math.floor((count * part) / parts)} limit 1`.execute(tx.q)
    if (rows[0]) bounds.push(rows[0].audit_id)
  }
  return bounds
}

function inThread(order: Order): Promise<Judged> {
  const entry = joinPath(projectRoot, 'src/offices/seal/check/reader.ts')
  return new Promise((resolve, reject) => {
    const reader = new Worker(entry, { execArgv: [], workerData: order })
    reader.once('message', resolve)
    reader.once('error', reject)
    reader.once('exit', code => reject(new Error(`a reader ended with ${code}`)))
  })
}

export async function checkpointsOf(tx: Read): Promise<KeptCheckpoint[]> {
  const { rows } = await sql<KeptCheckpoint>`select size, root, sealed_at as at, note from seal_checkpoint
    where municipality_id = ${tx.town} order by size`.execute(tx.q)
  return rows
}

export async function nodesOf(tx: Read): Promise<Map<string, Buffer>> {
  const { rows } = await sql<{
    level: number
    node_index: number
    hash: Buffer
  }>`select level, node_index, hash from seal_node
    where municipality_id = ${tx.town}`.execute(tx.q)
  return new Map(rows.map(row => [`${row.level}/${row.node_index}`, row.hash]))
}

/** The leaves in order, 256 to a row and many rows at a time. */
export async function* leavesOf(
  database: Database,
  town: string,
): AsyncGenerator<{ from: number; hashes: Buffer }> {
  const once = 256 * 64
  let from = 0
  for (;;) {
    const { rows } = await database.read(town, tx =>
      sql<{ first: number; last: number; count: number; hashes: Buffer }>`
        select min(leaf_index) as first, max(leaf_index) as last, count(*) as count, string_agg(hash, '' order by leaf_index) as hashes
          from (select leaf_index, hash from seal_leaf where municipality_id = ${tx.town} and leaf_index >= ${from}
                 order by leaf_index limit ${once}) l`.execute(tx.q),
    )
    const [row] = rows
    if (!row?.count) return
    // Where there is a gap inside, leaf by leaf says where.
    if (row.last - row.first + 1 !== row.count) yield* singleLeaves(database, town, from, once)
    else yield { from: row.first, hashes: row.hashes }
    if (row.count < once) return
    from = row.last + 1
  }
}

async function* singleLeaves(
  database: Database,
  town: string,
  from: number,
  count: number,
): AsyncGenerator<{ from: number; hashes: Buffer }> {
  const { rows } = await database.read(town, tx =>
    sql<{ leaf_index: number; hash: Buffer }>`select leaf_index, hash from seal_leaf
      where municipality_id = ${tx.town} and leaf_index >= ${from} order by leaf_index limit ${count}`.execute(
      tx.q,
    ),
  )
  for (const row of rows) yield { from: row.leaf_index, hashes: row.hash }
}

/** Leaves whose row is gone. */
export async function orphansOf(tx: Read, kind: Kind): Promise<{ id: string; place: number }[]> {
  const { table, id } = tableOf(kind)
  const { rows } = await sql<{ id: string; place: number }>`
    select l.subject_id as id, l.leaf_index as place from seal_leaf l
     where l.municipality_id = ${tx.town} and l.kind = ${kind} and (
       select 1 from ${sql.table(table)} t
        where t.municipality_id = l.municipality_id and ${sql.ref(`t.${id}`)} = l.subject_id limit 1) is null
     order by l.leaf_index`.execute(tx.q)
  return rows
}
