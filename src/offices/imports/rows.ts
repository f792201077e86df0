import { sql } from 'kysely'
import type { Read } from '../../platform/database/index.ts'
import type { RowContent, Verdict } from './model.ts'
import type { SourceKeys } from './sealed.ts'

export type ShownRow = {
  rowNo: number
  verdict: Verdict
  reason: string
  notes: string[]
  content: RowContent
  written: boolean
}

export type RowFilter = { verdict: Verdict; reason?: string | undefined; after: number; limit: number }

/** Rows of a run by their verdict, in the order of the file, from a line on. */
export async function rowsOf(
  tx: Read,
  keys: SourceKeys,
  runId: string,
  filter: RowFilter,
): Promise<ShownRow[]> {
  const { verdict, reason, after, limit } = filter
  const { rows } = await sql<{
    row_no: number
    verdict: Verdict
    reason: string
    notes: string[]
    content_sealed: Buffer | null
    applied_at: Date | null
  }>`
    select row_no, verdict, reason, notes, content_sealed, applied_at from import_row
     where municipality_id = ${tx.town} and run_id = ${runId} and verdict = ${verdict} ${reason ? sql`and reason = ${reason}` : sql``}
       and row_no > ${after}
     order by ${reason ? sql`row_no` : sql`reason, row_no`} limit ${limit}`.execute(tx.q)
  return rows.map(row => ({
    rowNo: row.row_no,
    verdict: row.verdict,
    reason: row.reason,
    notes: row.notes,
    content: row.content_sealed ? keys.open<RowContent>(row.content_sealed) : {},
    written: row.applied_at !== null,
  }))
}

/** The reasons there are among rows of a verdict. */
export async function rowReasons(tx: Read, runId: string, verdict: Verdict): Promise<string[]> {
  const { rows } = await sql<{ reason: string }>`
    select distinct reason from import_row
     where municipality_id = ${tx.town} and run_id = ${runId} and verdict = ${verdict} and reason <> '' order by reason`.execute(
    tx.q,
  )
  return rows.map(row => row.reason)
}
