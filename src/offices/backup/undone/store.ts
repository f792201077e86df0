import { sql } from 'kysely'
import type { Read, Write } from '../../../platform/database/index.ts'
import { redactText } from '../../../platform/telemetry/redact.ts'

/** Work of this town that was tried and could not be done. */
export type UndoneWork = {
  id: number
  /** The name of the job: `office.what`. */
  job: string
  plannedAt: Date
  triedAt: Date
  tries: number
  /** When it is tried again; undefined where it was tried as often as it may be. */
  nextAt: Date | undefined
  /** What the program said, without what could name anybody. */
  reason: string
}

type Row = {
  id: number
  job: string
  planned_at: Date
  tried_at: Date
  next_at: Date | null
  tries: number
  reason: string
}

const mostShown = 200

/** What failed and was not done since: what is given up first, then the newest. */
export async function readUndone(tx: Read): Promise<UndoneWork[]> {
  const { rows } =
    await sql<Row>`select id, job, planned_at, tried_at, next_at, tries, reason from undone_jobs(${mostShown}::int)`.execute(
      tx.q,
    )
  return rows.map(row => ({
    id: row.id,
    job: row.job,
    plannedAt: row.planned_at,
    triedAt: row.tried_at,
    tries: row.tries,
    nextAt: row.next_at ?? undefined,
    // The first line says it; what follows is for the log of whoever runs the program.
    reason: redactText(row.reason.split('\n', 1)[0] ?? '').slice(0, 300),
  }))
}

/** Has it tried again at once, as often as at first. False where it is done, under way, or of another town. */
export async function tryAgain(tx: Write, id: number): Promise<boolean> {
  const { rows } = await sql<{ again: boolean }>`select job_again(${id}::bigint, ${tx.now}) as again`.execute(
    tx.q,
  )
  return rows[0]?.again ?? false
}
