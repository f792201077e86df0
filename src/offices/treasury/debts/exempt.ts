import { type Money, money, subtract } from '../../../lib/money.ts'

/** What a decision lets somebody off: a share of each charge, or a sum of it. */
export type Relieved = { percent: number } | { amount: Money }

/** How much of a charge a decision lets off: its share rounded half up, or its sum, and never more than the charge. */
export function exemptOf(charge: Money, decision: Relieved): Money {
  if ('amount' in decision) {
    if (decision.amount.currency !== charge.currency) return money(0, charge.currency)
    return money(Math.min(decision.amount.minor, charge.minor), charge.currency)
  }
  const share = (BigInt(charge.minor) * BigInt(decision.percent) * 2n + 100n) / 200n
  return money(Math.min(Number(share), charge.minor), charge.currency)
}

/** Of several decisions the one that lets off most holds; they are not added. */
export function bestExemption<Decision extends { relieved: Relieved }>(
  charge: Money,
  decisions: readonly Decision[],
): { decision: Decision; off: Money } | undefined {
  let best: { decision: Decision; off: Money } | undefined
  for (const decision of decisions) {
    const off = exemptOf(charge, decision.relieved)
    if (off.minor > (best?.off.minor ?? 0)) best = { decision, off }
  }
  return best
}

/** How the reasons of a charge name the decision that made it smaller. */
export type ToldExemption = { decision: string; reason: string; percent?: number; full: Money; off: Money }

/** What is left of a charge after the decision that lets off most, and how that is told; nothing where none holds. */
export function relieve<Decision extends { relieved: Relieved; decision: string; reason: string }>(
  full: Money,
  decisions: readonly Decision[],
): { best: Decision; rest: Money; off: Money; told: ToldExemption } | undefined {
  const best = bestExemption(full, decisions)
  if (!best) return undefined
  const { decision, off } = best
  const { relieved, reason } = decision
  const percent = 'percent' in relieved ? { percent: relieved.percent } : {}
  const told = { decision: decision.decision, reason, ...percent, full, off }
  return { best: decision, rest: subtract(full, off), off, told }
}
