import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/index.ts'
import { InvalidInput, NotFound } from '../../../lib/errors.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { actorKey } from '../../../web/actor.ts'
import { record } from '../../audit/index.ts'
import { requestVisible } from '../../requests/index.ts'

/** A later request that was served before an earlier one of its kind. */
export type Overtaking = {
  requestId: string
  number: string
  serviceCode: string
  filedAt: Date
  servedAt: Date
  /** The earliest filed of those it overtook, and how many they are. */
  over: { requestId: string; number: string; filedAt: Date; waitedForCitizen: boolean }
  overtook: number
  /** As somebody wrote it; without it there may still be one in what happened: the earlier one waited for its applicant. */
  reason: string | undefined
}

const window = 7

/**
 * Requests served in the last seven days although an earlier one of the same service still waited then: the oldest of its service that lies open
 * was filed before it, or among those that ended since and were filed before it the latest end lies after its own. Counted are only the few that are shown.
 */
export async function overtakings(tx: Read, actor: Actor, limit = 20): Promise<Overtaking[]> {
  const { rows } = await sql<{
    request_id: string
    number: string
    service_code: string
    filed_at: Date
    closed_at: Date
    overtook: number
    over_id: string
    over_number: string
    over_filed: Date
    over_waited: boolean
    reason: string | null
  }>`
    with lies as materialized (
      select service_code, filed_at, request_id from request where municipality_id = ${tx.town} and closed_at is null
    ), ended as materialized (
      select service_code, filed_at, request_id, closed_at, state from request
       where municipality_id = ${tx.town} and closed_at is not null and closed_at >= ${tx.now}::timestamptz - make_interval(days => ${window})
    ), oldest as (
      select distinct on (l.service_code) l.service_code, l.filed_at, l.request_id
        from lies l
        join (select service_code, min(filed_at) as filed_at from lies group by service_code) m using (service_code, filed_at)
       order by l.service_code, l.request_id
    ), ranked as (
      select e.*, max(closed_at) over (partition by service_code order by filed_at, request_id
                                       rows between unbounded preceding and 1 preceding) as latest_before
        from ended e
    ), found as materialized (
      select r.service_code, r.filed_at, r.request_id, r.closed_at, o.request_id as open_id, o.filed_at as open_filed
        from ranked r
        left join oldest o on o.service_code = r.service_code and (o.filed_at, o.request_id) < (r.filed_at, r.request_id)
       where r.state = 'done' and (o.request_id is not null or r.latest_before > r.closed_at)
       order by r.closed_at desc, r.request_id limit ${limit}
    ), over_open as (
      select f.request_id, count(*)::int as n
        from lies l join found f on f.service_code = l.service_code and (l.filed_at, l.request_id) < (f.filed_at, f.request_id)
       group by f.request_id
    )
    select r.request_id, r.number || '/' || r.year as number, r.service_code, r.filed_at, r.closed_at,
           coalesce(p.n, 0) + coalesce(l.n, 0) as overtook, x.request_id as over_id, x.number || '/' || x.year as over_number,
           x.filed_at as over_filed, x.paused_ms > 0 or x.paused_at is not null as over_waited, w.reason
      from found f
      left join over_open p on p.request_id = f.request_id
      left join lateral (
        select e.request_id, e.filed_at, count(*) over ()::int as n from ended e
         where e.service_code = f.service_code and (e.filed_at, e.request_id) < (f.filed_at, f.request_id) and e.closed_at > f.closed_at
         order by e.filed_at, e.request_id limit 1) l on true
      join request r on r.municipality_id = ${tx.town} and r.request_id = f.request_id
      join request x on x.municipality_id = ${tx.town}
       and x.request_id = case when f.open_id is null or (l.filed_at, l.request_id) < (f.open_filed, f.open_id) then l.request_id else f.open_id end
      left join overtaking_reason w on w.municipality_id = ${tx.town} and w.request_id = f.request_id
     where ${requestVisible(actor, 'request.read')}
     order by r.closed_at desc, r.request_id`.execute(tx.q)
  return rows.map(row => ({
    requestId: row.request_id,
    number: row.number,
    serviceCode: row.service_code,
    filedAt: row.filed_at,
    servedAt: row.closed_at,
    over: {
      requestId: row.over_id,
      number: row.over_number,
      filedAt: row.over_filed,
      waitedForCitizen: row.over_waited,
    },
    overtook: row.overtook,
    reason: row.reason ?? undefined,
  }))
}

/**
 * Of what was found some moments ago that which this reader may still see, with the reasons as they stand now: whoever wrote one sees it at once,
 * and to whom a request was closed meanwhile it is gone.
 */
export async function asOfNow(tx: Read, actor: Actor, list: readonly Overtaking[]): Promise<Overtaking[]> {
  if (list.length === 0) return []
  const { rows } = await sql<{ request_id: string; reason: string | null }>`
    select r.request_id, w.reason
      from unnest(${list.map(each => each.requestId)}::uuid[], ${list.map(each => each.over.requestId)}::uuid[]) as n(request_id, over_id)
      join request r on r.municipality_id = ${tx.town} and r.request_id = n.request_id
      join request x on x.municipality_id = ${tx.town} and x.request_id = n.over_id
      left join overtaking_reason w on w.municipality_id = ${tx.town} and w.request_id = n.request_id
     where ${requestVisible(actor, 'request.read')}`.execute(tx.q)
  const reasons = new Map(rows.map(row => [row.request_id, row.reason ?? undefined]))
  return list
    .filter(each => reasons.has(each.requestId))
    .map(each => ({ ...each, reason: reasons.get(each.requestId) }))
}

/** Writes down why a request was served before an earlier one. The last word stands. */
export async function giveReason(
  tx: Write,
  input: { requestId: string; reason: string; actor: Actor },
): Promise<void> {
  const reason = input.reason.trim()
  if (reason === '') throw new InvalidInput([{ field: 'reason', code: 'reason-missing' }])
  const by = actorKey(input.actor)
  const { rows } =
    await sql`select 1 from request r where r.municipality_id = ${tx.town} and r.request_id = ${input.requestId}
    and ${requestVisible(input.actor, 'request.read')}`.execute(tx.q)
  if (rows.length === 0) throw new NotFound('no-such-request')
  await sql`insert into overtaking_reason (municipality_id, request_id, reason, given_at, given_by)
    values (${tx.town}, ${input.requestId}, ${reason.slice(0, 500)}, ${tx.now}, ${by.id})
    on conflict (municipality_id, request_id) do update
      set reason = excluded.reason, given_at = excluded.given_at, given_by = excluded.given_by`.execute(tx.q)
  await record(tx, {
    actor: by,
    act: 'centre.overtaking-explained',
    subjectKind: 'request',
    subjectId: input.requestId,
    requestId: input.requestId,
    cause: reason,
  })
}
