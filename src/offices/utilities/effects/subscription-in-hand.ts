import { z } from 'zod'
import { dateIn } from '../../../lib/calendar.ts'
import { Conflict } from '../../../lib/errors.ts'
import type { Write } from '../../../platform/database/transaction.ts'
import { record } from '../../audit/index.ts'
import { concernedIn, type Desk, partiesOf, type Request } from '../../requests/index.ts'
import type { Subscription, SubscriptionEvent, Utility } from '../model.ts'
import { appendEvent, getByNumber, hasHappened, subscriptionsOf } from '../store.ts'

/** A reading of a meter as officers write it. */
export const aReading = z.union([z.string(), z.number()])

/** Where something is, as an address question was answered. */
export const aPlace = z.object({
  block: z.string(),
  quarter: z.string(),
  parcel: z.string(),
  landmark: z.string(),
})

/**
 * Reads what an effect needs of a request. A service that does not ask for it, or asks for something else by its name, is a fault of the
 * service, told by its field.
 * @throws Conflict `effect-field-missing`
 */
export function readTold<Shape extends z.ZodType>(
  shape: Shape,
  told: Record<string, unknown>,
): z.output<Shape> {
  const read = shape.safeParse(told)
  if (read.success) return read.data
  throw new Conflict('effect-field-missing', { field: String(read.error.issues[0]?.path[0] ?? '') })
}

const named = z.object({ subscription: z.string().min(1) })

/** What a request changes about a subscription: the facts its steps gave, and the subscription itself, locked. */
export type InHand = {
  tx: Write
  desk: Desk
  request: Request
  told: Record<string, unknown>
  subscription: Subscription
  today: string
}

/**
 * The way all changes of a subscription go: once for each request, on a subscription that the person concerned holds today, with an event
 * that says what was done and an audit row.
 * @throws Conflict `not-the-holder`, `subscription-closed`
 */
export async function changeOnce(
  tx: Write,
  of: {
    desk: Desk
    request: Request
    by: string
    utility: Utility
    event: SubscriptionEvent['kind']
    act: string
  },
  change: (hand: InHand) => Promise<Record<string, unknown>>,
): Promise<void> {
  const { desk, request, by, utility, event, act } = of
  if (await hasHappened(tx, request.id, event)) return
  const told = { ...request.answers, ...request.projection.stepFields }
  const { subscription: number } = readTold(named, told)
  const subscription = await getByNumber(tx, utility, number, true)
  const today = dateIn(tx.now, desk.town.timeZone)
  if (subscription.closedAt) throw new Conflict('subscription-closed', { number })
  const held: string[] = []
  for (const personId of concernedIn({ ...request, parties: await partiesOf(tx, request.id) }))
    held.push(...(await subscriptionsOf(tx, personId, today)).map(({ id }) => id))
  if (!held.includes(subscription.id)) throw new Conflict('not-the-holder', { number })
  const data = await change({ tx, desk, request, told, subscription, today })
  await appendEvent(tx, subscription.id, { kind: event, requestId: request.id, data })
  await record(tx, noteOf(request, by, act, subscription.id))
}

/** Who the books name: whoever carried it out, or the system where no hand was needed. */
export const actorOf = (by: string) => ({
  kind: by === 'system' ? ('system' as const) : ('staff' as const),
  id: by,
})

/** What the audit keeps of a change that a request made. */
export const noteOf = (request: Request, by: string, act: string, subscriptionId: string) => ({
  actor: actorOf(by),
  act: `utilities.${act}`,
  subjectKind: 'subscription',
  subjectId: subscriptionId,
  personId: request.applicantId,
  requestId: request.id,
})
