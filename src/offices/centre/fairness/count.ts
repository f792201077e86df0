import { sql } from 'kysely'
import { addDays, type CalendarDate, dateIn, startOfDay } from '../../../lib/calendar.ts'
import type { Read, Write } from '../../../platform/database/index.ts'

/** What was served of a service in a month, and how much of it before an earlier request of that service. */
export type Fairness = {
  serviceCode: string
  served: number
  /** With a reason somebody wrote. */
  reasoned: number
  /** Without one, but whoever came first had themselves been asked for something. */
  waited: number
  /** With neither. */
  unreasoned: number
}

/** Months that are counted anew each night, since a reason may still be written: this one and those before it. */
const months = 12

/** The first day of the month so many months ago. */
function monthAgo(today: CalendarDate, back: number): CalendarDate {
  let day = `${today.slice(0, 8)}01` as CalendarDate
  for (let each = 0; each < back; each++) day = `${addDays(day, -1).slice(0, 8)}01` as CalendarDate
  return day
}

/**
 * Counts the months anew from the requests themselves. One pass: among those filed before it in its service, the latest end (open counts as
 * never) must lie after its own; the same among those that never waited for their applicant.
 */
export async function countFairness(tx: Write, timeZone: string): Promise<void> {
  const since = monthAgo(dateIn(tx.now, timeZone), months)
  await sql`delete from fairness_month where municipality_id = ${tx.town} and month >= ${since}::date`.execute(
    tx.q,
  )
  await sql`
    insert into fairness_month (municipality_id, service_code, month, served, reasoned, waited, unreasoned, counted_at)
    with near as (
      select municipality_id, request_id, service_code, state, filed_at, closed_at, paused_ms = 0 and paused_at is null as unpaused
        from request where municipality_id = ${tx.town} and closed_at is null
      union all
      select municipality_id, request_id, service_code, state, filed_at, closed_at, paused_ms = 0 and paused_at is null
        from request where municipality_id = ${tx.town} and closed_at is not null and closed_at >= ${startOfDay(since, timeZone)}
    ), ranked as (
      select n.*, max(coalesce(closed_at, 'infinity')) over before as latest,
             max(coalesce(closed_at, 'infinity')) filter (where unpaused) over before as latest_unpaused
        from near n
      window before as (partition by service_code order by filed_at, request_id rows between unbounded preceding and 1 preceding)
    ), judged as (
      select r.service_code, date_trunc('month', r.closed_at at time zone ${timeZone})::date as month,
             coalesce(r.latest > r.closed_at, false) as overtook, coalesce(r.latest_unpaused > r.closed_at, false) as unfair,
             w.reason is not null as reasoned
        from ranked r
        left join overtaking_reason w on w.municipality_id = r.municipality_id and w.request_id = r.request_id
       where r.state = 'done' and r.closed_at is not null
    )
    select ${tx.town}::uuid, service_code, month, count(*), count(*) filter (where overtook and reasoned),
           count(*) filter (where overtook and not reasoned and not unfair), count(*) filter (where unfair and not reasoned), ${tx.now}
      from judged group by service_code, month`.execute(tx.q)
}

/** The last twelve months and this one together, the service with most unexplained first. */
export async function fairnessOf(
  tx: Read,
  timeZone: string,
): Promise<{ rows: Fairness[]; since: CalendarDate; countedAt: Date | undefined }> {
  const since = monthAgo(dateIn(tx.now, timeZone), months)
  const { rows } = await sql<{
    service_code: string
    served: number
    reasoned: number
    waited: number
    unreasoned: number
    counted_at: Date
  }>`
    select service_code, sum(served)::int as served, sum(reasoned)::int as reasoned, sum(waited)::int as waited,
           sum(unreasoned)::int as unreasoned, max(counted_at) as counted_at
      from fairness_month where municipality_id = ${tx.town} and month >= ${since}::date
     group by service_code order by sum(unreasoned) desc, sum(served) desc, service_code`.execute(tx.q)
  return {
    rows: rows.map(row => ({
      serviceCode: row.service_code,
      served: row.served,
      reasoned: row.reasoned,
      waited: row.waited,
      unreasoned: row.unreasoned,
    })),
    since,
    countedAt: rows[0]?.counted_at,
  }
}
