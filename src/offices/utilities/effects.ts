import { sql } from 'kysely'
import { z } from 'zod'
import { dateIn } from '../../lib/calendar.ts'
import { Conflict } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import type { Write } from '../../platform/database/transaction.ts'
import { record } from '../audit/index.ts'
import {
  beneficiaryOfRequest,
  concernedIn,
  type Desk,
  type Effect,
  partiesOf,
  type Request,
} from '../requests/index.ts'
import { accountFor } from '../treasury/index.ts'
import { actorOf, aPlace, readTold } from './effects/subscription-in-hand.ts'
import type { Utility } from './model.ts'
import {
  appendEvent,
  changeBilling,
  getByNumber,
  hasHappened,
  insertSubscription,
  type NewSubscription,
  subscriptionsOf,
} from './store.ts'

const opening = z.object({
  place: aPlace,
  billing: z.enum(['prepaid', 'billed']),
  meterNumber: z.string().min(1),
  initialReading: z.union([z.string(), z.number()]),
})

/** What each utility fixes of a connection besides; what the subscription has no column for stands in its first event. */
const connections = {
  electricity: z
    .object({
      amperes: z.number().int().positive(),
      phases: z.enum(['single', 'three']).default('single'),
    })
    .transform(({ amperes, phases }) => ({ phases: phases === 'three' ? 3 : 1, amperes, more: {} })),
  water: z
    .object({ pipeDiameter: z.string(), pipeMetres: z.union([z.string(), z.number()]) })
    .transform(more => ({ phases: undefined, amperes: undefined, more })),
}

const conversion = z.object({
  subscription: z.string().min(1),
  meterNumber: z.string().min(1),
  lastReading: z.union([z.string(), z.number()]),
  initialReading: z.union([z.string(), z.number()]),
  creditLeft: z.object({ minor: z.number().int(), currency: z.string() }),
  billDelivery: z.string(),
})

/** A finished request opens the subscription and the account its dues will be posted to. */
const opens =
  (utility: Utility): Effect =>
  async (tx, desk, { request, by }) => {
    if (await hasHappened(tx, request.id, 'opened')) return
    const told = { ...request.answers, ...request.projection.stepFields }
    const facts = readTold(opening, told)
    const { phases, amperes, more } = readTold(connections[utility], told)
    const id = await enterSubscription(tx, desk, request, {
      utility,
      phases,
      amperes,
      billing: facts.billing,
      meterNumber: facts.meterNumber,
      address: facts.place,
    })
    const { initialReading, meterNumber } = facts
    await appendEvent(tx, id, {
      kind: 'opened',
      requestId: request.id,
      data: { initialReading, meterNumber, ...more },
    })
    await record(tx, {
      actor: actorOf(by),
      act: 'utilities.open-subscription',
      subjectKind: 'subscription',
      subjectId: id,
      personId: await beneficiaryOfRequest(tx, request),
      requestId: request.id,
    })
  }

type Connection = Pick<
  NewSubscription,
  'utility' | 'phases' | 'amperes' | 'billing' | 'meterNumber' | 'address'
>

/** Enters a connection under the next number, with the account its dues are posted to, for whoever the request is. */
export async function enterSubscription(
  tx: Write,
  desk: Desk,
  request: Request,
  connection: Connection,
): Promise<string> {
  const holder = await holderOf(tx, request)
  const id = newId(tx.now)
  const account = await accountFor(tx, {
    objectKind: 'subscription',
    objectId: id,
    kind: connection.utility,
    holderId: holder.personId,
    capacity: holder.capacity,
  })
  await insertSubscription(tx, {
    ...connection,
    id,
    number: await nextSubscriptionNumber(tx, connection.utility),
    accountId: account.id,
    holderId: holder.personId,
    capacity: holder.capacity,
    from: dateIn(tx.now, desk.town.timeZone),
    requestId: request.id,
  })
  return id
}

/** `utilities.open-subscription`: a household is connected to electricity. */
export const openSubscription = opens('electricity')

/** `utilities.open-water-subscription`: a place is connected to water. */
export const openWaterSubscription = opens('water')

/** `utilities.convert-to-billed`: the prepaid meter is replaced; what the card still held is written down for the first bill. */
export const convertToBilled: Effect = async (tx, desk, { request, by }) => {
  if (await hasHappened(tx, request.id, 'converted-to-billed')) return
  const facts = readTold(conversion, { ...request.answers, ...request.projection.stepFields })
  const subscription = await getByNumber(tx, 'electricity', facts.subscription, true)
  if (subscription.billing !== 'prepaid') throw new Conflict('not-prepaid', { number: subscription.number })
  const holder = await holderOf(tx, request)
  const today = dateIn(tx.now, desk.town.timeZone)
  const held: string[] = []
  for (const personId of concernedIn({ ...request, parties: await partiesOf(tx, request.id) }))
    held.push(...(await subscriptionsOf(tx, personId, today)).map(({ id }) => id))
  if (!held.includes(subscription.id)) throw new Conflict('not-the-holder', { number: subscription.number })
  await changeBilling(tx, subscription.id, 'billed', facts.meterNumber)
  const { subscription: _, ...data } = facts
  await appendEvent(tx, subscription.id, {
    kind: 'converted-to-billed',
    requestId: request.id,
    data: { ...data, oldMeter: subscription.meterNumber },
  })
  await record(tx, {
    actor: actorOf(by),
    act: 'utilities.convert-to-billed',
    subjectKind: 'subscription',
    subjectId: subscription.id,
    personId: holder.personId,
    requestId: request.id,
  })
}

/** Whose subscription it becomes: whoever acts for another files for the principal, everyone else for themselves. */
async function holderOf(tx: Write, request: Request): Promise<{ personId: string; capacity: string }> {
  const personId = await beneficiaryOfRequest(tx, request)
  return { personId, capacity: request.capacity === 'tenant' ? 'tenant' : 'holder' }
}

/** The next number nobody has: what came from the town's earlier program keeps the numbers it had. */
async function nextSubscriptionNumber(tx: Write, utility: Utility): Promise<string> {
  for (;;) {
    const { rows } = await sql<{ number: string; taken: boolean }>`
      select n.number, exists (select 1 from subscription u
                                where u.municipality_id = ${tx.town} and u.utility = ${utility} and u.number = n.number) as taken
        from (select (10000 + next_number('subscription', 0))::text as number) n`.execute(tx.q)
    const [row] = rows
    if (row && !row.taken) return row.number
  }
}
