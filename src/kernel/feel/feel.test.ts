import { expect, test } from 'vitest'
import { Decimal } from '../../lib/decimal.ts'
import { money } from '../../lib/money.ts'
import {
  booleanType,
  compileFeel,
  contextType,
  dateType,
  explain,
  FeelFailure,
  type FeelValue,
  listType,
  moneyType,
  numberType,
  textType,
} from './index.ts'

const room = contextType({ 'مساحة الغرفة': numberType, use: textType, price: moneyType('JOD') })
const scope = {
  'مساحة البناء': numberType,
  'طابق 1': numberType,
  a: numberType,
  b: numberType,
  yes: booleanType,
  no: booleanType,
  unknown: booleanType,
  name: textType,
  today: dateType,
  born: dateType,
  rooms: listType(room),
  scores: listType(numberType),
  deposit: moneyType('JOD'),
  tariff: contextType({ 'رخصة-بناء': moneyType('JOD'), water: moneyType('ILS') }),
}
const values = {
  'مساحة البناء': Decimal.of(250),
  'طابق 1': Decimal.of(120),
  a: Decimal.of(3),
  yes: true,
  no: false,
  name: 'محمد "أبو خالد"',
  today: '2026-11-09',
  born: '1990-03-01',
  rooms: [
    { 'مساحة الغرفة': Decimal.of(20), use: 'shop', price: money(1500, 'JOD') },
    { 'مساحة الغرفة': Decimal.of(30), use: 'store', price: money(2500, 'JOD') },
  ],
  scores: [Decimal.of(4), Decimal.of(9), Decimal.of(2)],
  tariff: { 'رخصة-بناء': money(1250, 'JOD'), water: money(500, 'ILS') },
}

/** The result, with decimals as text so that they can be compared by eye. */
const show = (value: FeelValue): unknown =>
  value instanceof Decimal ? value.toString() : Array.isArray(value) ? value.map(show) : value
const result = (source: string): unknown => show(compileFeel(source, scope).evaluate(values))

test.each([
  ['0.1 + 0.2 = 0.3', true],
  ['مساحة البناء * 2 + طابق 1', '620'],
  ['-a + 2 * (3 - 1)', '1'],
  ['1 / 4', '0.25'],
  ['1 / 0', null],
  ['a + b', null],
  ['"أ" + "ب"', 'أب'],
  ['10 - 2 - 3', '5'],
  ['a - 1', '2'],
])('arithmetic: %s', (source, expected) => {
  expect(result(source)).toEqual(expected)
})

test.each([
  ['yes and unknown', null],
  ['no and unknown', false],
  ['yes or unknown', true],
  ['no or unknown', null],
  ['not(unknown)', null],
  ['not(no) and yes', true],
  ['b > 1', null],
  ['b = null', true],
  ['a = null', false],
  ['b = 1', false],
  ['a != 3', false],
  ['rooms = null', false],
  ['if b > 1 then "أ" else "ب"', 'ب'],
  ['if yes then a else null', '3'],
  ['a between 1 and 3 and yes', true],
  ['a between b and 1', false],
  ['a in [1..3]', true],
  ['a in [1..3)', false],
  ['a in ]3..9]', false],
  ['a in (1, 2, [3..5))', true],
  ['a in > 3', false],
  ['a in (> 5, < 4)', true],
  ['a in scores', false],
  ['a in [1, 2, 3]', true],
  ['name in ("x", "y")', false],
  ['born < today', true],
  ['today in [date("2026-01-01")..date("2026-12-31")]', true],
])('truth: %s', (source, expected) => {
  expect(result(source)).toEqual(expected)
})

test.each([
  ['sum(scores)', '15'],
  ['sum(1, 2, a)', '6'],
  ['min(scores)', '2'],
  ['max(scores)', '9'],
  ['max(born, today)', '2026-11-09'],
  ['count(rooms)', '2'],
  ['list contains(scores, 9)', true],
  ['round half up(2.345, 2)', '2.35'],
  ['floor(-1.5)', '-2'],
  ['ceiling(1.2)', '2'],
  ['abs(-5)', '5'],
  ['contains(name, "خالد")', true],
  ['starts with(name, "أبو")', false],
  ['string length("محمد")', '4'],
  ['year(today) - year(born)', '36'],
  ['month(today)', '11'],
  ['day(date(2028, 2, 29))', '29'],
  ['date(2026, 2, 29)', null],
  ['"سطر\\n\\"1\\""', 'سطر\n"1"'],
])('functions: %s', (source, expected) => {
  expect(result(source)).toEqual(expected)
})

test.each([
  ['sum(rooms.مساحة الغرفة)', '50'],
  ['count(rooms[مساحة الغرفة > 25])', '1'],
  ['count(rooms[item.use = "shop" and a > 2])', '1'],
  ['for r in rooms return r.مساحة الغرفة * 2', ['40', '60']],
  ['sum(for r in rooms, s in scores return s)', '30'],
  ['some r in rooms satisfies r.use = "shop"', true],
  ['every r in rooms satisfies r.مساحة الغرفة > 25', false],
  ['scores[1]', '4'],
  ['scores[-1]', '2'],
  ['scores[9]', null],
  ['rooms[use = "store"].مساحة الغرفة', ['30']],
])('lists: %s', (source, expected) => {
  expect(result(source)).toEqual(expected)
})

test.each([
  ['money(170, "JOD")', money(170000, 'JOD')],
  ['tariff.رخصة-بناء * مساحة البناء', money(312500, 'JOD')],
  ['2 * tariff.water', money(1000, 'ILS')],
  ['money(0.0005, "JOD") * 1000', money(500, 'JOD')],
  ['money(10, "ILS") / 3', money(333, 'ILS')],
  ['money(-0.005, "ILS")', money(-1, 'ILS')],
  ['sum(rooms.price)', money(4000, 'JOD')],
  ['max(tariff.رخصة-بناء, money(5, "JOD"))', money(5000, 'JOD')],
  ['round half up(money(12.345, "JOD"), 1)', money(12300, 'JOD')],
  ['deposit + money(1, "JOD")', null],
  ['sum(rooms[use = "farm"].price)', money(0, 'JOD')],
])('amounts: %s', (source, expected) => {
  expect(result(source)).toEqual(expected)
})

test('amounts divide into a number', () => {
  expect(result('money(10, "JOD") / tariff.رخصة-بناء')).toBe('8')
})

test('names with hyphens are one name, also in lists, loops and filters', () => {
  const flat = contextType({ 'floor-area': numberType, 'use-kind': textType })
  const hyphens = {
    a: numberType,
    b: numberType,
    'a-b': numberType,
    flats: listType(flat),
    site: contextType({ flats: listType(flat) }),
  }
  const flats = [{ 'floor-area': Decimal.of(5), 'use-kind': 'shop' }]
  const given = { a: Decimal.of(5), b: Decimal.of(2), 'a-b': Decimal.of(100), flats, site: { flats } }
  const of = (source: string) => show(compileFeel(source, hyphens).evaluate(given))
  expect(of('a-b')).toBe('100')
  expect(of('b-a')).toBe('-3')
  expect(of('(a) - b')).toBe('3')
  expect(of('flats.floor-area')).toEqual(['5'])
  expect(of('sum(for f in site.flats return f.floor-area * 2)')).toBe('10')
  expect(of('flats[floor-area > 2].use-kind')).toEqual(['shop'])
  expect(of('flats[item.floor-area > 2][1].floor-area')).toBe('5')
  expect(of('count(flats[use-kind in ("shop", "store") and a > 2])')).toBe('1')
  expect(of('every f in flats satisfies f.floor-area > 2')).toBe(true)
  expect(of('for f in flats[floor-area > 1] return f.floor-area')).toEqual(['5'])
})

test('a rule says which names it may read, and which it did', () => {
  const rule = compileFeel('if yes then tariff.رخصة-بناء * a else tariff.رخصة-بناء * b', scope)
  expect(rule.names).toEqual(['yes', 'tariff.رخصة-بناء', 'a', 'b'])
  expect(rule.type).toEqual(moneyType('JOD'))
  expect(explain(rule, values)).toEqual({
    value: money(3750, 'JOD'),
    reads: [
      { name: 'yes', value: true },
      { name: 'tariff.رخصة-بناء', value: money(1250, 'JOD') },
      { name: 'a', value: Decimal.of(3) },
    ],
  })
})

test('values that are not of the declared type are a failure, not a result', () => {
  expect(() => compileFeel('a + 1', scope).evaluate({ a: 'three' })).toThrow(FeelFailure)
  expect(() => compileFeel('deposit', scope).evaluate({ deposit: money(1, 'ILS') })).toThrow(FeelFailure)
  expect(() => compileFeel('today', scope).evaluate({ today: '2026-02-30' })).toThrow(FeelFailure)
  expect(compileFeel('a', scope).evaluate(Object.create({ a: Decimal.of(1) }))).toBe(null)
})

test('numbers out of range are a failure', () => {
  expect(() => compileFeel('money(1e30, "JOD")', scope).evaluate({})).toThrow(FeelFailure)
  expect(() => compileFeel(Array(100).fill('1e100').join(' * '), scope).evaluate({})).toThrow(FeelFailure)
})
