import { sql } from 'kysely'
import type { Read } from '../../../platform/database/transaction.ts'

/** How many numbers people are told by, and how good they are. */
export type PhoneFigures = {
  numbers: number
  verified: number
  shared: number
  /** Failed for good lately, and not reached since. */
  failing: number
  asleep: number
}

/** Counts the numbers in use. Goes through all of them: for work done by the clock, not for pages. */
export async function phoneFigures(tx: Read): Promise<PhoneFigures> {
  const { rows } = await sql<PhoneFigures>`
    select count(*)::integer as numbers,
           count(*) filter (where verified)::integer as verified,
           count(*) filter (where shared)::integer as shared,
           count(*) filter (where h.failures > 0)::integer as failing,
           count(*) filter (where h.asleep_at is not null)::integer as asleep
      from (select phone_index, bool_or(verified_at is not null) as verified, bool_or(is_shared) as shared
              from person_phone where municipality_id = ${tx.town} and ended_at is null group by phone_index) f
      left join phone_health h on h.municipality_id = ${tx.town} and h.phone_index = f.phone_index`.execute(
    tx.q,
  )
  return rows[0] ?? { numbers: 0, verified: 0, shared: 0, failing: 0, asleep: 0 }
}
