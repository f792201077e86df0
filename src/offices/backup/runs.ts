import { sql } from 'kysely'
import { newId } from '../../lib/ids.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import { record } from '../audit/index.ts'

/** `physical`: the whole cluster; `logical`: rows and files of all towns; `drill`: one town taken out, brought back elsewhere and compared. */
export type RunKind = 'physical' | 'logical' | 'drill'

export type BackupRun = {
  id: string
  kind: RunKind
  beganAt: Date
  endedAt: Date | undefined
  /** Undefined while it runs, and for one that died. */
  good: boolean | undefined
  rows: number
  files: number
  bytes: number
  schema: string
  trouble: string | undefined
}

export type RunResult = Pick<BackupRun, 'good' | 'rows' | 'files' | 'bytes' | 'schema' | 'trouble'>

const nothing = { rows: 0, files: 0, bytes: 0, schema: '' }

/** Writes down that it begins, so that one that dies is seen. */
export async function beginRun(tx: Write, kind: RunKind): Promise<string> {
  const runId = newId(tx.now)
  await tx.q
    .insertInto('backup_run')
    .values({ municipality_id: tx.town, run_id: runId, kind, began_at: tx.now, ...nothing })
    .execute()
  return runId
}

export async function endRun(tx: Write, runId: string, result: RunResult): Promise<void> {
  const { good = false, trouble, ...counts } = result
  const { kind } = await tx.q
    .updateTable('backup_run')
    .set({ ...counts, good, ended_at: tx.now, trouble: trouble?.slice(0, 500) ?? null })
    .where('municipality_id', '=', tx.town)
    .where('run_id', '=', runId)
    .returning('kind')
    .executeTakeFirstOrThrow()
  await record(tx, {
    actor: { kind: 'system', id: 'backup' },
    act: good ? `backup.${kind}-good` : `backup.${kind}-failed`,
    subjectKind: 'backup',
    subjectId: runId,
  })
}

/** The newest runs of a kind. */
export async function runsOf(tx: Read, kind: RunKind, most: number): Promise<BackupRun[]> {
  const rows = await tx.q
    .selectFrom('backup_run')
    .selectAll()
    .where('municipality_id', '=', tx.town)
    .where('kind', '=', kind)
    .orderBy('began_at', 'desc')
    .limit(most)
    .execute()
  return rows.map(row => ({
    id: row.run_id,
    kind: row.kind as RunKind,
    beganAt: row.began_at,
    endedAt: row.ended_at ?? undefined,
    good: row.good ?? undefined,
    rows: row.rows,
    files: row.files,
    bytes: row.bytes,
    schema: row.schema,
    trouble: row.trouble ?? undefined,
  }))
}

/** The newest good run of a kind. */
export async function lastGood(tx: Read, kind: RunKind): Promise<BackupRun | undefined> {
  // A town whose backups fail for months is told so long before: the newest hundred are looked through.
  return (await runsOf(tx, kind, 100)).find(run => run.good)
}

export type Stream = { keptUntil: Date; trouble: string | undefined }

/** How far the second copy follows; undefined where none is made as it is written. */
export async function streamOf(tx: Read): Promise<Stream | undefined> {
  const row = await tx.q
    .selectFrom('backup_stream')
    .select(['kept_until', 'trouble'])
    .where('municipality_id', '=', tx.town)
    .executeTakeFirst()
  return row && { keptUntil: row.kept_until, trouble: row.trouble ?? undefined }
}

export async function noteStream(
  tx: Write,
  { keptUntil, trouble }: { keptUntil: Date | undefined; trouble: string | undefined },
): Promise<void> {
  const told = trouble?.slice(0, 500) ?? null
  await sql`
    insert into backup_stream (municipality_id, kept_until, trouble) values (${tx.town}, ${keptUntil ?? tx.now}, ${told})
    on conflict (municipality_id) do update set
      kept_until = ${keptUntil === undefined ? sql`backup_stream.kept_until` : keptUntil}, trouble = excluded.trouble`.execute(
    tx.q,
  )
}

export type Waiting = { count: number; since: Date | undefined }

/** How many messages are due and not gone, counted to `most`, and since when the oldest. */
export async function messagesWaiting(tx: Read, most: number): Promise<Waiting> {
  const { rows } = await sql<{ waiting: number; since: Date | null }>`
    select waiting, since from messages_waiting(${tx.now}, ${most})`.execute(tx.q)
  return { count: rows[0]?.waiting ?? 0, since: rows[0]?.since ?? undefined }
}
