import { sql } from 'kysely'
import type { Localized } from '../../../lib/localized.ts'
import type { Read } from '../../../platform/database/index.ts'
import { visitsOfEach } from '../../visits/index.ts'

/** The figures of a day, from its beginning to its end. */
export type DayFigures = {
  received: number
  /** Of those, without coming to the counter. */
  receivedFromAfar: number
  done: number
  doneBefore: number
  open: number
  waitingForCitizen: number
  late: number
  /** Hours from filing to the end, half took no longer; of those that ended in the last thirty days. */
  medianHours: number | undefined
}

export type Span = { from: Date; to: Date }

/** What came, what was done and what lies open. `before` is the day compared with. */
export async function dayFigures(tx: Read, day: Span, before: Span): Promise<DayFigures> {
  const monthAgo = new Date(day.to.getTime() - 30 * 86_400_000)
  const { rows } = await sql<{
    received: number
    afar: number
    done: number
    done_before: number
    open: number
    waiting: number
    late: number
    median_hours: number | null
  }>`
    with came as (select channel from request where municipality_id = ${tx.town} and filed_at >= ${day.from} and filed_at < ${day.to}),
    ended as materialized (
      select closed_at, filed_at, state from request
       where municipality_id = ${tx.town} and closed_at is not null and closed_at >= ${monthAgo} and closed_at < ${day.to}),
    lies as materialized (select paused_at, due_at from request where municipality_id = ${tx.town} and closed_at is null)
    select (select count(*)::int from came) as received,
           (select count(*)::int from came where channel <> 'counter') as afar,
           (select count(*)::int from ended where closed_at >= ${day.from} and state = 'done') as done,
           (select count(*)::int from ended where closed_at >= ${before.from} and closed_at < ${before.to} and state = 'done') as done_before,
           (select count(*)::int from lies) as open,
           (select count(*)::int from lies where paused_at is not null) as waiting,
           (select count(*)::int from lies where paused_at is null and due_at < ${tx.now}) as late,
           (select percentile_cont(0.5) within group (order by extract(epoch from closed_at - filed_at) / 3600)::float8
              from ended where state = 'done') as median_hours`.execute(tx.q)
  const [row] = rows
  if (!row) throw new Error('counting answered nothing')
  return {
    ...{ received: row.received, receivedFromAfar: row.afar, done: row.done, doneBefore: row.done_before },
    ...{ open: row.open, waitingForCitizen: row.waiting, late: row.late },
    medianHours: row.median_hours ?? undefined,
  }
}

export type Kept = { serviceCode: string; ended: number; inTime: number }

/** Of what was done in the last thirty days, how much within its promise; by service. */
export async function promisesKept(tx: Read): Promise<Kept[]> {
  const { rows } = await sql<{ service_code: string; ended: number; in_time: number }>`
    select service_code, count(*)::int as ended, count(*) filter (where due_at is null or closed_at <= due_at)::int as in_time
      from request
     where municipality_id = ${tx.town} and closed_at is not null and closed_at >= ${tx.now}::timestamptz - interval '30 days'
       and state = 'done'
     group by service_code order by count(*) filter (where due_at is null or closed_at <= due_at)::float8 / count(*) desc, service_code`.execute(
    tx.q,
  )
  return rows.map(row => ({ serviceCode: row.service_code, ended: row.ended, inTime: row.in_time }))
}

/** By which door something came that did not come over the counter. */
export type OtherDoor = 'portal' | 'partner' | 'mayor' | 'officer'
export type CameBy = { door: OtherDoor; who: Localized | undefined; count: number }

/** What came outside the counter in the last seven days, by door and by whom. */
export async function cameOutside(tx: Read): Promise<CameBy[]> {
  const { rows } = await sql<{ door: OtherDoor; ar: string | null; en: string | null; n: number }>`
    select door, ar, en, count(*)::int as n from (
      select case when r.channel = 'web' then 'portal' when r.channel = 'api' then 'partner'
                  when mine.of_mayor then 'mayor' when mine.of_mayor is not null then 'officer' end as door,
             case when r.channel = 'api' then k.name when r.channel = 'counter' then s.name_ar end as ar,
             case when r.channel = 'api' then k.name when r.channel = 'counter' then s.name_en end as en
        from request r
        left join api_key k on r.filed_by_kind = 'partner' and k.municipality_id = r.municipality_id and k.key_id::text = r.filed_by
        left join staff s on r.filed_by_kind = 'staff' and s.municipality_id = r.municipality_id and s.staff_id::text = r.filed_by
        left join lateral (
          select exists (select 1 from appointment m where m.municipality_id = a.municipality_id and m.office_code = a.office_code
                            and m.role = 'mayor') as of_mayor
            from appointment a
           where r.channel = 'counter' and a.municipality_id = s.municipality_id and a.staff_id = s.staff_id
             and a.valid_from <= r.filed_at::date and (a.valid_until is null or a.valid_until >= r.filed_at::date)
             and not exists (select 1 from appointment c where c.municipality_id = a.municipality_id and c.staff_id = a.staff_id
                               and c.role = 'clerk')
           order by 1 desc limit 1) mine on true
       where r.municipality_id = ${tx.town} and r.filed_at >= ${tx.now}::timestamptz - interval '7 days') came
     where door is not null group by door, ar, en order by n desc, door`.execute(tx.q)
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
    ...{ none: ofThem(count => count === 0), one: ofThem(count => count === 1) },
    ...{ two: ofThem(count => count === 2), more: ofThem(count => count > 2) },
    average: counts.length === 0 ? undefined : counts.reduce((sum, count) => sum + count, 0) / counts.length,
  }
}
