import { sql } from 'kysely'
import type { Read } from '../../../../platform/database/transaction.ts'
import { samePerson } from '../../../people/index.ts'

export type Subscription = {
  id: string
  number: string
  utility: 'electricity' | 'water'
  billing: 'prepaid' | 'billed'
  meter: string
  closed: boolean
}

/** What happened to a subscription: the kind, and readings and meters as they were written down. */
export type Happening = {
  subscriptionId: string
  kind: string
  at: Date
  data: Readonly<Record<string, unknown>>
}

/** The subscriptions a person holds on a day, closed ones last. */
export async function subscriptionsOf(tx: Read, personId: string, today: string): Promise<Subscription[]> {
  const { rows } = await sql<{
    subscription_id: string
    number: string
    utility: Subscription['utility']
    billing: Subscription['billing']
    meter_number: string
    closed_at: Date | null
  }>`
    select s.subscription_id, s.number, s.utility, s.billing, s.meter_number, s.closed_at
      from subscription_holder h
      join subscription s on s.municipality_id = h.municipality_id and s.subscription_id = h.subscription_id
     where h.municipality_id = ${tx.town} and h.person_id = any(${samePerson(personId)})
       and h.valid_from <= ${today} and (h.valid_until is null or h.valid_until > ${today})
     order by s.closed_at nulls first, s.utility, s.number limit 50`.execute(tx.q)
  return rows.map(row => ({
    id: row.subscription_id,
    number: row.number,
    utility: row.utility,
    billing: row.billing,
    meter: row.meter_number,
    closed: row.closed_at !== null,
  }))
}

/** What happened to these subscriptions lately, the newest first. */
export async function happeningsOf(
  tx: Read,
  subscriptions: readonly Pick<Subscription, 'id'>[],
): Promise<Happening[]> {
  if (subscriptions.length === 0) return []
  const { rows } = await sql<{
    subscription_id: string
    kind: string
    at: Date
    data: Record<string, unknown>
  }>`
    select subscription_id, kind, at, data from subscription_event
     where municipality_id = ${tx.town} and subscription_id = any(${subscriptions.map(({ id }) => id)}::uuid[])
     order by at desc, event_id desc limit 60`.execute(tx.q)
  return rows.map(row => ({
    subscriptionId: row.subscription_id,
    kind: row.kind,
    at: row.at,
    data: row.data,
  }))
}
