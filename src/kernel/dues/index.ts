import { compare, type Money, sumByCurrency } from '../../lib/money.ts'
import type { DuesRule } from '../definition/model.ts'

export {
  type Allocatable,
  type Allocation,
  type AllocationOrder,
  allocate,
} from './allocate.ts'
export { type Clearance, type ClearanceOutcome, judgeClearance } from './clearance.ts'
export {
  evenInstalments,
  type Instalment,
  monthsLater,
  type PlanStanding,
  type PlanState,
  planFaults,
  planStanding,
  releases,
} from './plan.ts'

/** One outstanding due of a party, on one account. */
export type Due = {
  /** What is owed: electricity, water, waste, education tax … */
  dueKind: string
  amount: Money
  accountId: string
  overdueSince?: string
  /** 'imported' comes from a program the town had before, as of a day. */
  source: 'own' | 'imported'
  asOf?: string
  /** It is paid in instalments, and they are kept up: it is shown, and keeps nobody from anything. */
  planKept?: boolean
}

/** استثناء مع بقاء الذمة: who let the request pass, and why. The debt remains. */
export type DuesException = { by: string; reason: string }

export type DuesOutcome = 'clear' | 'show' | 'warn' | 'hold' | 'passed-by-exception'

export type DuesJudgement = {
  outcome: DuesOutcome
  /** All that is owed, one sum for each currency. */
  totals: Money[]
  /** What led to the outcome, one sum for each kind and currency. */
  because: { kind: string; amount: Money }[]
}

/** Whether dues could keep a request of this service from being filed at all; else they need not be asked for. */
export const mayHold = (rule: DuesRule): boolean => rule.rule === 'hold' && !rule.neverHeld

/**
 * What a party's dues mean for a request. Everything owed is always shown; the rule's kinds warn or hold. Only the town's own books
 * can hold: a balance imported from elsewhere may be out of date, so it warns; and what is paid in instalments that are kept up is only
 * shown. A service that may never be held is not, whatever else its rule says. Credits do not pay another account's debt here: that is the treasury's to transfer.
 */
export function applyDuesRule(
  rule: DuesRule,
  dues: readonly Due[],
  exceptions: readonly DuesException[] = [],
): DuesJudgement {
  const owed = dues.filter(due => due.amount.minor > 0)
  const totals = sumByCurrency(owed.map(due => due.amount))
  if (owed.length === 0) return { outcome: 'clear', totals, because: [] }
  const concerned = owed.filter(
    due => !due.planKept && (rule.kinds.length === 0 || rule.kinds.includes(due.dueKind)),
  )
  if (rule.rule === 'show' || concerned.length === 0)
    return { outcome: 'show', totals, because: byKind(owed) }
  const holding = mayHold(rule) ? aboveLimit(rule, concerned) : []
  if (holding.length === 0) return { outcome: 'warn', totals, because: byKind(concerned) }
  const passed = exceptions.some(({ by, reason }) => by.trim() !== '' && reason.trim() !== '')
  return { outcome: passed ? 'passed-by-exception' : 'hold', totals, because: byKind(holding) }
}

/** The dues of the town's own books in those currencies whose sum is over the limit; without a limit any sum is. */
function aboveLimit(rule: DuesRule, concerned: readonly Due[]): Due[] {
  const own = concerned.filter(due => due.source === 'own')
  const over = sumByCurrency(own.map(due => due.amount)).filter(sum => {
    const limit = rule.above.find(({ currency }) => currency === sum.currency)
    return limit === undefined || compare(sum, limit) > 0
  })
  return own.filter(due => over.some(sum => sum.currency === due.amount.currency))
}

function byKind(dues: readonly Due[]): { kind: string; amount: Money }[] {
  const kinds = [...new Set(dues.map(due => due.dueKind))]
  return kinds.flatMap(kind =>
    sumByCurrency(dues.filter(due => due.dueKind === kind).map(due => due.amount)).map(amount => ({
      kind,
      amount,
    })),
  )
}
