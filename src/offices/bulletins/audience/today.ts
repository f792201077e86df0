import { sql } from 'kysely'
import { type CalendarDate, dateIn } from '../../../lib/calendar.ts'
import type { Read } from '../../../platform/database/index.ts'

/** The day it is in the town. */
export async function todayOf(tx: Read): Promise<CalendarDate> {
  const { rows } = await sql<{ time_zone: string }>`
    select time_zone from municipality where municipality_id = ${tx.town}`.execute(tx.q)
  return dateIn(tx.now, rows[0]?.time_zone ?? 'UTC')
}
