import { sql } from 'kysely'
import { addDays, type CalendarDate, dateIn, startOfDay } from '../../../lib/calendar.ts'
import type { Write } from '../../../platform/database/transaction.ts'
import { phoneFigures } from '../../people/index.ts'

/** Days over which reports may still come, and acts of the staff settle what was uncertain. */
export const daysCountedAgain = 10

/** Counts a day of the town anew: what was planned on it, and what became of that by now. May run as often as one likes. */
export async function countDay(tx: Write, day: CalendarDate, timeZone: string): Promise<void> {
  const [from, to] = [startOfDay(day, timeZone), startOfDay(addDays(day, 1), timeZone)]
  await sql`delete from message_day where municipality_id = ${tx.town} and day = ${day}`.execute(tx.q)
  await sql`
    insert into message_day (municipality_id, day, channel, kind, service, provider, state, cause, currency, messages, parts, price_milli, counted_at)
    select ${tx.town}::uuid, ${day}::date, m.channel, m.kind, coalesce(r.service_code, ''), coalesce(m.provider, ''), m.state,
           case when m.state in ('failed', 'uncertain', 'unaddressed', 'cancelled') then coalesce(m.failure, case m.state when 'unaddressed' then 'no-address' else '' end)
             else '' end,
           coalesce(m.price_currency, ''), count(*), coalesce(sum(m.parts) filter (where m.sent_at is not null), 0),
           coalesce(sum(m.price_milli), 0), ${tx.now}::timestamptz
      from message m
      left join request r on r.municipality_id = m.municipality_id and r.request_id = m.request_id
     where m.municipality_id = ${tx.town} and m.planned_at >= ${from} and m.planned_at < ${to}
     group by 1, 2, 3, 4, 5, 6, 7, 8, 9
    on conflict (municipality_id, day, channel, kind, service, provider, state, cause, currency) do update
       set messages = excluded.messages, parts = excluded.parts, price_milli = excluded.price_milli, counted_at = excluded.counted_at`.execute(
    tx.q,
  )
}

/** Keeps how good the town's numbers are today. */
export async function countNumbers(tx: Write, timeZone: string): Promise<void> {
  const { numbers, verified, shared, failing, asleep } = await phoneFigures(tx)
  await sql`
    insert into message_number_day (municipality_id, day, numbers, verified, shared, failing, asleep)
    values (${tx.town}, ${dateIn(tx.now, timeZone)}, ${numbers}, ${verified}, ${shared}, ${failing}, ${asleep})
    on conflict (municipality_id, day) do update
       set numbers = excluded.numbers, verified = excluded.verified, shared = excluded.shared, failing = excluded.failing,
           asleep = excluded.asleep`.execute(tx.q)
}

/** Counts the last so many days of a town whose past was not counted as it went. */
export async function countPast(tx: Write, days: number, timeZone: string): Promise<void> {
  const today = dateIn(tx.now, timeZone)
  for (let back = 0; back < days; back++) await countDay(tx, addDays(today, -back), timeZone)
  await countNumbers(tx, timeZone)
}

/** Which days are counted now: today and yesterday each hour, and once a night those before whose reports may still come. */
export function daysToCount(now: Date, timeZone: string): CalendarDate[] {
  const today = dateIn(now, timeZone)
  const isNight = now.getTime() < startOfDay(today, timeZone).getTime() + 3_600_000
  return Array.from({ length: isNight ? daysCountedAgain : 2 }, (_, back) => addDays(today, -back))
}
