import { sql } from 'kysely'
import type { Read } from '../../../platform/database/index.ts'
import type { Counts, Run, Verdict } from '../model.ts'

/** Rows of a run by verdict, reason and note; how many of an earlier time are gone stays as the check found it. */
export async function countRows(tx: Read, run: Pick<Run, 'id' | 'counts'>): Promise<Counts> {
  const { rows } = await sql<{ verdict: Verdict; reason: string; count: number }>`
    select verdict, reason, count(*)::int as count from import_row
     where municipality_id = ${tx.town} and run_id = ${run.id} group by verdict, reason`.execute(tx.q)
  const notes = await sql<{ note: string; count: number }>`
    select note, count(*)::int as count from import_row cross join unnest(notes) note
     where municipality_id = ${tx.town} and run_id = ${run.id} and verdict in ('new', 'changed') group by note order by note`.execute(
    tx.q,
  )
  const counts: Counts = { verdicts: {}, reasons: {}, notes: {}, gone: run.counts?.gone ?? 0 }
  for (const { verdict, reason, count } of rows) {
    counts.verdicts[verdict] = (counts.verdicts[verdict] ?? 0) + count
    if (reason !== '') counts.reasons[reason] = (counts.reasons[reason] ?? 0) + count
  }
  for (const { note, count } of notes.rows) counts.notes[note] = count
  return counts
}

/** How many rows that were written at an earlier time are not in the file any more. Compared as sets: neither is small. */
export async function countGone(tx: Read, run: Pick<Run, 'id' | 'sourceId'>): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select key_index from import_record where municipality_id = ${tx.town} and source_id = ${run.sourceId}
      except
      select key_index from import_row where municipality_id = ${tx.town} and run_id = ${run.id} and key_index is not null) gone`.execute(
    tx.q,
  )
  return rows[0]?.count ?? 0
}
