import { sql } from 'kysely'
import { addDays, type CalendarDate, dateIn } from '../../../lib/calendar.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { countedFrom, type DoneDay, daysUntil, type Span, spanRows } from './count.ts'

/** How many days pages look back upon, today's and one to compare with among them. */
const daysShown = 32
/** The last two days still change with every act: they are never folded. */
const daysOpen = 2

/** A day as it was folded, if nothing of it changed since; joined to `spanRows`. */
export const foldedDays = (tx: Read, spans: readonly Span[], timeZone: string) => sql<DoneDay>`
  select s.day, f.services, f.took
    from ${spanRows(spans)}
    join done_day f on f.municipality_id = ${tx.town} and f.day = s.day and f.time_zone = ${timeZone}
   where not exists (select from done_day_changed c
                      where c.municipality_id = ${tx.town} and c.closed_at >= s.began and c.closed_at < s.ended)`

/**
 * Folds every day that pages look back upon and that is not folded, or was changed since, and takes away what is older. Which days it
 * folded. Exact whenever it runs, and however often: a day is counted, and what said that it changed taken away, as of one instant; who changes
 * it later says so anew.
 */
export async function foldDays(tx: Write, timeZone: string): Promise<CalendarDate[]> {
  const today = dateIn(tx.now, timeZone)
  const days = daysUntil(addDays(today, -daysOpen), daysShown - daysOpen, timeZone)
  const [first] = days
  if (!first) return []
  // One after the other: who began earlier would write what is older over what is newer.
  await sql`select pg_advisory_xact_lock(hashtextextended('done-day:' || ${tx.town}::text, 0))`.execute(tx.q)
  await sql`delete from done_day where municipality_id = ${tx.town} and day < ${first.day}::date`.execute(
    tx.q,
  )
  await sql`delete from done_day_changed
             where municipality_id = ${tx.town} and closed_at < ${first.began}`.execute(tx.q)
  const { rows: standing } = await foldedDays(tx, days, timeZone).execute(tx.q)
  const known = new Set(standing.map(({ day }) => day))
  const open = days.filter(({ day }) => !known.has(day))
  if (open.length === 0) return []
  await sql`
    with heard as (
      delete from done_day_changed c using ${spanRows(open)}
       where c.municipality_id = ${tx.town} and c.closed_at >= s.began and c.closed_at < s.ended)
    insert into done_day (municipality_id, day, time_zone, services, took, counted_at)
    select ${tx.town}::uuid, n.day, ${timeZone}, n.services, n.took, ${tx.now}
      from (${countedFrom(tx, open)}) n
    on conflict (municipality_id, day) do update set time_zone = excluded.time_zone, services = excluded.services,
      took = excluded.took, counted_at = excluded.counted_at`.execute(tx.q)
  return open.map(({ day }) => day)
}
