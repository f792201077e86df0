import type { House } from '../../../platform/house.ts'
import { bulkOf, type Filled, registerFiller } from '../../messaging/index.ts'
import { todayOf } from '../audience/today.ts'
import { billText, owedOf } from '../bill.ts'
import { bulletinsByIds } from '../store.ts'
import { billFiller } from '../told.ts'

/** Why a bill is not sent: by the time it was its turn nothing was owed. */
export const nothingOwed = 'nothing-owed'

/**
 * The figures of a bill are those of the treasury when it is handed over, not those of the day it was planned. A few queries for a whole
 * batch, however many bulletins it is of.
 */
export function fillBills(house: Pick<House, 'events'>): void {
  registerFiller(house, billFiller, async (tx, ids) => {
    const messages = await bulkOf(tx, ids)
    const today = await todayOf(tx)
    const filled = new Map<string, Filled>()
    for (const bulletin of await bulletinsByIds(tx, [...new Set(messages.map(each => each.bulkId))])) {
      const own = messages.filter(({ bulkId }) => bulkId === bulletin.id)
      const owed = await owedOf(
        tx,
        bulletin,
        own.flatMap(({ personId }) => personId ?? []),
        today,
      )
      for (const { id, personId } of own) {
        const theirs = personId === undefined ? undefined : owed.get(personId)
        filled.set(id, theirs ? { text: billText(bulletin.body, theirs) } : { nothing: nothingOwed })
      }
    }
    return filled
  })
}
