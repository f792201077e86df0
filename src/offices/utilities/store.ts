import { sql } from 'kysely'
import type { AddressAnswer } from '../../kernel/definition/index.ts'
import { NotFound } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import type { Read, Write } from '../../platform/database/transaction.ts'
import { samePerson } from '../people/index.ts'
import type { Billing, Subscription, SubscriptionEvent, Utility } from './model.ts'

type Row = {
  subscription_id: string
  number: string
  utility: Utility
  phases: number | null
  amperes: number | null
  billing: Billing
  meter_number: string
  address: AddressAnswer
  account_id: string
  ends_on: string | null
  solar_kw: string | null
  opened_at: Date
  closed_at: Date | null
}

const columns = sql`u.subscription_id, u.number, u.utility, u.phases, u.amperes, u.billing, u.meter_number, u.address, u.account_id,
  u.ends_on, u.solar_kw, u.opened_at, u.closed_at`

function toSubscription(row: Row): Subscription {
  return {
    id: row.subscription_id,
    number: row.number,
    utility: row.utility,
    phases: row.phases ?? undefined,
    amperes: row.amperes ?? undefined,
    billing: row.billing,
    meterNumber: row.meter_number,
    address: row.address,
    accountId: row.account_id,
    endsOn: row.ends_on ?? undefined,
    solarKw: row.solar_kw === null ? undefined : Number(row.solar_kw),
    openedAt: row.opened_at,
    closedAt: row.closed_at ?? undefined,
  }
}

/** Open subscriptions a person holds on a day, the oldest first. */
export async function subscriptionsOf(tx: Read, personId: string, on: string): Promise<Subscription[]> {
  const { rows } = await sql<Row>`
    select ${columns} from subscription_holder h
      join subscription u on u.municipality_id = h.municipality_id and u.subscription_id = h.subscription_id
     where h.municipality_id = ${tx.town} and h.person_id = any(${samePerson(personId)}) and h.valid_from <= ${on}::date
       and (h.valid_until is null or h.valid_until > ${on}::date) and u.closed_at is null
     order by u.opened_at, u.number`.execute(tx.q)
  return rows.map(toSubscription)
}

/** The subscription of this number; `lock` holds it until the transaction ends. */
export async function getByNumber(
  tx: Read,
  utility: Utility,
  number: string,
  lock = false,
): Promise<Subscription> {
  const { rows } = await sql<Row>`
    select ${columns} from subscription u
     where u.municipality_id = ${tx.town} and u.utility = ${utility} and u.number = ${number} ${lock ? sql`for update` : sql``}`.execute(
    tx.q,
  )
  const [row] = rows
  if (!row) throw new NotFound('no-such-subscription', { number })
  return toSubscription(row)
}

/** Whether a request has already done this to a subscription: an effect that runs again changes nothing. */
export async function hasHappened(
  tx: Read,
  requestId: string,
  kind: SubscriptionEvent['kind'],
): Promise<boolean> {
  const { rows } = await sql`select 1 from subscription_event
    where municipality_id = ${tx.town} and request_id = ${requestId} and kind = ${kind}`.execute(tx.q)
  return rows.length > 0
}

export type NewSubscription = Omit<Subscription, 'id' | 'endsOn' | 'solarKw' | 'openedAt' | 'closedAt'> & {
  id: string
  holderId: string
  capacity: string
  from: string
  requestId: string | undefined
  /** The line of the grid it hangs on, as the town calls it. */
  feeder?: string | undefined
}

/** Opens a subscription with its first holder. One statement. */
export async function insertSubscription(tx: Write, input: NewSubscription): Promise<void> {
  await sql`
    with u as (
      insert into subscription (municipality_id, subscription_id, number, utility, phases, amperes, billing, meter_number, address,
                                account_id, opened_at, opened_by_request, feeder)
      values (${tx.town}, ${input.id}, ${input.number}, ${input.utility}, ${input.phases ?? null}, ${input.amperes ?? null},
              ${input.billing}, ${input.meterNumber}, ${JSON.stringify(input.address)}, ${input.accountId}, ${tx.now},
              ${input.requestId ?? null}, ${input.feeder ?? null})
      returning subscription_id)
    insert into subscription_holder (municipality_id, subscription_id, person_id, capacity, valid_from, request_id)
    select ${tx.town}, subscription_id, ${input.holderId}, ${input.capacity}, ${input.from}::date, ${input.requestId ?? null}::uuid
      from u`.execute(tx.q)
}

export async function changeBilling(
  tx: Write,
  id: string,
  billing: Billing,
  meterNumber: string,
): Promise<void> {
  await sql`update subscription set billing = ${billing}, meter_number = ${meterNumber}
             where municipality_id = ${tx.town} and subscription_id = ${id}`.execute(tx.q)
}

export async function appendEvent(
  tx: Write,
  subscriptionId: string,
  event: Omit<SubscriptionEvent, 'at'>,
): Promise<void> {
  await sql`insert into subscription_event (municipality_id, subscription_id, event_id, kind, at, request_id, data)
    values (${tx.town}, ${subscriptionId}, ${newId(tx.now)}, ${event.kind}, ${tx.now}, ${event.requestId ?? null},
            ${JSON.stringify(event.data)})`.execute(tx.q)
}

/** What happened to a subscription, in order. */
export async function eventsOf(tx: Read, subscriptionId: string): Promise<SubscriptionEvent[]> {
  const { rows } = await sql<{
    kind: SubscriptionEvent['kind']
    at: Date
    request_id: string | null
    data: Record<string, unknown>
  }>`
    select kind, at, request_id, data from subscription_event
     where municipality_id = ${tx.town} and subscription_id = ${subscriptionId} order by at, event_id`.execute(
    tx.q,
  )
  return rows.map(row => ({
    kind: row.kind,
    at: row.at,
    requestId: row.request_id ?? undefined,
    data: row.data,
  }))
}
