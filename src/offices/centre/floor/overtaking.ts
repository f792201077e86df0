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
 * Requests served in the last seven days although an earlier one of the same service still waited then. One pass over what lies open and
 * what ended since: among those filed before it in its service, the latest end (open counts as never) must lie after its own.
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
    with near as materialized (
      select request_id, service_code, filed_at, closed_at, state, number, year, paused_ms, paused_at, municipality_id from request
       where municipality_id = ${tx.town} and closed_at is null
      union all
      select request_id, service_code, filed_at, closed_at, state, number, year, paused_ms, paused_at, municipality_id from request
       where municipality_id = ${tx.town} and closed_at is not null and closed_at >= ${tx.now}::timestamptz - make_interval(days => ${window})
    ), ranked as (
      select n.*, max(coalesce(closed_at, 'infinity')) over (
               partition by service_code order by filed_at, request_id rows between unbounded preceding and 1 preceding) as latest_before
        from near n
    ), found as (
      select * from ranked where state = 'done' and latest_before > closed_at order by closed_at desc, request_id limit ${limit}
    )
    select r.request_id, r.number || '/' || r.year as number, r.service_code, r.filed_at, r.closed_at, e.overtook, e.request_id as over_id,
           e.number || '/' || e.year as over_number, e.filed_at as over_filed, e.waited as over_waited, w.reason
      from found r
      join lateral (
        select x.request_id, x.number, x.year, x.filed_at, x.paused_ms > 0 or x.paused_at is not null as waited,
               count(*) over ()::int as overtook
          from near x
         where x.service_code = r.service_code and (x.filed_at, x.request_id) < (r.filed_at, r.request_id)
           and coalesce(x.closed_at, 'infinity') > r.closed_at
         order by x.filed_at, x.request_id limit 1) e on true
      left join overtaking_reason w on w.municipality_id = r.municipality_id and w.request_id = r.request_id
     where ${requestVisible(actor, 'request.read')}
     order by r.closed_at desc, r.request_id`.execute(tx.q)
  return rows.map(row => ({
    ...{
      requestId: row.request_id,
      number: row.number,
      serviceCode: row.service_code,
      filedAt: row.filed_at,
    },
    servedAt: row.closed_at,
    over: {
      ...{ requestId: row.over_id, number: row.over_number, filedAt: row.over_filed },
      waitedForCitizen: row.over_waited,
    },
    overtook: row.overtook,
    reason: row.reason ?? undefined,
  }))
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
    ...{ actor: by, act: 'centre.overtaking-explained', subjectKind: 'request', subjectId: input.requestId },
    ...{ requestId: input.requestId, cause: reason },
  })
}
