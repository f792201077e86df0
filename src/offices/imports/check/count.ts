import { sql } from 'kysely'
import type { Read } from '../../../platform/database/index.ts'
import type { Counts, Run, Verdict } from '../model.ts'

/** Rows of a run by verdict, reason and note, and how many of an earlier time are gone. */
export async function countRows(tx: Read, run: Pick<Run, 'id' | 'sourceId'>): Promise<Counts> {
  const { rows } = await sql<{ verdict: Verdict; reason: string; count: number }>`
    select verdict, reason, count(*)::int as count from import_row
     where municipality_id = ${tx.town} and run_id = ${run.id} group by verdict, reason`.execute(tx.q)
  const notes = await sql<{ note: string; count: number }>`
    select note, count(*)::int as count from import_row cross join unnest(notes) note
     where municipality_id = ${tx.town} and run_id = ${run.id} and verdict in ('new', 'changed') group by note order by note`.execute(
    tx.q,
  )
  const gone = await sql<{ count: number }>`
    select count(*)::int as count from import_record k
     where k.municipality_id = ${tx.town} and k.source_id = ${run.sourceId} and not exists (
       select 1 from import_row r where r.municipality_id = ${tx.town} and r.run_id = ${run.id} and r.key_index = k.key_index)`.execute(
    tx.q,
  )
  const counts: Counts = { verdicts: {}, reasons: {}, notes: {}, gone: gone.rows[0]?.count ?? 0 }
  for (const { verdict, reason, count } of rows) {
    counts.verdicts[verdict] = (counts.verdicts[verdict] ?? 0) + count
    if (reason !== '') counts.reasons[reason] = (counts.reasons[reason] ?? 0) + count
  }
  for (const { note, count } of notes.rows) counts.notes[note] = count
  return counts
}
