import { z } from 'zod'
import { Conflict } from '../../../lib/errors.ts'
import { findPersonByIdNumber } from '../../people/index.ts'
import type { Effect } from '../../requests/index.ts'
import { changeHolder, holdersOf } from '../../treasury/index.ts'
import { changeSubscriptionHolder } from '../bulk.ts'
import type { Utility } from '../model.ts'
import { aReading, changeOnce, readTold } from './subscription-in-hand.ts'

const facts = z.object({
  /** Identity number of whoever takes it over. */
  newHolder: z.string().min(1),
  /** The reading up to which the old holder pays. */
  reading: aReading,
})

/**
 * `utilities.transfer-…`: the subscription and its account are another's from today. What is owed stays with who owes it, unless a
 * transfer of debt moves it.
 * @throws Conflict `new-holder-unknown`, `transfer-to-self`
 */
export const transferHolder =
  (utility: Utility): Effect =>
  (tx, desk, { request, by }) =>
    changeOnce(
      tx,
      { desk, request, by, utility, event: 'holder-changed', act: 'transfer-holder' },
      async hand => {
        const { newHolder, reading } = readTold(facts, hand.told)
        const taker = await findPersonByIdNumber(tx, desk.house.crypto, newHolder)
        if (!taker) throw new Conflict('new-holder-unknown')
        const { id, accountId } = hand.subscription
        const holders = await holdersOf(tx, accountId)
        const before = holders.filter(each => each.until === undefined).map(each => each.personId)
        if (before.includes(taker.id)) throw new Conflict('transfer-to-self')
        await changeSubscriptionHolder(tx, id, { personId: taker.id, from: hand.today })
        await changeHolder(tx, { accountId, holderId: taker.id, from: hand.today })
        return { reading, from: before, to: taker.id }
      },
    )
