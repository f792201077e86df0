import { NotFound } from '../../lib/errors.ts'
import type { House } from '../../platform/house.ts'
import type { TownDirectory } from '../../web/town.ts'
import { onIncoming, worded } from '../messaging/index.ts'
import { lendRequestPane } from '../requests/index.ts'
import { ratePane } from './citizen/rate.tsx'
import { readRatingText } from './model.ts'
import { askedOf, askHowItWas, rate } from './rating.ts'
import { told } from './told.ts'

/** Asks when a request has been served, and hears what people text in answer. */
export function registerFeedback(house: House, towns: TownDirectory): void {
  lendRequestPane('feedback', ratePane)
  house.events.on('requests.acted', async (tx, { requestId, state }) => {
    if (state !== 'done') return
    await askHowItWas(tx, { house, town: await towns.get(tx.town) }, requestId)
  })
  onIncoming(house, {
    name: 'feedback',
    async hear(tx, desk, message) {
      const read = readRatingText(message.text)
      if (!read) return undefined
      // A telephone that several share rates what it was asked about; it is told nothing.
      const asked = await askedOf(tx, message.index).catch(error => {
        if (error instanceof NotFound) return undefined
        throw error
      })
      if (!asked) return undefined
      const by = { kind: 'citizen', id: asked.personId } as const
      await rate(tx, { ...read, requestId: asked.requestId, channel: 'sms' }, by)
      return { reply: await worded(tx, desk.house, told.thanks, {}) }
    },
  })
}
