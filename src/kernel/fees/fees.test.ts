import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '../../lib/calendar.ts'
import { Decimal } from '../../lib/decimal.ts'
import { money, zero } from '../../lib/money.ts'
import { booleanType, FeelError, numberType } from '../feel/index.ts'
import { assessFee, compileFee, type FeeDefinition, type Tariff, tariffOn, tariffsOn } from './index.ts'

const scope = {
  answers: { 'مساحة البناء': numberType, corner: booleanType },
  tariffs: { 'رخصة-بناء': 'JOD', deposit: 'JOD', water: 'ILS' },
} as const
const fee: FeeDefinition = {
  id: 'licence',
  name: { ar: 'رسم رخصة البناء', en: 'Building licence fee' },
  at: 'after-decision',
  currency: 'JOD',
  amount: 'tariff.رخصة-بناء * مساحة البناء + (if corner then tariff.deposit else money(0, "JOD"))',
  when: 'مساحة البناء > 20',
  dueKind: 'licence',
}
const row = (key: string, validFrom: string, minor: number, validTo?: string): Tariff => ({
  key,
  validFrom,
  amount: money(minor, 'JOD'),
  confirmed: true,
  ...(validTo === undefined ? {} : { validTo }),
})
const tariffs = [row('رخصة-بناء', '2020-01-01', 1000, '2025-12-31'), row('رخصة-بناء', '2026-01-01', 1250)]
const compiled = compileFee(fee, scope, { 'مساحة البناء': { ar: 'مساحة البناء بالمتر', en: 'Floor area' } })
const assess = (area: number | null, date: string, corner = false) =>
  assessFee(compiled, {
    answers: { 'مساحة البناء': area === null ? null : Decimal.of(area), corner },
    tariffs,
    date,
  })

test('a fee is the amount of its day, with the reasons for it', () => {
  expect(assess(250, '2026-11-09')).toEqual({
    ok: true,
    due: true,
    amount: money(312500, 'JOD'),
    reasons: [
      {
        name: 'مساحة البناء',
        label: { ar: 'مساحة البناء بالمتر', en: 'Floor area' },
        value: Decimal.of(250),
      },
      {
        name: 'tariff.رخصة-بناء',
        label: { ar: 'رخصة-بناء', en: 'رخصة-بناء' },
        value: money(1250, 'JOD'),
      },
      { name: 'corner', label: { ar: 'corner', en: 'corner' }, value: false },
    ],
    tariffUsed: [tariffs[1]],
  })
  expect(assess(250, '2025-12-31')).toMatchObject({ amount: money(250000, 'JOD'), tariffUsed: [tariffs[0]] })
})

test('where the condition does not hold, nothing is due and no tariff is asked for', () => {
  expect(assess(20, '1999-01-01')).toMatchObject({
    ok: true,
    due: false,
    amount: zero('JOD'),
    tariffUsed: [],
  })
})

test('a tariff that was not set on the day is said by its key, only where it is needed', () => {
  expect(assess(250, '2019-12-31')).toEqual({
    ok: false,
    code: 'no-tariff-for-date',
    key: 'رخصة-بناء',
    date: '2019-12-31',
  })
  expect(assess(250, '2026-11-09', true)).toMatchObject({ code: 'no-tariff-for-date', key: 'deposit' })
})

test('what is not known yet is named, and a rule below zero is refused', () => {
  const always = compileFee({ ...fee, amount: 'money(5, "JOD") * مساحة البناء', when: 'true' }, scope)
  const without = { answers: {}, tariffs, date: '2026-11-09' }
  expect(assessFee(always, without)).toEqual({ ok: false, code: 'not-known', missing: ['مساحة البناء'] })
  const negative = { ...without, answers: { 'مساحة البناء': Decimal.of(-1) } }
  expect(assessFee(always, negative)).toMatchObject({ ok: false, code: 'negative-amount' })
  const wrong = { ...without, answers: { 'مساحة البناء': 'كبير' } }
  expect(assessFee(always, wrong)).toMatchObject({ ok: false, code: 'rule-failed' })
})

test('a fee in another currency, a condition that is none, an unknown tariff do not compile', () => {
  for (const wrong of [
    { amount: 'tariff.water' },
    { amount: '12' },
    { amount: 'null' },
    { amount: 'tariff.unknown' },
    { when: 'مساحة البناء' },
  ]) {
    expect(() => compileFee({ ...fee, ...wrong }, scope)).toThrow(FeelError)
  }
})

const days = fc.integer({ min: 0, max: 3_000 }).map(day => addDays('2020-01-01', day))
const series = fc.array(
  fc
    .tuple(days, fc.option(fc.integer({ min: 0, max: 900 }), { nil: undefined }), fc.nat({ max: 99_999 }))
    .map(([from, length, minor]) =>
      row('k', from, minor, length === undefined ? undefined : addDays(from, length)),
    ),
  { maxLength: 8 },
)

test('the row of a day is in force on it, and none in force began later', () => {
  fc.assert(
    fc.property(series, days, (rows, day) => {
      const inForce = rows.filter(each => each.validFrom <= day && (each.validTo ?? '9999') >= day)
      const found = tariffOn(rows, day)
      if (found === 'no-tariff') {
        expect(inForce).toEqual([])
        return
      }
      expect(inForce).toContain(found)
      expect(tariffsOn(rows, day).get('k')).toBe(found)
      expect(inForce.every(each => each.validFrom <= found.validFrom)).toBe(true)
    }),
  )
})

test('a later row never changes what was due before it', () => {
  fc.assert(
    fc.property(series, days, days, fc.nat({ max: 99_999 }), (rows, day, from, minor) => {
      fc.pre(day < from)
      expect(tariffOn([...rows, row('k', from, minor)], day)).toBe(tariffOn(rows, day))
    }),
  )
})

test('the fee grows with what it is taken on, to the fils', () => {
  fc.assert(
    fc.property(fc.integer({ min: 21, max: 1e6 }), fc.integer({ min: 21, max: 1e6 }), (a, b) => {
      const [first, second] = [assess(a, '2026-06-01'), assess(b, '2026-06-01')]
      if (!first.ok || !second.ok) throw new Error('assessed')
      expect(first.amount.minor).toBe(a * 1250)
      expect(Math.sign(first.amount.minor - second.amount.minor)).toBe(Math.sign(a - b))
    }),
  )
})
