import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Currency, type Money, money, sumByCurrency } from '../../../lib/money.ts'
import type { PaidCharge, PartGivenBack } from '../../treasury/index.ts'
import { lessKept, upTo } from './shares.ts'

const aCurrency = fc.constantFrom<Currency>('ILS', 'JOD')
const aSum = fc.record({ minor: fc.integer({ min: 1, max: 100_000 }), currency: aCurrency })
const charge = (left: Money, at: number): PaidCharge => ({
  chargeId: `c${at}`,
  requestId: undefined,
  feeId: undefined,
  accountId: 'a',
  accountKind: 'water',
  debtorId: 'p',
  dueKind: 'water-deposit',
  refundable: true,
  left,
})
const someCharges = fc.array(aSum, { maxLength: 6 }).map(sums => sums.map(charge))
const sumOf = (amounts: readonly Money[], currency: Currency): number =>
  sumByCurrency(amounts).find(sum => sum.currency === currency)?.minor ?? 0
const lefts = (charges: readonly PaidCharge[]) => charges.map(each => each.left)
const amounts = (parts: readonly PartGivenBack[]) => parts.map(part => part.amount)

describe('what is given back', () => {
  test('is exactly what was asked for, never more than is left of any part, or is refused', () => {
    fc.assert(
      fc.property(someCharges, aSum, (charges, asked) => {
        const whole = charges.map(of => ({ of, amount: of.left }))
        const there = sumOf(lefts(charges), asked.currency)
        if (charges.length > 0 && asked.minor > there) {
          expect(() => upTo(whole, asked)).toThrow('return-too-much')
          return
        }
        const parts = upTo(whole, asked)
        expect(sumOf(amounts(parts), asked.currency)).toBe(charges.length > 0 ? asked.minor : 0)
        for (const part of parts)
          expect(part.amount.minor).toBeLessThanOrEqual('of' in part ? part.of.left.minor : 0)
      }),
    )
    expect(upTo([], money(5, 'ILS'))).toEqual([])
  })

  test('and what is kept of deposits are together all that was paid', () => {
    fc.assert(
      fc.property(someCharges, aSum, (charges, kept) => {
        const there = sumOf(lefts(charges), kept.currency)
        if (kept.minor > there) {
          expect(() => lessKept(charges, kept)).toThrow('return-too-much')
          return
        }
        const parts = lessKept(charges, kept)
        const keeps = parts.flatMap(part => ('of' in part && part.kept ? [part.kept] : []))
        expect(sumOf(keeps, kept.currency)).toBe(kept.minor)
        for (const currency of ['ILS', 'JOD'] as const)
          expect(sumOf([...amounts(parts), ...keeps], currency)).toBe(sumOf(lefts(charges), currency))
      }),
    )
  })
})
