import { Conflict } from '../../../lib/errors.ts'
import { type Money, money } from '../../../lib/money.ts'
import type { PaidCharge, PartGivenBack } from '../../treasury/index.ts'

/**
 * As much of these parts as is asked for, in their order; all of them where no sum is.
 * @throws Conflict `return-too-much`
 */
export function upTo(whole: readonly PartGivenBack[], asked: Money | undefined): PartGivenBack[] {
  if (!asked || whole.length === 0) return [...whole]
  let rest = asked.minor
  const parts = whole.flatMap((part): PartGivenBack[] => {
    if (part.amount.currency !== asked.currency || rest === 0) return []
    const minor = Math.min(rest, part.amount.minor)
    rest -= minor
    return [{ ...part, amount: money(minor, asked.currency) }]
  })
  if (rest > 0) throw new Conflict('return-too-much')
  return parts
}

/**
 * What goes back of deposits after what the town keeps: that comes off the deposits of its currency in their order.
 * @throws Conflict `return-too-much`
 */
export function lessKept(deposits: readonly PaidCharge[], kept: Money | undefined): PartGivenBack[] {
  let rest = kept?.minor ?? 0
  const parts = deposits.map((of): PartGivenBack => {
    if (of.left.currency !== kept?.currency) return { of, amount: of.left }
    const keeps = Math.min(rest, of.left.minor)
    rest -= keeps
    const { currency } = of.left
    return { of, amount: money(of.left.minor - keeps, currency), kept: money(keeps, currency) }
  })
  if (rest > 0) throw new Conflict('return-too-much')
  return parts
}
