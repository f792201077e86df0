import { z } from 'zod'
import { Conflict } from '../../../lib/errors.ts'
import type { Effect } from '../../requests/index.ts'
import type { Utility } from '../model.ts'
import { changeMeter } from '../standing.ts'
import { changeBilling } from '../store.ts'
import { aReading, changeOnce, readTold } from './subscription-in-hand.ts'

const replacement = z.object({
  lastReading: aReading,
  meterNumber: z.string().min(1),
  initialReading: aReading,
  /** Where the new meter is paid for another way. */
  meterKind: z.enum(['billed', 'prepaid']).optional(),
})

/**
 * `utilities.replace-…-meter`: another meter stands in the place of the old one, whose last reading is kept for the bill.
 * @throws Conflict `same-meter`
 */
export const replaceMeter =
  (utility: Utility): Effect =>
  (tx, desk, { request, by }) =>
    changeOnce(
      tx,
      { desk, request, by, utility, event: 'meter-replaced', act: 'replace-meter' },
      async hand => {
        const facts = readTold(replacement, hand.told)
        const { id, meterNumber: oldMeter, billing } = hand.subscription
        if (oldMeter === facts.meterNumber.trim()) throw new Conflict('same-meter', { number: oldMeter })
        await changeBilling(tx, id, facts.meterKind ?? billing, facts.meterNumber.trim())
        return { ...facts, oldMeter }
      },
    )

const moving = z.object({ reading: aReading, newSpot: z.string().min(1) })

/** `utilities.move-…-meter`: the meter stands elsewhere on the same site (`newSpot`); number and account stay. */
export const moveMeter =
  (utility: Utility): Effect =>
  (tx, desk, { request, by }) =>
    changeOnce(tx, { desk, request, by, utility, event: 'meter-moved', act: 'move-meter' }, async hand =>
      readTold(moving, hand.told),
    )

const test = z.object({
  /** right: within the limits; else what was wrong with it. */
  testResult: z.enum(['right', 'fast', 'slow', 'stopped']),
  /** By how many per cent it is off. */
  errorPercent: aReading.optional(),
  reading: aReading,
  /** The meter put in the place of one that is wrong. */
  meterNumber: z.string().min(1).optional(),
  initialReading: aReading.optional(),
})

/** `utilities.record-…-meter-test`: what a test of the meter found, and the meter put in its place where it was wrong. */
export const recordMeterTest =
  (utility: Utility): Effect =>
  (tx, desk, { request, by }) =>
    changeOnce(tx, { desk, request, by, utility, event: 'meter-tested', act: 'test-meter' }, async hand => {
      const facts = readTold(test, hand.told)
      const { id, meterNumber: testedMeter } = hand.subscription
      if (facts.meterNumber !== undefined) await changeMeter(tx, id, facts.meterNumber.trim())
      return { ...facts, testedMeter }
    })
