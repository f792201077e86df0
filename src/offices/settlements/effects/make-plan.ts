import { z } from 'zod'
import { evenInstalments } from '../../../kernel/dues/index.ts'
import { dateIn } from '../../../lib/calendar.ts'
import { Conflict } from '../../../lib/errors.ts'
import { money } from '../../../lib/money.ts'
import type { Read } from '../../../platform/database/transaction.ts'
import type { Effect } from '../../requests/index.ts'
import { decidePlan, plansOf, proposePlan } from '../../treasury/index.ts'
import {
  asRefusal,
  causeOf,
  decisionOf,
  handsOn,
  ownDues,
  peopleOf,
  readFacts,
  requestNamed,
} from './told.ts'

const facts = z.object({
  /** A kind of due, or `all`. */
  dueKind: z.string().default('all'),
  /** Only the fees of this request. */
  feesRequest: z.string().optional(),
  instalments: z.number().int(),
  firstInstalment: z.iso.date(),
  decisionNumber: z.string().optional(),
})

/**
 * `treasury.make-plan`: what is owed of `dueKind`, or of `feesRequest` alone, is paid in `instalments` even parts, a month apart from
 * `firstInstalment` on; one plan for each currency. It is proposed by whoever filled in the instalments and agreed by whoever decided.
 * @throws Conflict `request-number-wrong`, `nothing-owed`, `not-decided`, `own-proposal`, `charge-in-plan`, `plan-too-short`
 */
export const makePlan: Effect = async (tx, desk, { request, service, by }) => {
  const told = readFacts(facts, request)
  const { concerned } = await peopleOf(tx, request)
  const today = dateIn(tx.now, desk.town.timeZone)
  const note = causeOf(request, service)
  for (const personId of concerned)
    if ((await plansOf(tx, personId, today)).some(plan => plan.note === note)) return
  const only = told.feesRequest ? await requestNamed(tx, told.feesRequest) : undefined
  const owed = await owedOf(tx, concerned, today, { dueKind: told.dueKind, requestId: only })
  if (owed.length === 0) throw new Conflict('nothing-owed')
  const { proposer, decider } = await handsOn(tx, request, service, 'instalments')
  const first = [told.firstInstalment, today].sort().at(-1) ?? today
  for (const { personId, currency, minor, chargeIds } of owed) {
    const instalments = evenInstalments(money(minor, currency), told.instalments, first)
    const planId = await asRefusal(
      proposePlan(tx, {
        personId,
        chargeIds,
        instalments,
        note,
        today,
        by: { kind: 'staff', id: proposer ?? by },
      }),
    )
    await asRefusal(
      decidePlan(tx, desk.house.events, {
        planId,
        accept: true,
        today,
        decision: decisionOf(request, told.decisionNumber),
        by: { kind: 'staff', id: decider },
      }),
    )
  }
}

type Owed = { personId: string; currency: 'ILS' | 'JOD' | 'USD'; minor: number; chargeIds: string[] }

/** What these people owe themselves and is in no plan that stands, one sum for each of them and each currency. */
async function owedOf(
  tx: Read,
  personIds: readonly string[],
  today: string,
  of: { dueKind: string; requestId: string | undefined },
): Promise<Owed[]> {
  const sums = new Map<string, Owed>()
  const seen = new Set<string>()
  for (const personId of personIds) {
    for (const due of await ownDues(tx, personId, today)) {
      const isOfKind = [due.dueKind, due.accountKind, 'all'].includes(of.dueKind)
      const isMeant = of.requestId === undefined ? isOfKind : due.requestId === of.requestId
      if (!isMeant || due.planKept || seen.has(due.chargeId)) continue
      seen.add(due.chargeId)
      const { currency, minor } = due.open
      const key = `${due.debtorId} ${currency}`
      const sum = sums.get(key) ?? { personId: due.debtorId, currency, minor: 0, chargeIds: [] }
      sum.minor += minor
      sum.chargeIds.push(due.chargeId)
      sums.set(key, sum)
    }
  }
  return [...sums.values()]
}
