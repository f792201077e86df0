import { sql } from 'kysely'
import type { Read } from '../../../platform/database/index.ts'

/** The time zone a town's days are counted in. */
export async function timeZoneOf(tx: Read): Promise<string> {
  const { rows } = await sql<{ time_zone: string }>`
    select time_zone from municipality where municipality_id = ${tx.town}`.execute(tx.q)
  return rows[0]?.time_zone ?? 'UTC'
}
