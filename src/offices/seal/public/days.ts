import { sql } from 'kysely'
import { addDays, type CalendarDate, startOfDay } from '../../../lib/calendar.ts'
import type { Read } from '../../../platform/database/index.ts'
import { checkpointBefore, type SealedCheckpoint } from '../store.ts'

/** The last checkpoint of a day in the town's time, if anything was sealed by then. */
export const sealOfDay = (
  tx: Read,
  day: CalendarDate,
  timeZone: string,
): Promise<SealedCheckpoint | undefined> => checkpointBefore(tx, startOfDay(addDays(day, 1), timeZone))

export type DaySeal = { day: CalendarDate; size: number; root: Buffer }

/** The last checkpoint of each of these days that had one of its own, in their order. */
export async function sealsOfDays(
  tx: Read,
  days: readonly CalendarDate[],
  timeZone: string,
): Promise<DaySeal[]> {
  const spans = days.map(day => ({
    day,
    from: startOfDay(day, timeZone).toISOString(),
    to: startOfDay(addDays(day, 1), timeZone).toISOString(),
  }))
  const { rows } = await sql<DaySeal>`
    select d.day, c.size, c.root from jsonb_to_recordset(${JSON.stringify(spans)}::jsonb) as d(day text, "from" timestamptz, "to" timestamptz)
      cross join lateral (select size, root from seal_checkpoint
            where municipality_id = ${tx.town} and sealed_at >= d."from" and sealed_at < d."to" order by sealed_at desc, size desc limit 1) c
     order by d.day desc`.execute(tx.q)
  return rows
}
