import type { Read } from '../../../platform/database/index.ts'
import type { DeliveryReport } from '../carriers/model.ts'

/** A report as it is kept. */
export type Arrived = {
  id: string
  providerId: string
  ref: string
  messageId: string | undefined
  toIndex: string | undefined
  state: DeliveryReport['state']
  failure: string | undefined
  hard: boolean
  at: Date
}

/** The message each report is about: by the reference of one of its parts, else by our own id where the carrier tells it. */
export async function matchReports(tx: Read, arrived: readonly Arrived[]): Promise<Map<string, string>> {
  const rows = await tx.prepared<{ id: string; message_id: string }>(
    'match-reports',
    `select g.id, coalesce(p.message_id, m.message_id) as message_id
       from unnest($2::uuid[], $3::uuid[], $4::text[], $5::uuid[]) as g(id, provider_id, ref, message_id)
       left join lateral (
         select p.message_id from message_part p
          where p.municipality_id = $1 and p.provider_id = g.provider_id and p.provider_ref = nullif(g.ref, '')
          order by p.submitted_at desc limit 1) p on true
       left join message m on m.municipality_id = $1 and m.message_id = g.message_id
        and exists (select 1 from message_part o where o.municipality_id = $1 and o.message_id = g.message_id)
      where p.message_id is not null or m.message_id is not null`,
    [
      tx.town,
      arrived.map(({ id }) => id),
      arrived.map(({ providerId }) => providerId),
      arrived.map(({ ref }) => ref),
      arrived.map(({ messageId }) => messageId ?? null),
    ],
  )
  return new Map(rows.map(row => [row.id, row.message_id]))
}

/** By then what was answered is written down: a report that is still about nothing known is about an answer that was lost. */
export const settledAfterMs = 5 * 60_000

/**
 * The message a report of an unknown reference is about, by the telephone it went to: where exactly one message to it is uncertain, of about
 * that time and of no other provider. Of two nobody can say which.
 */
export async function matchByNumber(tx: Read, arrived: readonly Arrived[]): Promise<Map<string, string>> {
  const told = arrived.filter(({ toIndex }) => toIndex !== undefined)
  if (told.length === 0) return new Map()
  const rows = await tx.prepared<{ id: string; message_id: string }>(
    'match-by-number',
    `select g.id, (min(m.message_id::text))::uuid as message_id
       from unnest($2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[]) as g(id, provider_id, to_index, at)
       join message m on m.municipality_id = $1 and m.to_index = decode(g.to_index, 'hex') and m.state = 'uncertain'
        and m.planned_at > g.at - interval '3 days' and m.sent_at between g.at - interval '2 days' and g.at + interval '5 minutes'
        and (m.provider_id is null or m.provider_id = g.provider_id)
      group by g.id having count(*) = 1`,
    [
      tx.town,
      told.map(({ id }) => id),
      told.map(({ providerId }) => providerId),
      told.map(({ toIndex }) => toIndex),
      told.map(({ at }) => at),
    ],
  )
  return new Map(rows.map(row => [row.id, row.message_id]))
}
