import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ils, jod, usd } from '../../../test/builders/treasury.ts'
import { Decimal } from '../../lib/decimal.ts'
import { type Currency, currencies, money, negate, sumByCurrency } from '../../lib/money.ts'
import type { Rate } from './model.ts'
import { cashDue, checkConversion, convertBy, receiptEntries, settleTender as settleAll } from './tender.ts'
import type { CashTender } from './till/model.ts'

function rates(of: Partial<Record<Currency, string>>): Map<Currency, Rate> {
  const entries = Object.entries(of) as [Currency, string][]
  return new Map(
    entries.map(([currency, rate]) => [
      currency,
      { currency, rate: Decimal.parse(rate) ?? Decimal.zero, setBy: 'treasurer', from: new Date(0) },
    ]),
  )
}
const today = rates({ JOD: '5.1', USD: '3.62' })
const cash = (received: ReturnType<typeof ils>[], change: ReturnType<typeof ils>[] = []) => ({
  kind: 'cash' as const,
  received,
  change,
})

/** What is kept of cash alone, by currency. */
const settleTender = (
  due: ReturnType<typeof ils>[],
  tender: CashTender,
  at: Map<Currency, Rate>,
): Partial<Record<Currency, number>> =>
  Object.fromEntries(
    settleAll(due, [tender], at, () => 'cash:A').map(({ amount }) => [amount.currency, amount.minor]),
  )

test('a fee of 50 dinars is 255 shekels at 5.1, and 50.90 dollars go over the shekel', () => {
  expect(convertBy(jod(50_000), 'ILS', today)).toEqual(ils(25_500))
  expect(convertBy(ils(25_500), 'JOD', today)).toEqual(jod(50_000))
  expect(convertBy(usd(4_200), 'JOD', today)).toEqual(jod(29_812))
})

test('a line whose two amounts differ, or that was shown at another rate, is refused', () => {
  const line = { chargeId: 'c', amount: jod(50_000), paid: ils(25_500) }
  expect(() => checkConversion({ ...line, rate: '5.1000' }, today)).not.toThrow()
  expect(() => checkConversion({ ...line, rate: '5.05' }, today)).toThrow('rate-changed')
  expect(() => checkConversion({ ...line, paid: ils(25_499) }, today)).toThrow('conversion-wrong')
  expect(() => checkConversion(line, rates({}))).toThrow('no-exchange-rate')
  expect(() => checkConversion({ ...line, amount: jod(0) }, today)).toThrow('receipt-line-not-positive')
})

test('too little money and wrong change are told apart', () => {
  expect(settleTender([ils(34_650)], cash([ils(35_000)], [ils(350)]), today)).toMatchObject({ ILS: 34_650 })
  expect(() => settleTender([ils(34_650)], cash([ils(34_000)]), today)).toThrow('tender-short')
  expect(() => settleTender([ils(34_650)], cash([ils(35_000)], [ils(300)]), today)).toThrow('change-wrong')
  expect(() => settleTender([ils(34_650)], cash([ils(35_000)], [ils(400)]), today)).toThrow('change-wrong')
  expect(() => settleTender([ils(100)], cash([ils(-100), ils(200)]), today)).toThrow('tender-negative')
})

test('dinars may pay a fee in shekels with the change in shekels, if both sides are worth the same', () => {
  expect(settleTender([ils(24_000)], cash([jod(50_000)], [ils(1_500)]), today)).toEqual({
    ILS: -1_500,
    JOD: 50_000,
  })
  expect(() => settleTender([ils(24_000)], cash([jod(50_000)], [ils(1_400)]), today)).toThrow('change-wrong')
  expect(() => settleTender([ils(26_000)], cash([jod(50_000)]), today)).toThrow('tender-short')
  expect(() => settleTender([ils(24_000)], cash([jod(50_000)], [ils(1_500)]), rates({}))).toThrow(
    'no-exchange-rate',
  )
})

test('what no coin can give is rounded, never by more than half a coin, and never instead of paying', () => {
  expect(cashDue([ils(25_553)])).toEqual([{ due: ils(25_550), rounding: ils(-3) }])
  const rounded = { ...cash([ils(25_550)]), rounding: [ils(-3)] }
  expect(settleTender([ils(25_553)], rounded, today).ILS).toBe(25_550)
  expect(() => settleTender([ils(25_553)], cash([ils(25_550)]), today)).toThrow('tender-short')
  expect(() => settleTender([ils(25_506)], { ...cash([ils(25_500)]), rounding: [ils(-6)] }, today)).toThrow(
    'rounding-too-large',
  )
  expect(() => settleTender([ils(4)], { ...cash([]), rounding: [ils(-4)] }, today)).toThrow(
    'rounding-too-large',
  )
})

test('whatever currencies are paid and taken, the lines of the voucher balance in each', () => {
  const figure = fc.integer({ min: 1, max: 5_000_000 })
  const amounts = fc.array(fc.tuple(fc.constantFrom(...currencies), figure), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(amounts, amounts, (settled, kept) => {
      const credits = settled.map(([currency, minor]) => ({
        ledger: 'receivable:fees' as const,
        amount: negate(money(minor, currency)),
      }))
      const lines = receiptEntries(
        kept.map(([currency, minor]) => ({ ledger: 'cash:A' as const, amount: money(minor, currency) })),
        [],
        credits,
      )
      expect(sumByCurrency(lines.map(line => line.amount)).every(sum => sum.minor === 0)).toBe(true)
    }),
  )
})
