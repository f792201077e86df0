import { z } from 'zod'
import { Conflict } from '../../../lib/errors.ts'
import type { Effect } from '../../requests/index.ts'
import type { Utility } from '../model.ts'
import { changeMeter, closeSubscription, isSuspended, mayBeSuspended } from '../standing.ts'
import { aReading, changeOnce, readTold } from './subscription-in-hand.ts'

const stopping = z.object({
  /** For a time, or for good: then the subscription is closed. */
  stopKind: z.enum(['temporary', 'final']).default('temporary'),
  reading: aReading,
  sealNumber: z.string().optional(),
})

/**
 * `utilities.suspend-…`: the meter is read and closed, for a time or for good (`stopKind`).
 * @throws Conflict `already-suspended`
 */
export const suspend =
  (utility: Utility): Effect =>
  (tx, desk, { request, by }) =>
    changeOnce(tx, { desk, request, by, utility, event: 'suspended', act: 'suspend' }, async hand => {
      const { stopKind, ...facts } = readTold(stopping, hand.told)
      const { id, number } = hand.subscription
      if (stopKind === 'temporary' && (await isSuspended(tx, id)))
        throw new Conflict('already-suspended', { number })
      if (stopKind === 'final') await closeSubscription(tx, id, hand.today)
      return { stopKind, ...facts }
    })

const activation = z.object({
  reading: aReading,
  /** Where another meter was installed meanwhile. */
  meterNumber: z.string().min(1).optional(),
})

/**
 * `utilities.activate-…`: a subscription that was suspended, here or perhaps in the town's earlier program, runs again, with the meter it
 * had or a new one.
 * @throws Conflict `not-suspended`
 */
export const activate =
  (utility: Utility): Effect =>
  (tx, desk, { request, by }) =>
    changeOnce(tx, { desk, request, by, utility, event: 'reactivated', act: 'activate' }, async hand => {
      const { reading, meterNumber } = readTold(activation, hand.told)
      const { id, number, meterNumber: before } = hand.subscription
      if (!(await mayBeSuspended(tx, id))) throw new Conflict('not-suspended', { number })
      if (meterNumber !== undefined) await changeMeter(tx, id, meterNumber)
      return { reading, meterNumber: meterNumber ?? before, oldMeter: before }
    })
