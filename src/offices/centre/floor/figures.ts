import { sql } from 'kysely'
import type { CalendarDate } from '../../../lib/calendar.ts'
import type { Localized } from '../../../lib/localized.ts'
import type { Read } from '../../../platform/database/index.ts'
import { visitsOfEach } from '../../visits/index.ts'
import { daysUntil, type Span } from '../days/count.ts'
import { doneIn, doneOn, type Kept, medianOf, promisesKept } from '../days/done.ts'

/** The figures of a day, from its beginning to its end. */
export type DayFigures = {
  received: number
  /** Of those, without coming to the counter. */
  receivedFromAfar: number
  done: number
  doneBefore: number
  /** Hours from filing to the end, half took no longer; of those that ended in the thirty days up to it. From a day on in whole days. */
  medianHours: number | undefined
}

/** How many days figures look back upon. */
const daysBack = 30

/** What came and what was done on a day, and how promises were kept in the thirty days up to it. */
export async function dayFigures(
  tx: Read,
  day: CalendarDate,
  timeZone: string,
): Promise<{ figures: DayFigures; kept: Kept[] }> {
  const spans = daysUntil(day, daysBack, timeZone)
  const [today, before] = [spans.at(-1), spans.at(-2)]
  if (!today || !before) throw new Error('no days to count')
  const [{ rows }, days] = await Promise.all([
    sql<{ received: number; afar: number }>`
      select count(*)::int as received, (count(*) filter (where channel <> 'counter'))::int as afar from request
       where municipality_id = ${tx.town} and filed_at >= ${today.began} and filed_at < ${today.ended}`.execute(
      tx.q,
    ),
    doneOn(tx, spans, timeZone),
  ])
  const doneThen = (of: Span) =>
    days.filter(each => each.day === of.day).reduce((sum, each) => sum + doneIn(each), 0)
  return {
    figures: {
      received: rows[0]?.received ?? 0,
      receivedFromAfar: rows[0]?.afar ?? 0,
      done: doneThen(today),
      doneBefore: doneThen(before),
      medianHours: medianOf(days),
    },
    kept: promisesKept(days),
  }
}

/** By which door something came that did not come over the counter. */
export type OtherDoor = 'portal' | 'partner' | 'mayor' | 'officer'
export type CameBy = { door: OtherDoor; who: Localized | undefined; count: number }

/** What came outside the counter in the last seven days, by door and by whom. */
export async function cameOutside(tx: Read): Promise<CameBy[]> {
  // Counted by who filed and when before anybody is asked who that is: as many as there are of the staff, not as there are requests.
  const { rows } = await sql<{ door: OtherDoor; ar: string | null; en: string | null; n: number }>`
    with came as materialized (
      select channel, case when channel <> 'web' then filed_by_kind end as kind, case when channel <> 'web' then filed_by end as by,
             case when channel = 'counter' then filed_at::date end as day, count(*)::int as n
        from request where municipality_id = ${tx.town} and filed_at >= ${tx.now}::timestamptz - interval '7 days'
       group by 1, 2, 3, 4)
    select door, ar, en, sum(n)::int as n from (
      select c.n, case when c.channel = 'web' then 'portal' when c.channel = 'api' then 'partner'
                       when mine.of_mayor then 'mayor' when mine.of_mayor is not null then 'officer' end as door,
             case when c.channel = 'api' then k.name when c.channel = 'counter' then s.name_ar end as ar,
             case when c.channel = 'api' then k.name when c.channel = 'counter' then s.name_en end as en
        from came c
        left join api_key k on c.kind = 'partner' and k.municipality_id = ${tx.town} and k.key_id::text = c.by
        left join staff s on c.kind = 'staff' and s.municipality_id = ${tx.town} and s.staff_id::text = c.by
        left join lateral (
          select exists (select 1 from appointment m where m.municipality_id = a.municipality_id and m.office_code = a.office_code
                            and m.role = 'mayor') as of_mayor
            from appointment a
           where c.channel = 'counter' and a.municipality_id = s.municipality_id and a.staff_id = s.staff_id
             and a.valid_from <= c.day and (a.valid_until is null or a.valid_until >= c.day)
             and not exists (select 1 from appointment d where d.municipality_id = a.municipality_id and d.staff_id = a.staff_id
                               and d.role = 'clerk')
           order by 1 desc limit 1) mine on true) came
     where door is not null group by door, ar, en order by sum(n) desc, door`.execute(tx.q)
  return rows.map(row => ({
    door: row.door,
    who: row.ar === null ? undefined : { ar: row.ar, en: row.en ?? row.ar },
    count: row.n,
  }))
}

/** How often people came for what was done of late. */
export type Trips = {
  /** Requests that cost no visit, one, two, and more. */
  none: number
  one: number
  two: number
  more: number
  /** Visits for one request, on average. */
  average: number | undefined
}

const mostCounted = 500

/** Visits to the centre for each request done in the last thirty days, of the last five hundred. */
export async function tripsOfLate(tx: Read): Promise<Trips> {
  const { rows } = await sql<{ id: string }>`
    select request_id as id from request
     where municipality_id = ${tx.town} and closed_at is not null and closed_at >= ${tx.now}::timestamptz - interval '30 days'
       and state = 'done'
     order by closed_at desc limit ${mostCounted}`.execute(tx.q)
  const each = await visitsOfEach(
    tx,
    rows.map(row => row.id),
  )
  const counts = rows.map(row => each.get(row.id) ?? 0)
  const ofThem = (holds: (count: number) => boolean) => counts.filter(holds).length
  return {
    none: ofThem(count => count === 0),
    one: ofThem(count => count === 1),
    two: ofThem(count => count === 2),
    more: ofThem(count => count > 2),
    average: counts.length === 0 ? undefined : counts.reduce((sum, count) => sum + count, 0) / counts.length,
  }
}
