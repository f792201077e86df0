import type { Actor } from '../../kernel/access/index.ts'
import type { FeePoint } from '../../kernel/definition/index.ts'
import { dateIn } from '../../lib/calendar.ts'
import { isId } from '../../lib/ids.ts'
import type { Write } from '../../platform/database/transaction.ts'
import type { House } from '../../platform/house.ts'
import type { TownDirectory } from '../../web/town.ts'
import { catalogueOf } from '../catalogue/index.ts'
import { isAtHand } from '../certificates/index.ts'
import { lendPreview, planMessage, worded } from '../messaging/index.ts'
import { appointmentsOf } from '../people/index.ts'
import { performAct } from './actions.ts'
import { registerPaperUploads } from './citizen/uploads.ts'
import { planMoves } from './closures.ts'
import { registerShortLinks } from './links/register.ts'
import { giveBack, strays } from './machine/came-back.ts'
import { tellApplicant } from './messages.ts'
import { previewWords } from './preview-words.ts'
import { listenForNews } from './staff/live.ts'
import { getRequest } from './store.ts'
import { listenForTexts } from './texts/listen.ts'
import { told } from './told.ts'

/** Takes the requests office into the house: a fee that has been settled moves its request on, in the receipt's own transaction. */
export function registerRequests(house: House, towns: TownDirectory): void {
  registerPaperUploads()
  registerShortLinks()
  listenForNews(house)
  listenForTexts(house)
  lendPreview(house, previewWords)
  // What was signed by hand is ready when it is back, and its applicant is told then.
  house.events.on('certificates.hand-signed', async (tx, { requestId }) => {
    const request = await getRequest(tx, requestId, true)
    const { service } = (await catalogueOf(tx)).get(request.serviceCode, request.serviceVersion)
    const step = service.definition.steps.find(({ id }) => id === request.projection.step)
    if (step?.kind !== 'handover' || (await isAtHand(tx, requestId))) return
    await tellApplicant(tx, { house, town: await towns.get(tx.town) }, service, 'ready', request, {})
  })
  house.events.on('calendar.changed', planMoves)
  house.events.on('people.posts-ended', async (tx, { staffId }) => {
    const town = await towns.get(tx.town)
    await giveBack(tx, { house, town }, await strays(tx, staffId))
  })
  house.events.on('looks.opened', async (tx, { personId }) => {
    await planMessage(tx, house, { ...(await worded(tx, house, told['file-opened'], {})), personId })
  })
  house.events.on('treasury.settled', async (tx, { requestId, feePoint, receiptId, decision, by }) => {
    const town = await towns.get(tx.town)
    const request = await getRequest(tx, requestId, true)
    if (request.projection.settledFeePoints.includes(feePoint as FeePoint)) return
    if (request.projection.state !== 'awaiting-fee') return
    await performAct(
      tx,
      { house, town },
      {
        requestId,
        name: 'pay',
        actor: await collectorOf(tx, by, town.timeZone),
        data: receiptId === undefined ? { receipt: decision } : { receiptId },
      },
    )
  })
}

/** Whoever took the money, with what they are appointed to today; a payment that no person took is the system's. */
async function collectorOf(tx: Write, by: { kind: string; id: string }, timeZone: string): Promise<Actor> {
  if (by.kind !== 'staff' || !isId(by.id)) return { kind: 'system' }
  const appointments = await appointmentsOf(tx, by.id, dateIn(tx.now, timeZone))
  const takes = appointments.some(({ role }) => role === 'collector' || role === 'treasurer')
  return takes ? { kind: 'staff', staffId: by.id, appointments } : { kind: 'system' }
}
