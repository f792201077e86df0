import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Decimal } from '../../../lib/decimal.ts'
import { type Currency, money, toDecimal } from '../../../lib/money.ts'
import type { Rate } from '../../treasury/index.ts'
import { cashDue } from '../../treasury/index.ts'
import { settleTender } from '../../treasury/tender.ts'
import { type Asked, readHanded } from './handed.ts'

const rate = (currency: Currency, of: string): [Currency, Rate] => [
  currency,
  { currency, rate: Decimal.parse(of) ?? Decimal.zero, from: new Date(0), setBy: 'treasurer' },
]
const exchange = new Map([rate('JOD', '5.1'), rate('USD', '3.62')])
const asked = (minor: number): Asked => {
  const sum = money(minor, 'ILS')
  const [coins] = cashDue([sum])
  return { sum, due: coins?.due ?? sum, rounding: coins?.rounding ?? money(0, 'ILS'), exchange }
}
const says =
  (typed: Record<string, string>) =>
  (name: string): string =>
    typed[name] ?? ''

test('plain cash is one box: left as it came it is the sum, and more gives change', () => {
  expect(readHanded(says({}), asked(25_553)).handed).toEqual({
    tenders: [{ kind: 'cash', received: [money(25_550, 'ILS')], change: [], rounding: [money(-3, 'ILS')] }],
    change: money(0, 'ILS'),
  })
  const { handed } = readHanded(says({ received: '300' }), asked(25_500))
  expect(handed?.change).toEqual(money(4_500, 'ILS'))
  expect(readHanded(says({ received: '200' }), asked(25_500)).fault).toEqual({
    field: 'received',
    code: 'amount-too-small',
  })
})

test('beside a card the cash is what is left, and a card for all leaves none', () => {
  const card = { 'card-amount': '155', 'card-last4': '4242', 'card-slip': '17' }
  const { handed } = readHanded(says({ ...card, received: '255.00' }), asked(25_500))
  expect(handed?.tenders).toEqual([
    { kind: 'card', amount: money(15_500, 'ILS'), last4: '4242', slip: '17' },
    { kind: 'cash', received: [money(10_000, 'ILS')], change: [], rounding: [] },
  ])
  const whole = readHanded(says({ ...card, 'card-amount': '255', received: '255.00' }), asked(25_500))
  expect(whole.handed?.tenders).toHaveLength(1)
  expect(readHanded(says({ ...card, 'card-amount': '256' }), asked(25_500)).fault?.code).toBe('more-than-due')
})

test('fifty dinars for 240 shekels give 15 shekels back', () => {
  const { handed } = readHanded(says({ 'notes-JOD': '50', received: '240.00' }), asked(24_000))
  expect(handed?.tenders).toEqual([
    { kind: 'cash', received: [money(50_000, 'JOD')], change: [money(1_500, 'ILS')], rounding: [] },
  ])
})

test('whatever is handed over, what was read is what the treasury takes', () => {
  const sum = fc.integer({ min: 10, max: 2_000_000 })
  fc.assert(
    fc.property(
      sum,
      fc.integer({ min: 0, max: 100 }),
      fc.nat(200),
      fc.nat(300_000),
      (minor, percent, dinars, over) => {
        const part = money(Math.floor((minor * percent) / 100), 'ILS')
        const typed = {
          ...(part.minor > 0 && { 'wallet-amount': toDecimal(part), 'wallet-reference': '1' }),
          ...(dinars > 0 && { 'notes-JOD': String(dinars) }),
          ...(over > 0 && { received: toDecimal(money(minor + over, 'ILS')) }),
        }
        const question = asked(minor)
        const { handed } = readHanded(says(typed), question)
        if (!handed) return
        const kept = settleTender([question.sum], handed.tenders, exchange, tender => `cash:${tender.kind}`)
        expect(kept.length).toBeGreaterThan(0)
      },
    ),
    { numRuns: 500 },
  )
})
