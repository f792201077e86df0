import { sql } from 'kysely'
import { newId } from '../../lib/ids.ts'
import type { Read, Write } from '../../platform/database/transaction.ts'
import type { NewSubscription } from './store.ts'

/** Subscriptions of the town's present programs, many at once. */

export type ImportedSubscription = Omit<NewSubscription, 'capacity' | 'requestId' | 'phases'>

/** Enters subscriptions with their holders and what happened to them, one statement however many they are. */
export async function insertSubscriptions(
  tx: Write,
  subscriptions: readonly ImportedSubscription[],
  source: string,
): Promise<void> {
  if (subscriptions.length === 0) return
  const given = subscriptions.map(each => ({
    id: each.id,
    number: each.number,
    utility: each.utility,
    amperes: each.amperes ?? null,
    billing: each.billing,
    meter: each.meterNumber,
    address: each.address,
    account: each.accountId,
    holder: each.holderId,
    valid_from: each.from,
    event: newId(tx.now),
  }))
  await sql`
    with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g(id uuid, number text, utility text, amperes smallint, billing text,
        meter text, address jsonb, account uuid, holder uuid, valid_from date, event uuid)),
    subscriptions as (
      insert into subscription (municipality_id, subscription_id, number, utility, phases, amperes, billing, meter_number, address, account_id,
                                opened_at)
      select ${tx.town}::uuid, id, number, utility, null, amperes, billing, meter, address, account, ${tx.now}::timestamptz from given),
    holders as (
      insert into subscription_holder (municipality_id, subscription_id, person_id, capacity, valid_from)
      select ${tx.town}::uuid, id, holder, 'holder', valid_from from given)
    insert into subscription_event (municipality_id, subscription_id, event_id, kind, at, data)
    select ${tx.town}::uuid, id, event, 'imported', ${tx.now}::timestamptz, jsonb_build_object('source', ${source}::text, 'meterNumber', meter)
      from given`.execute(tx.q)
}

/** Which of these numbers are subscriptions of the town already, by `UTILITY NUMBER`, and whose books their account is of. */
export async function subscriptionsByNumber(
  tx: Read,
  numbers: readonly { utility: string; number: string }[],
): Promise<Map<string, { id: string; accountId: string; source: string }>> {
  const { rows } = await sql<{
    utility: string
    number: string
    subscription_id: string
    account_id: string
    source: string
  }>`
    select u.utility, u.number, u.subscription_id, u.account_id, a.source
      from unnest(${numbers.map(each => each.utility)}::text[], ${numbers.map(each => each.number)}::text[]) as g(utility, number)
      join subscription u on u.municipality_id = ${tx.town} and u.utility = g.utility and u.number = g.number
      join account a on a.municipality_id = u.municipality_id and a.account_id = u.account_id`.execute(tx.q)
  return new Map(
    rows.map(row => [
      `${row.utility} ${row.number}`,
      { id: row.subscription_id, accountId: row.account_id, source: row.source },
    ]),
  )
}

/** Writes what an earlier program now says of a subscription, and keeps what it was. */
export async function changeImportedSubscription(
  tx: Write,
  id: string,
  to: Pick<ImportedSubscription, 'meterNumber' | 'billing' | 'amperes' | 'address'>,
  source: string,
): Promise<void> {
  await sql`
    with before as (
      select meter_number, billing, amperes from subscription
       where municipality_id = ${tx.town} and subscription_id = ${id} for update),
    changed as (
      update subscription set meter_number = ${to.meterNumber}, billing = ${to.billing}, amperes = ${to.amperes ?? null},
             address = ${JSON.stringify(to.address)}
       where municipality_id = ${tx.town} and subscription_id = ${id})
    insert into subscription_event (municipality_id, subscription_id, event_id, kind, at, data)
    select ${tx.town}::uuid, ${id}::uuid, ${newId(tx.now)}::uuid, 'import-changed', ${tx.now}::timestamptz,
           jsonb_build_object('source', ${source}::text, 'meterNumber', ${to.meterNumber}::text, 'billing', ${to.billing}::text,
                              'before', to_jsonb(before)) from before`.execute(tx.q)
}

/** Ends the present holders' term and begins another's: the earlier program names somebody else now. */
export async function changeSubscriptionHolder(
  tx: Write,
  id: string,
  holder: { personId: string; from: string },
): Promise<void> {
  await sql`
    update subscription_holder set valid_until = greatest(${holder.from}::date, valid_from)
     where municipality_id = ${tx.town} and subscription_id = ${id} and valid_until is null and person_id <> ${holder.personId}`.execute(
    tx.q,
  )
  await sql`
    insert into subscription_holder (municipality_id, subscription_id, person_id, capacity, valid_from)
    values (${tx.town}, ${id}, ${holder.personId}, 'holder', ${holder.from}::date)
    on conflict (municipality_id, subscription_id, person_id, valid_from) do update set valid_until = null`.execute(
    tx.q,
  )
}
