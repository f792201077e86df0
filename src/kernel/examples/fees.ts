import { type Money, toDecimal } from '../../lib/money.ts'
import type { FeePoint, RuleValues } from '../definition/index.ts'
import type { Watched } from './coverage.ts'

type Raised = { point: FeePoint; amount: Money; paid: boolean; cancelled: boolean }

/** What a case owes: a ledger of one request, by the rules the real one keeps to. */
export class FeeBook {
  private readonly watched: Watched
  private readonly raised = new Map<string, Raised>()

  constructor(watched: Watched) {
    this.watched = watched
  }

  /** Raised and not paid, or not raised yet and more than nothing, as far as that is known. */
  isDue(point: FeePoint, values: RuleValues): boolean {
    const standing = [...this.raised.values()].filter(each => each.point === point && !each.cancelled)
    if (standing.length > 0) return standing.some(({ paid }) => !paid)
    return this.watched.service.fees.some(
      fee =>
        fee.at === point && fee.applies(values) && (!fee.isKnown(values) || fee.amount(values).minor > 0),
    )
  }

  raise(point: FeePoint, values: RuleValues): void {
    for (const each of this.watched.service.fees.filter(({ at }) => at === point)) {
      const fee = this.watched.raising(each)
      if (!fee.applies(values)) continue
      const amount = fee.amount(values)
      const before = this.raised.get(fee.id)
      if (amount.minor <= 0 || (before && !before.cancelled)) continue
      this.raised.set(fee.id, { point, amount, paid: false, cancelled: false })
    }
  }

  settle(point: FeePoint): void {
    for (const each of this.raised.values()) if (each.point === point && !each.cancelled) each.paid = true
  }

  cancel(point: FeePoint): void {
    for (const each of this.raised.values()) if (each.point === point && !each.paid) each.cancelled = true
  }

  /** Asks the conditions of fees whose time came and found nothing to raise: they were passed by. */
  passBy(values: RuleValues): void {
    const points = new Set([...this.raised.values()].map(({ point }) => point))
    for (const fee of this.watched.service.fees) {
      if (points.has(fee.at)) continue
      const watched = this.watched.raising(fee)
      if (watched.applies(values) && fee.isKnown(values)) watched.amount(values)
    }
  }

  /** Everything that was raised, as examples write it. */
  written(): Record<string, string> {
    return Object.fromEntries([...this.raised].map(([id, { amount }]) => [id, writeMoney(amount)]))
  }
}

/** '10 ILS', '12.500 JOD'. */
export const writeMoney = (amount: Money): string =>
  `${toDecimal(amount).replace(/\.0+$/, '')} ${amount.currency}`
