import { sql } from 'kysely'
import { z } from 'zod'
import { Conflict } from '../../../lib/errors.ts'
import type { Write } from '../../../platform/database/transaction.ts'
import type { Effect } from '../../requests/index.ts'
import { changeMeter } from '../standing.ts'
import { aReading, changeOnce, readTold } from './subscription-in-hand.ts'

const amperes = z.number().int().positive()

const raising = z.object({
  amperes,
  sealNumber: z.string().optional(),
  /** Where a larger meter was needed. */
  meterNumber: z.string().min(1).optional(),
  lastReading: aReading.optional(),
  initialReading: aReading.optional(),
})

/** `utilities.raise-amperes`: another breaker, and another meter where one was needed. */
export const raiseAmperes: Effect = (tx, desk, { request, by }) =>
  changeOnce(
    tx,
    { desk, request, by, utility: 'electricity', event: 'amperes-changed', act: 'raise-amperes' },
    async hand => {
      const facts = readTold(raising, hand.told)
      const { id, amperes: oldAmperes, phases, meterNumber: oldMeter } = hand.subscription
      await setPower(tx, id, { amperes: facts.amperes, phases: phases ?? 1 })
      if (facts.meterNumber === undefined) return { ...facts, oldAmperes }
      await changeMeter(tx, id, facts.meterNumber.trim())
      return { ...facts, oldAmperes, oldMeter }
    },
  )

const newMeter = z.object({ lastReading: aReading, meterNumber: z.string().min(1), initialReading: aReading })

/**
 * `utilities.to-three-phase`: a single-phase connection goes to three phases, with a meter of its own.
 * @throws Conflict `already-three-phase`
 */
export const toThreePhase: Effect = (tx, desk, { request, by }) =>
  changeOnce(
    tx,
    { desk, request, by, utility: 'electricity', event: 'phases-changed', act: 'to-three-phase' },
    async hand => {
      const facts = readTold(
        newMeter.extend({ amperes, sealNumber: z.string().optional(), creditLeft: z.unknown().optional() }),
        hand.told,
      )
      const { id, number, amperes: oldAmperes, phases, meterNumber: oldMeter } = hand.subscription
      if (phases === 3) throw new Conflict('already-three-phase', { number })
      await setPower(tx, id, { amperes: facts.amperes, phases: 3 })
      await changeMeter(tx, id, facts.meterNumber.trim())
      return { ...facts, phases: 3, oldPhases: phases, oldAmperes, oldMeter }
    },
  )

const linking = newMeter.extend({
  /** Kilowatts the office allowed. */
  approvedKw: z.coerce.number().positive().max(99_999),
  purpose: z.string().optional(),
})

/** `utilities.link-solar`: a solar system feeds into the connection, behind a meter that counts both ways. */
export const linkSolar: Effect = (tx, desk, { request, by }) =>
  changeOnce(
    tx,
    { desk, request, by, utility: 'electricity', event: 'solar-linked', act: 'link-solar' },
    async hand => {
      const facts = readTold(linking, hand.told)
      const { id, meterNumber: oldMeter } = hand.subscription
      await sql`update subscription set solar_kw = ${facts.approvedKw}, meter_number = ${facts.meterNumber.trim()}
                 where municipality_id = ${tx.town} and subscription_id = ${id}`.execute(tx.q)
      return { ...facts, oldMeter }
    },
  )

/**
 * `utilities.install-prepaid`: the billed meter is replaced by one that is charged before use; its last reading is kept for a last bill.
 * @throws Conflict `already-prepaid`
 */
export const installPrepaid: Effect = (tx, desk, { request, by }) =>
  changeOnce(
    tx,
    { desk, request, by, utility: 'electricity', event: 'converted-to-prepaid', act: 'install-prepaid' },
    async hand => {
      const facts = readTold(newMeter.extend({ newSpot: z.string().optional() }), hand.told)
      const { id, number, billing, meterNumber: oldMeter } = hand.subscription
      if (billing === 'prepaid') throw new Conflict('already-prepaid', { number })
      await sql`update subscription set billing = 'prepaid', meter_number = ${facts.meterNumber.trim()}
                 where municipality_id = ${tx.town} and subscription_id = ${id}`.execute(tx.q)
      return { ...facts, oldMeter }
    },
  )

const setPower = (tx: Write, id: string, { amperes, phases }: { amperes: number; phases: number }) =>
  sql`update subscription set amperes = ${amperes}, phases = ${phases}
       where municipality_id = ${tx.town} and subscription_id = ${id}`.execute(tx.q)
