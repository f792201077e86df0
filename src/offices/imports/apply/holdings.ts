import { newId } from '../../../lib/ids.ts'
import type { Write } from '../../../platform/database/index.ts'
import { accountsOfObjects, changeImportedHolder, openImportedAccounts } from '../../treasury/index.ts'
import {
  changeImportedSubscription,
  changeSubscriptionHolder,
  insertSubscriptions,
  subscriptionsByNumber,
} from '../../utilities/index.ts'
import { sourceName } from '../model.ts'
import { addressOf } from './people.ts'
import type { Order, Work } from './work.ts'

/** What an account is for: the object it hangs on and the kind of due. */
const named = (objectId: string, kind: string) => `${objectId} ${kind}`

/** The accounts of some rows, by object and kind. */
export type Accounts = { id(work: Work, kind: string): string | undefined }

/** Opens what rows bring that the town does not have: subscriptions with their holders, and the accounts their dues go to. */
export async function openHoldings(tx: Write, order: Order, works: readonly Work[]): Promise<Accounts> {
  const { run, source, keys, asOfDay } = order
  const standing = works.filter(work => !work.refused && !work.waits)
  const there = await subscriptionsByNumber(
    tx,
    standing.flatMap(({ content }) => content.subscription ?? []),
  )
  const fresh = new Map<string, { id: string; work: Work }>()
  for (const work of standing) {
    const { subscription } = work.content
    if (!subscription) continue
    const number = `${subscription.utility} ${subscription.number}`
    const known = there.get(number)
    if (known) work.subscriptionId = known.id
    else if (!work.personId) work.refused = 'holder-missing'
    else {
      const opened = fresh.get(number) ?? { id: newId(tx.now), work }
      fresh.set(number, opened)
      work.subscriptionId = opened.id
    }
  }
  const objectOf = (work: Work) =>
    work.subscriptionId ?? keys.objectId(work.content.account ?? work.key.toString('hex'))
  const wanted = new Map<string, { work: Work; objectId: string; kind: string }>()
  for (const work of standing) {
    if (work.refused) continue
    const objectId = objectOf(work)
    const kinds = new Set<string>(work.content.balances.map(each => each.kind))
    const { subscription, account } = work.content
    if (subscription && fresh.get(`${subscription.utility} ${subscription.number}`)?.work === work)
      kinds.add(subscription.utility)
    if (account !== undefined && !subscription && kinds.size === 0) kinds.add(run.reading.dueKind)
    for (const kind of kinds)
      if (!wanted.has(named(objectId, kind))) wanted.set(named(objectId, kind), { work, objectId, kind })
  }
  const accounts = new Map(
    [...(await accountsOfObjects(tx, [...wanted.values()]))].map(([name, each]) => [name, each] as const),
  )
  for (const work of standing)
    if (work.content.balances.some(({ kind }) => accounts.get(named(objectOf(work), kind))?.source === 'own'))
      work.refused = 'account-kept-here'
  const missing = [...wanted].filter(([name, { work }]) => !accounts.has(name) && !work.refused)
  for (const [, { work }] of missing) if (!work.personId) work.refused = 'holder-missing'
  const opening = missing.filter(([, { work }]) => !work.refused)
  const origin = { source: sourceName(source.code), asOf: run.asOf }
  const opened = await openImportedAccounts(
    tx,
    opening.map(([, { work, objectId, kind }]) => ({
      kind,
      objectId,
      objectKind: work.subscriptionId ? 'subscription' : 'imported',
      from: asOfDay,
      holderId: work.personId ?? '',
    })),
    origin,
  )
  for (const [at, [name]] of opening.entries()) {
    const id = opened[at]
    if (id) accounts.set(name, { id, source: origin.source })
  }
  await insertSubscriptions(
    tx,
    [...fresh.values()].flatMap(({ id, work }) => {
      const { subscription, person } = work.content
      const accountId = subscription && accounts.get(named(id, subscription.utility))?.id
      if (!subscription || !accountId || !work.personId || work.refused) return []
      const { number, utility, billing, meter, amperes } = subscription
      return [
        {
          id,
          number,
          utility,
          billing,
          amperes,
          meterNumber: meter,
          address: addressOf(person),
          accountId,
          holderId: work.personId,
          from: asOfDay,
        },
      ]
    }),
    origin.source,
  )
  return { id: (work, kind) => accounts.get(named(objectOf(work), kind))?.id }
}

/** Writes what the source now says otherwise of subscriptions, and of whose they are. */
export async function changeHoldings(tx: Write, order: Order, works: readonly Work[]): Promise<void> {
  const { source, asOfDay } = order
  for (const { content, before, record, personId, subscriptionId, refused, waits } of works) {
    if (!before || !record || refused || waits) continue
    const { subscription } = content
    const moved = JSON.stringify(addressOf(before.person)) !== JSON.stringify(addressOf(content.person))
    const changed = JSON.stringify(before.subscription) !== JSON.stringify(subscription)
    if (subscription && subscriptionId === record.subscriptionId && subscriptionId && (changed || moved))
      await changeImportedSubscription(
        tx,
        subscriptionId,
        {
          meterNumber: subscription.meter,
          billing: subscription.billing,
          amperes: subscription.amperes,
          address: addressOf(content.person),
        },
        sourceName(source.code),
      )
    if (!personId || !record.personId || personId === record.personId) continue
    const holder = { personId, from: asOfDay }
    if (subscriptionId) await changeSubscriptionHolder(tx, subscriptionId, holder)
    await changeImportedHolder(
      tx,
      record.balances.map(each => each.accountId),
      holder,
    )
  }
}
