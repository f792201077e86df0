import { sql } from 'kysely'
import type { Read, Write } from '../../platform/database/index.ts'
import { type Kind, leafLines, leafOf, lineColumns, type Row, registers } from './model.ts'
import { leafHash } from './tree/merkle.ts'

/** What the log came to at one time; `note` is the signed checkpoint as published. */
export type SealedCheckpoint = { size: number; root: Buffer; at: Date; note: string }

type CheckpointRow = { size: number; root: Buffer; sealed_at: Date; note: string }

const toCheckpoint = (row: CheckpointRow): SealedCheckpoint => ({
  size: row.size,
  root: row.root,
  at: row.sealed_at,
  note: row.note,
})

const checkpointColumns = sql`size, root, sealed_at, note`

/** The newest checkpoint; nothing before the first. */
export async function lastCheckpoint(tx: Read): Promise<SealedCheckpoint | undefined> {
  const { rows } = await sql<CheckpointRow>`select ${checkpointColumns} from seal_checkpoint
    where municipality_id = ${tx.town} order by size desc limit 1`.execute(tx.q)
  return rows[0] && toCheckpoint(rows[0])
}

/** The first checkpoint over the leaf at this place: when it was sealed. */
export async function checkpointOver(tx: Read, index: number): Promise<SealedCheckpoint | undefined> {
  const { rows } = await sql<CheckpointRow>`select ${checkpointColumns} from seal_checkpoint
    where municipality_id = ${tx.town} and size > ${index} order by size limit 1`.execute(tx.q)
  return rows[0] && toCheckpoint(rows[0])
}

/** The last checkpoint before an instant. */
export async function checkpointBefore(tx: Read, instant: Date): Promise<SealedCheckpoint | undefined> {
  const { rows } = await sql<CheckpointRow>`select ${checkpointColumns} from seal_checkpoint
    where municipality_id = ${tx.town} and sealed_at < ${instant} order by sealed_at desc, size desc limit 1`.execute(
    tx.q,
  )
  return rows[0] && toCheckpoint(rows[0])
}

/** The town's public keys, as signed notes name them, those known first first. */
export async function knownKeys(tx: Read): Promise<{ verifier: string; since: Date }[]> {
  const { rows } = await sql<{
    verifier: string
    known_since: Date
  }>`select verifier, known_since from seal_key
    where municipality_id = ${tx.town} order by known_since, verifier`.execute(tx.q)
  return rows.map(row => ({ verifier: row.verifier, since: row.known_since }))
}

/** Hashes of one level, from a place on, as far as they are there: leaves at 0, above them the roots of 256 of the level below. */
export async function hashesAt(tx: Read, level: number, from: number, count: number): Promise<Buffer[]> {
  if (count === 0) return []
  const to = from + count
  const { rows } =
    level === 0
      ? await sql<{ hash: Buffer }>`select hash from seal_leaf
          where municipality_id = ${tx.town} and leaf_index >= ${from} and leaf_index < ${to} order by leaf_index`.execute(
          tx.q,
        )
      : await sql<{ hash: Buffer }>`select hash from seal_node
          where municipality_id = ${tx.town} and level = ${level} and node_index >= ${from} and node_index < ${to}
          order by node_index`.execute(tx.q)
  return rows.map(row => row.hash)
}

/** The place of what is sealed under this id. */
export async function leafOfSubject(tx: Read, kind: Kind, id: string): Promise<number | undefined> {
  const { rows } = await sql<{ leaf_index: number }>`select leaf_index from seal_leaf
    where municipality_id = ${tx.town} and kind = ${kind} and subject_id = ${id}`.execute(tx.q)
  return rows[0]?.leaf_index
}

/** The transactions a pass goes through: from the horizon of the last, up to the oldest that may still be open. */
export type Reach = {
  after: { xid: string; id: string } | undefined
  from: string | undefined
  below: string | undefined
}
export type Waiting = { id: string; xid: string; bytes: Buffer }

const columnsOf = (kind: Exclude<Kind, 'audit'>) =>
  sql.join(
    Object.keys(registers[kind].fields).map(name =>
      name === 'lines'
        ? sql`(select jsonb_agg(to_jsonb(l)) from (select ${sql.join(lineColumns.map(each => sql.ref(each)))} from receipt_line l
            where l.municipality_id = t.municipality_id and l.receipt_id = t.receipt_id) l) as lines`
        : sql.ref(`t.${name}`),
    ),
  )

/** What a register's rows hold, as its leaves are made of it; `t` is the table. */
export const entryColumns = (kind: Kind) =>
  kind === 'audit' ? sql`t.canonical` : sql`${sql.ref(`t.${registers[kind].id}`)}, ${columnsOf(kind)}`

export const tableOf = (kind: Kind) =>
  kind === 'audit'
    ? { table: 'audit', id: 'audit_id' }
    : { table: registers[kind].table, id: registers[kind].id }

/** The bytes of an entry from its row, as `entryColumns` reads it. */
export const bytesOf = (kind: Kind, town: string, row: Row): Buffer =>
  kind === 'audit'
    ? (row.canonical as Buffer)
    : leafOf(kind, town, kind === 'receipt' ? { ...row, lines: leafLines((row.lines ?? []) as Row[]) } : row)

/**
 * Rows of a register that have no place yet, in the order in which they get one. Each is looked up by itself: a join, planned by figures from
 * before a busy hour, would go through the whole log for every row.
 */
export async function waitingOf(tx: Read, kind: Kind, reach: Reach, limit: number): Promise<Waiting[]> {
  const { table, id } = tableOf(kind)
  const key = sql.ref(`t.${id}`)
  const bounds = [
    ...(reach.after ? [sql`(t.xid, ${key}) > (${reach.after.xid}::xid8, ${reach.after.id}::uuid)`] : []),
    ...(reach.from !== undefined ? [sql`t.xid >= ${reach.from}::xid8`] : []),
    ...(reach.below !== undefined ? [sql`t.xid < ${reach.below}::xid8`] : []),
  ]
  const { rows } = await sql<Row & { waiting_id: string; waiting_xid: string }>`
    select ${key} as waiting_id, t.xid::text as waiting_xid, ${entryColumns(kind)}
      from ${sql.table(table)} t
     where t.municipality_id = ${tx.town} ${bounds.length > 0 ? sql`and ${sql.join(bounds, sql` and `)}` : sql``}
       and (select s.leaf_index from seal_leaf s
             where s.municipality_id = t.municipality_id and s.kind = ${kind} and s.subject_id = ${key} limit 1) is null
     order by t.xid, ${key} limit ${limit}`.execute(tx.q)
  return rows.map(row => ({ id: row.waiting_id, xid: row.waiting_xid, bytes: bytesOf(kind, tx.town, row) }))
}

/** The bytes of one entry, as its register has them now. */
export async function entryBytes(tx: Read, kind: Kind, id: string): Promise<Buffer | undefined> {
  const { table, id: key } = tableOf(kind)
  const { rows } = await sql<Row>`select ${entryColumns(kind)} from ${sql.table(table)} t
    where t.municipality_id = ${tx.town} and ${sql.ref(`t.${key}`)} = ${id}`.execute(tx.q)
  return rows[0] && bytesOf(kind, tx.town, rows[0])
}

/** The hash a leaf of an entry would have if it were made of what its register has now. */
export async function entryHash(tx: Read, kind: Kind, id: string): Promise<Buffer | undefined> {
  const bytes = await entryBytes(tx, kind, id)
  return bytes && leafHash(bytes)
}

export async function insertLeaves(
  tx: Write,
  from: number,
  leaves: readonly { kind: Kind; id: string; hash: Buffer }[],
): Promise<void> {
  await sql`insert into seal_leaf (municipality_id, leaf_index, kind, subject_id, hash)
    select ${tx.town}, ${from}::bigint + n - 1, kind, id, decode(hash, 'hex')
      from unnest(${leaves.map(each => each.kind)}::text[], ${leaves.map(each => each.id)}::uuid[],
                  ${leaves.map(each => each.hash.toString('hex'))}::text[]) with ordinality as w(kind, id, hash, n)`.execute(
    tx.q,
  )
}

export async function insertNodes(
  tx: Write,
  level: number,
  from: number,
  nodes: readonly Buffer[],
): Promise<void> {
  await sql`insert into seal_node (municipality_id, level, node_index, hash)
    select ${tx.town}, ${level}::smallint, ${from}::bigint + n - 1, decode(hash, 'hex')
      from unnest(${nodes.map(each => each.toString('hex'))}::text[]) with ordinality as w(hash, n)`.execute(
    tx.q,
  )
}
