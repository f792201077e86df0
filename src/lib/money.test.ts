import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Decimal } from './decimal.ts'
import {
  add,
  type Currency,
  compare,
  convert,
  currencies,
  formatMoney,
  type Money,
  money,
  multiply,
  negate,
  parseAmount,
  subtract,
  sumByCurrency,
  toDecimal,
  zero,
} from './money.ts'

const amounts: fc.Arbitrary<Money> = fc
  .tuple(fc.integer({ min: -1e12, max: 1e12 }), fc.constantFrom<Currency>(...currencies))
  .map(([minor, currency]) => money(minor, currency))

test('money is written as people read it', () => {
  expect(formatMoney(money(171110, 'ILS'), 'ar')).toBe('1,711.10 شيكل')
  expect(formatMoney(money(50000, 'JOD'), 'ar')).toBe('50.000 دينار')
  expect(formatMoney(money(4200, 'USD'), 'ar')).toBe('42.00 دولار')
  expect(formatMoney(money(-123456789, 'JOD'), 'en')).toBe('-123,456.789 dinars')
  expect(toDecimal(money(170000, 'JOD'))).toBe('170.000')
  expect(toDecimal(money(5, 'ILS'))).toBe('0.05')
})

test('two currencies are never added', () => {
  expect(() => add(money(1, 'ILS'), money(1, 'JOD'))).toThrow(TypeError)
  expect(() => compare(money(1, 'ILS'), money(1, 'JOD'))).toThrow(TypeError)
  expect(sumByCurrency([money(2, 'USD'), money(1, 'ILS'), money(3, 'ILS')])).toEqual([
    money(4, 'ILS'),
    money(2, 'USD'),
  ])
})

test('only whole numbers of minor units are money', () => {
  for (const minor of [0.5, Number.NaN, 2 ** 53]) expect(() => money(minor, 'ILS')).toThrow(RangeError)
})

test('what is written is read back', () => {
  fc.assert(
    fc.property(amounts, amount => {
      fc.pre(amount.minor >= 0)
      const figures = formatMoney(amount, 'ar').split(' ')[0] ?? ''
      expect(parseAmount(figures, amount.currency)).toEqual({ ok: true, value: amount })
    }),
  )
})

test('amounts are read in the digits and separators people type', () => {
  const read = (text: string) => parseAmount(text, 'JOD')
  for (const text of ['170', '170.000', '١٧٠', '۱۷۰٫۰۰۰', ' 170.0000 ']) {
    expect(read(text)).toEqual({ ok: true, value: money(170000, 'JOD') })
  }
  expect(read('١٬٧١١٫١')).toEqual({ ok: true, value: money(1711100, 'JOD') })
  expect(read('.5')).toEqual({ ok: true, value: money(500, 'JOD') })
})

test('what is no amount is refused with its reason', () => {
  const code = (text: string) => {
    const result = parseAmount(text, 'ILS')
    return result.ok ? 'ok' : result.code
  }
  expect(['', '-5', '5 شيكل', '1,5', '12.345', '.', '9'.repeat(20), '1e5'].map(code)).toEqual([
    'amount-missing',
    'amount-negative',
    'amount-malformed',
    'amount-malformed',
    'amount-too-precise',
    'amount-malformed',
    'amount-too-large',
    'amount-malformed',
  ])
})

test('sums undo differences', () => {
  fc.assert(
    fc.property(amounts, fc.integer({ min: -1e12, max: 1e12 }), (a, minor) => {
      const b = money(minor, a.currency)
      expect(subtract(add(a, b), b)).toEqual(a)
      expect(add(a, negate(a))).toEqual(zero(a.currency))
    }),
  )
})

test('a converted amount is rounded half up to the minor unit', () => {
  const rate = { from: 'JOD', to: 'ILS', rate: new Decimal(503n, 2) } as const
  expect(convert(money(170000, 'JOD'), rate)).toEqual(money(85510, 'ILS'))
  expect(convert(money(1, 'JOD'), rate)).toEqual(money(1, 'ILS'))
  expect(convert(money(100, 'ILS'), { from: 'ILS', to: 'JOD', rate: new Decimal(2n, 1) })).toEqual(
    money(200, 'JOD'),
  )
  expect(() => convert(money(1, 'USD'), rate)).toThrow(TypeError)
  expect(multiply(money(5, 'ILS'), new Decimal(5n, 1))).toEqual(money(3, 'ILS'))
  expect(multiply(money(-5, 'ILS'), new Decimal(5n, 1))).toEqual(money(-3, 'ILS'))
})
