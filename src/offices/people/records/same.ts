import { type RawBuilder, sql } from 'kysely'
import type { Read } from '../../../platform/database/index.ts'

/**
 * Every record of the person this id stands for, as SQL: `person_id = any(${samePerson(id)})`. Records that were merged are listed
 * together, whichever of them the id names. The sub-select is evaluated once, and an index answers it.
 */
export const samePerson = (personId: string): RawBuilder<string[]> =>
  sql<string[]>`(select same_person(${personId}::uuid))::uuid[]`

/** The record that stands for this one: itself, or the one it was merged into. */
export async function survivorOf(tx: Read, personId: string): Promise<string> {
  const { rows } = await sql<{ survivor_id: string | null }>`
    select survivor_id from person where municipality_id = ${tx.town} and person_id = ${personId}`.execute(
    tx.q,
  )
  return rows[0]?.survivor_id ?? personId
}
