import { type RawBuilder, sql } from 'kysely'
import { addDays, type CalendarDate, startOfDay } from '../../../lib/calendar.ts'
import type { Read } from '../../../platform/database/index.ts'

/** What was done on a day. */
export type DoneDay = {
  day: CalendarDate
  /** By service: how much, and how much of that within its promise. */
  services: Record<string, [done: number, inTime: number]>
  /** Hours from filing to the end and how often it took so long; from a day on in whole days. */
  took: Record<string, number>
}

/** A day of a town, from its beginning to the beginning of the next. */
export type Span = { day: CalendarDate; began: Date; ended: Date }

/** So many days of a town in a row, the last of them given. */
export function daysUntil(last: CalendarDate, count: number, timeZone: string): Span[] {
  const days = Array.from({ length: count + 1 }, (_, at) => addDays(last, at + 1 - count))
  const edges = days.map(day => startOfDay(day, timeZone))
  return edges.slice(1).map((ended, at) => ({ day: days[at] ?? last, began: edges[at] ?? ended, ended }))
}

/** Days as rows: `s.day`, `s.began`, `s.ended`. */
export const spanRows = (spans: readonly Span[]): RawBuilder<unknown> =>
  sql`unnest(${spans.map(({ day }) => day)}::date[], ${spans.map(({ began }) => began)}::timestamptz[],
    ${spans.map(({ ended }) => ended)}::timestamptz[]) as s(day, began, ended)`

/**
 * Counts days from the requests themselves: what the fold keeps and what a page counts that finds nothing kept is this one statement, so that both
 * are the same.
 */
export const countedFrom = (tx: Read, spans: readonly Span[]): RawBuilder<DoneDay> => sql`
  with done as materialized (
    select s.day, r.service_code, r.due_at is null or r.closed_at <= r.due_at as in_time,
           extract(epoch from r.closed_at - r.filed_at)::float8 / 3600 as hours
      from ${spanRows(spans)}
      join request r on r.municipality_id = ${tx.town} and r.closed_at is not null and r.closed_at >= s.began and r.closed_at < s.ended
     where r.state = 'done'
  ), by_service as (
    select day, jsonb_object_agg(service_code, counts) as services
      from (select day, service_code, jsonb_build_array(count(*), count(*) filter (where in_time)) as counts from done group by 1, 2) each
     group by day
  ), by_took as (
    select day, jsonb_object_agg(took, count) as took
      from (select day, case when hours < 24 then greatest(1, floor(hours + 0.5)) else floor(hours / 24 + 0.5) * 24 end::int as took,
                   count(*) as count from done group by 1, 2) each
     group by day
  )
  select s.day, coalesce(b.services, '{}') as services, coalesce(t.took, '{}') as took
    from ${spanRows(spans)} left join by_service b on b.day = s.day left join by_took t on t.day = s.day`
