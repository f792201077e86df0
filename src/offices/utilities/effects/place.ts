import { sql } from 'kysely'
import { z } from 'zod'
import type { Effect } from '../../requests/index.ts'
import { aPlace, aReading, changeOnce, readTold } from './subscription-in-hand.ts'

const moving = z.object({
  place: aPlace,
  amperes: z.number().int().positive(),
  /** At the old place, up to which its bill runs. */
  lastReading: aReading,
  /** The same where the meter itself moves. */
  meterNumber: z.string().min(1),
  initialReading: aReading,
})

/**
 * `utilities.move-electricity-subscription`: the subscription serves another place from now on. Number, account, holder and what is owed
 * stay; the meter may be another.
 */
export const moveSubscription: Effect = (tx, desk, { request, by }) =>
  changeOnce(
    tx,
    { desk, request, by, utility: 'electricity', event: 'place-changed', act: 'move-subscription' },
    async hand => {
      const { place, amperes, meterNumber, ...readings } = readTold(moving, hand.told)
      const { id, address, meterNumber: oldMeter } = hand.subscription
      await sql`update subscription set address = ${JSON.stringify(place)}, amperes = ${amperes}, meter_number = ${meterNumber.trim()}
                 where municipality_id = ${tx.town} and subscription_id = ${id}`.execute(tx.q)
      return { ...readings, from: address, to: place, oldMeter, meterNumber: meterNumber.trim(), amperes }
    },
  )
