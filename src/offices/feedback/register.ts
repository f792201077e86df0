import { NotFound } from '../../lib/errors.ts'
import type { House } from '../../platform/house.ts'
import type { TownDirectory } from '../../web/town.ts'
import { onIncoming, worded } from '../messaging/index.ts'
import { lendRequestPane } from '../requests/index.ts'
import { ratePane } from './citizen/rate.tsx'
import { longestComment } from './model.ts'
import { askedOf, askHowItWas, rate } from './rating.ts'
import { told } from './told.ts'

/** Asks when a request has been served, and hears what people text in answer. */
export function registerFeedback(house: House, towns: TownDirectory): void {
  lendRequestPane('feedback', ratePane)
  house.events.on('requests.done', async (tx, { requestId }) => {
    await askHowItWas(tx, { house, town: await towns.get(tx.town) }, requestId)
  })
  onIncoming(house, {
    name: 'feedback',
    async asks(tx, desk, { asked: answer, index }) {
      if (answer.is !== 'answer' || answer.figure === undefined) return undefined
      const { figure: stars, rest } = answer
      // A telephone that several share rates what it was asked about; it is told nothing.
      const asked = await askedOf(tx, index).catch(error => {
        if (error instanceof NotFound) return undefined
        throw error
      })
      if (!asked) return undefined
      const { requestId, askedAt } = asked
      return {
        askedAt,
        take: async () => {
          const by = { kind: 'citizen', id: asked.personId } as const
          const comment = rest.slice(0, longestComment)
          await rate(tx, { stars, comment, requestId, channel: 'sms' }, by)
          return { reply: await worded(tx, desk.house, told.thanks, {}), requestId }
        },
      }
    },
  })
}
