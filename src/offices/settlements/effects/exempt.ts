import { z } from 'zod'
import { dateIn } from '../../../lib/calendar.ts'
import { Conflict } from '../../../lib/errors.ts'
import type { Effect } from '../../requests/index.ts'
import { applyExemption, grantExemption, listExemptions } from '../../treasury/index.ts'
import { asRefusal, causeOf, decisionOf, handsOn, ownDues, peopleOf, readFacts } from './told.ts'

const facts = z.object({
  /** A kind of due, or `all`. */
  dueKind: z.string().default('all'),
  reliefPercent: z.number().int(),
  /** Until when it holds for what falls due later too; what is owed today alone where it is not said. */
  reliefUntil: z.iso.date().optional(),
  decisionNumber: z.string().optional(),
})

/**
 * `treasury.exempt`: a decision lets whoever's affair it is off `reliefPercent` of what they owe of `dueKind`, and of what falls due until
 * `reliefUntil`.
 * @throws Conflict `nothing-owed` where the decision holds for today alone and nothing is open, `not-decided`, `charge-in-plan`, `percent-wrong`
 */
export const exempt: Effect = async (tx, desk, { request, service }) => {
  const told = readFacts(facts, request)
  const { beneficiary } = await peopleOf(tx, request)
  const today = dateIn(tx.now, desk.town.timeZone)
  const reason = causeOf(request, service)
  if ((await listExemptions(tx, { personId: beneficiary })).some(each => each.reason === reason)) return
  const until = told.reliefUntil !== undefined && told.reliefUntil > today ? told.reliefUntil : today
  const dueKind = told.dueKind === 'all' ? undefined : told.dueKind
  const owed = (await ownDues(tx, beneficiary, today)).filter(
    due => dueKind === undefined || due.dueKind === dueKind,
  )
  if (owed.length === 0 && until === today) throw new Conflict('nothing-owed')
  // A plan comes to exactly what was owed: it is ended before a part of it is let off.
  if (owed.some(due => due.planKept)) throw new Conflict('charge-in-plan')
  const { decider } = await handsOn(tx, request, service, 'reliefPercent')
  const decision = decisionOf(request, told.decisionNumber)
  const actor = { kind: 'staff', id: decider }
  const exemptionId = await asRefusal(
    grantExemption(tx, {
      dueKind,
      personId: beneficiary,
      accountId: undefined,
      relieved: { percent: told.reliefPercent },
      decision,
      reason,
      from: today,
      until,
      by: actor,
    }),
  )
  for (const { chargeId } of owed)
    await applyExemption(tx, desk.house.events, {
      exemptionId,
      chargeId,
      timeZone: desk.town.timeZone,
      by: actor,
    })
}
