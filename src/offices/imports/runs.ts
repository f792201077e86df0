import { sql } from 'kysely'
import { Conflict, NotFound } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import { noteFile } from '../archive/index.ts'
import { type AuditActor, record } from '../audit/index.ts'
import type { Counts, Reading, Run, RunState } from './model.ts'

type Row = {
  run_id: string
  source_id: string
  as_of: Date
  started_at: Date
  started_by_kind: string
  started_by: string
  file_name: string
  sha256: Buffer
  reading: Reading
  state: RunState
  rows_done: number
  rows_total: number
  counts: Counts | Record<string, never>
  failure: string | null
  checked_at: Date | null
  applied_at: Date | null
}

const columns = sql`r.run_id, r.source_id, r.as_of, r.started_at, r.started_by_kind, r.started_by, r.file_name, r.sha256, r.reading, r.state,
  r.rows_done, r.rows_total, r.counts, r.failure, r.checked_at, r.applied_at`

/** The newest run of each source. */
export async function newestRuns(tx: Read): Promise<Map<string, Run>> {
  const { rows } = await sql<Row>`
    select newest.* from import_source s cross join lateral (
      select ${columns} from import_run r
       where r.municipality_id = ${tx.town} and r.source_id = s.source_id and r.state <> 'dropped'
       order by r.started_at desc limit 1) newest
     where s.municipality_id = ${tx.town}`.execute(tx.q)
  return new Map(rows.map(row => [row.source_id, toRun(row)]))
}

/** When each source was last written, and for which day. */
export async function lastApplied(tx: Read): Promise<Map<string, Run>> {
  const { rows } = await sql<Row>`
    select newest.* from import_source s cross join lateral (
      select ${columns} from import_run r
       where r.municipality_id = ${tx.town} and r.source_id = s.source_id and r.state = 'applied'
       order by r.started_at desc limit 1) newest
     where s.municipality_id = ${tx.town}`.execute(tx.q)
  return new Map(rows.map(row => [row.source_id, toRun(row)]))
}

/** The last runs of a source, the newest first. */
export async function runsOf(tx: Read, sourceId: string, limit = 20): Promise<Run[]> {
  const { rows } = await sql<Row>`
    select ${columns} from import_run r where r.municipality_id = ${tx.town} and r.source_id = ${sourceId}
     order by r.started_at desc limit ${limit}`.execute(tx.q)
  return rows.map(toRun)
}

export async function getRun(tx: Read, runId: string, lock = false): Promise<Run> {
  const { rows } = await sql<Row>`
    select ${columns} from import_run r where r.municipality_id = ${tx.town} and r.run_id = ${runId}
    ${lock ? sql`for update` : sql``}`.execute(tx.q)
  if (!rows[0]) throw new NotFound('no-such-run')
  return toRun(rows[0])
}

export type NewRun = {
  sourceId: string
  asOf: Date
  fileName: string
  file: { sha256: Buffer; size: number; type: string }
  reading: Reading
}

/**
 * Begins a run of a source over a file that is kept. What was checked before and not applied is dropped; while one is being read or written
 * another does not begin. @throws Conflict `run-under-way`
 */
export async function startRun(tx: Write, input: NewRun, by: AuditActor): Promise<string> {
  await sql`select 1 from import_source where municipality_id = ${tx.town} and source_id = ${input.sourceId} for update`.execute(
    tx.q,
  )
  const busy = await sql<{ run_id: string }>`
    select run_id from import_run where municipality_id = ${tx.town} and source_id = ${input.sourceId}
       and state in ('checking', 'applying')`.execute(tx.q)
  if (busy.rows[0]) throw new Conflict('run-under-way', { runId: busy.rows[0].run_id })
  await sql`
    update import_run set state = 'dropped'
     where municipality_id = ${tx.town} and source_id = ${input.sourceId} and state in ('waiting', 'checked')`.execute(
    tx.q,
  )
  const id = newId(tx.now)
  const { file } = input
  await noteFile(tx, file)
  await sql`
    insert into import_run (municipality_id, run_id, source_id, as_of, started_at, started_by_kind, started_by, file_name, sha256, reading, state)
    values (${tx.town}, ${id}, ${input.sourceId}, ${input.asOf}, ${tx.now}, ${by.kind}, ${by.id}, ${input.fileName.slice(0, 200)},
            ${file.sha256}, ${JSON.stringify(input.reading)}, ${input.reading.confirmed ? 'checking' : 'waiting'})`.execute(
    tx.q,
  )
  await noteRun(tx, 'imports.run-started', id, by)
  return id
}

/** Moves a run from one of these states to another. @throws Conflict `run-moved-on` */
export async function moveRun(
  tx: Write,
  runId: string,
  from: readonly RunState[],
  to: RunState,
  by?: AuditActor,
): Promise<void> {
  const moved = await sql`
    update import_run set state = ${to}, failure = null
     where municipality_id = ${tx.town} and run_id = ${runId} and state = any(${[...from]}::text[])`.execute(
    tx.q,
  )
  if ((moved.numAffectedRows ?? 0n) === 0n) throw new Conflict('run-moved-on', { runId })
  if (by) await noteRun(tx, `imports.run-${to}`, runId, by)
}

/** Takes up a confirmed reading for a run that waited for it. */
export async function readRunAs(tx: Write, runId: string, reading: Reading): Promise<void> {
  await sql`
    update import_run set reading = ${JSON.stringify(reading)}
     where municipality_id = ${tx.town} and run_id = ${runId}`.execute(tx.q)
}

/** Says that a run could not be read or written to its end, in one line. */
export async function failRun(tx: Write, runId: string, failure: string): Promise<void> {
  await sql`
    update import_run set state = 'failed', failure = ${failure.slice(0, 500)}
     where municipality_id = ${tx.town} and run_id = ${runId} and state in ('checking', 'applying')`.execute(
    tx.q,
  )
}

/** Ends a check with what it found. */
export async function finishCheck(tx: Write, runId: string, counts: Counts, total: number): Promise<void> {
  await sql`
    update import_run set state = 'checked', counts = ${JSON.stringify(counts)}, rows_done = ${total}, rows_total = ${total},
           checked_at = ${tx.now}
     where municipality_id = ${tx.town} and run_id = ${runId} and state = 'checking'`.execute(tx.q)
}

/** Writes how far a run has come; false when somebody else is at it. */
export async function advance(
  tx: Write,
  runId: string,
  from: number,
  to: { done: number; total: number },
): Promise<boolean> {
  const moved = await sql`
    update import_run set rows_done = ${to.done}, rows_total = ${to.total}
     where municipality_id = ${tx.town} and run_id = ${runId} and rows_done = ${from} and state in ('checking', 'applying')`.execute(
    tx.q,
  )
  return (moved.numAffectedRows ?? 0n) > 0n
}

export const noteRun = (tx: Write, act: string, runId: string, actor: AuditActor, cause?: string) =>
  record(tx, { actor, act, subjectKind: 'import-run', subjectId: runId, cause })

function toRun(row: Row): Run {
  return {
    id: row.run_id,
    sourceId: row.source_id,
    asOf: row.as_of,
    startedAt: row.started_at,
    startedByKind: row.started_by_kind,
    startedBy: row.started_by,
    fileName: row.file_name,
    sha256: row.sha256,
    reading: row.reading,
    state: row.state,
    done: row.rows_done,
    total: row.rows_total,
    counts: 'verdicts' in row.counts ? (row.counts as Counts) : undefined,
    failure: row.failure ?? undefined,
    checkedAt: row.checked_at ?? undefined,
    appliedAt: row.applied_at ?? undefined,
  }
}
