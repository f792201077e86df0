import { healthWindowMs, nextWeight, slowAfterMs } from '../../../kernel/messages/index.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'

/** How often the weights are looked at. */
export const weighEveryMs = 60_000

export type Stands = {
  providerId: string
  own: number
  weight: number
  down: { reason: string; since: Date } | undefined
}

/**
 * What a provider carried in the last fifteen minutes: how many messages whose fate can be told, and how many were slow, or failed without
 * fault of the number. One that has told of nothing for a day reports nothing, and is not judged by reports.
 */
export async function carriedOfLate(tx: Read, ids: readonly string[]) {
  const rows = await tx.prepared<{ provider_id: string; told: number; bad: number }>(
    'carried-of-late',
    // Whether it reports at all is asked once of each, whatever is planned: asked of each part, nobody lives to hear the answer.
    `with reporting as materialized (
       select p.id from unnest($2::uuid[]) p(id)
        where (select true from message_part r
                where r.municipality_id = $1 and r.provider_id = p.id and r.submitted_at > $3::timestamptz - interval '1 day'
                  and r.state = 'delivered' limit 1))
     select p.id as provider_id, count(*) filter (where c.slow or c.state in ('delivered', 'failed'))::integer as told,
            count(*) filter (where c.slow or c.state = 'failed' and not coalesce(c.hard, false))::integer as bad
       from reporting p
       cross join lateral (
         select m.state, m.hard, coalesce(m.delivered_at, $3) - m.sent_at > make_interval(secs => $5) and m.state in ('sent', 'delivered') as slow
           from message_part f cross join lateral (
             select * from message where municipality_id = $1 and message_id = f.message_id limit 1) m
          where f.municipality_id = $1 and f.provider_id = p.id and f.part = 1 and f.submitted_at > $4::timestamptz and f.submitted_at <= $3
            and m.provider_id = p.id and m.sent_at > $4::timestamptz and m.sent_at <= $3) c
      group by p.id`,
    [tx.town, ids, tx.now, new Date(tx.now.getTime() - healthWindowMs), slowAfterMs / 1000],
  )
  return new Map(rows.map(row => [row.provider_id, row]))
}

/** Weighs the providers anew and writes how they stand; gives each one's weight. Once a minute, whichever process comes first. */
export async function weigh(
  house: House,
  town: string,
  stands: readonly Stands[],
): Promise<Map<string, number>> {
  if (stands.length === 0) return new Map()
  return house.database.write(town, async tx => {
    const due = new Set(
      (
        await tx.prepared<{ provider_id: string }>(
          'weighed-before',
          `select p.id as provider_id from unnest($2::uuid[]) p(id)
             left join message_provider_health h on h.municipality_id = $1 and h.provider_id = p.id
            where h.seen_at is null or h.seen_at <= $3::timestamptz - make_interval(secs => $4)`,
          [tx.town, stands.map(({ providerId }) => providerId), tx.now, (weighEveryMs * 0.9) / 1000],
        )
      ).map(row => row.provider_id),
    )
    const weighed = stands.filter(({ providerId }) => due.has(providerId))
    if (weighed.length === 0) return new Map()
    const carried = await carriedOfLate(
      tx,
      weighed.map(({ providerId }) => providerId),
    )
    const next = weighed.map(each => {
      const of = carried.get(each.providerId) ?? { told: 0, bad: 0 }
      return { ...each, weight: nextWeight(each.own, each.weight, of), share: of }
    })
    await keepStands(tx, next, true)
    return new Map(next.map(({ providerId, weight }) => [providerId, weight]))
  })
}

/** Writes how providers stand: at once when one goes down or comes up, and with each weighing. */
export async function keepStands(
  tx: Write,
  stands: readonly (Stands & { share?: { told: number; bad: number } })[],
  weighed: boolean,
): Promise<void> {
  const state = ({ down, weight, own }: Stands) => (down ? 'down' : weight < own ? 'slow' : 'up')
  await tx.prepared(
    'keep-stands',
    `insert into message_provider_health as h (municipality_id, provider_id, state, weight, reason, since, seen_at)
     select $1, g.id, g.state, g.weight, g.reason, g.since, $7 from unnest($2::uuid[], $3::text[], $4::integer[], $5::text[], $6::timestamptz[])
       as g(id, state, weight, reason, since)
     on conflict (municipality_id, provider_id) do update
       set state = excluded.state, weight = excluded.weight, reason = excluded.reason,
           seen_at = case when $8 then excluded.seen_at else h.seen_at end,
           since = case when h.state = excluded.state then h.since else excluded.since end`,
    [
      tx.town,
      stands.map(({ providerId }) => providerId),
      stands.map(state),
      stands.map(({ weight }) => weight),
      stands.map(
        ({ down, share }) => down?.reason ?? (share && share.bad > 0 ? `${share.bad}/${share.told}` : null),
      ),
      stands.map(({ down }) => down?.since ?? tx.now),
      tx.now,
      weighed,
    ],
  )
}
