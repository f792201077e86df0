import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  booleanType,
  compileFeel,
  contextType,
  dateType,
  type FeelScope,
  type FeelValues,
  listType,
  moneyType,
  numberType,
  textType,
} from '../../../kernel/feel/index.ts'
import { Decimal } from '../../../lib/decimal.ts'
import { type Condition, type Row, readCondition, settled, type Value } from './condition.ts'
import { type FeeSentence, type Product, readFee, writeFee } from './fee.ts'
import { writeCondition } from './write.ts'

const ils = moneyType('ILS')
const scope: FeelScope = {
  use: textType,
  capacity: textType,
  inside: booleanType,
  metres: numberType,
  days: numberType,
  since: dateType,
  today: dateType,
  rent: ils,
  wants: listType(textType),
  place: contextType({ parcel: textType }),
  stalls: listType(contextType({ area: numberType, kind: textType })),
  tariff: contextType({ metre: ils, day: ils, least: ils, most: ils }),
}

const text = fc.constantFrom('home', 'shop', 'حوض "3"').map((text): Value => ({ kind: 'text', text }))
const number = fc.integer({ min: 0, max: 30 }).map((n): Value => ({ kind: 'number', text: String(n) }))
const truth = fc.boolean().map((yes): Value => ({ kind: 'truth', yes }))
const day = fc.constantFrom('2026-01-01', '2026-06-30').map((day): Value => ({ kind: 'date', day }))
const otherDay = fc.constant<Value>({ kind: 'name', name: 'today' })
const amount = fc
  .constantFrom('5', '12.5')
  .map((amount): Value => ({ kind: 'money', amount, currency: 'ILS' }))
const ordered = fc.constantFrom('is', 'is-not', 'less', 'at-most', 'more', 'at-least' as const)
const equals = fc.constantFrom('is', 'is-not' as const)

const row = fc.oneof(
  fc.record({
    subject: fc.constantFrom('use', 'capacity', 'place.parcel'),
    test: equals,
    values: fc.tuple(text),
  }),
  fc.record({
    subject: fc.constantFrom('use', 'capacity'),
    test: fc.constantFrom('one-of', 'none-of' as const),
    values: fc.array(text, { minLength: 2, maxLength: 3 }),
  }),
  fc.record({ subject: fc.constant('inside'), test: equals, values: fc.tuple(truth) }),
  fc.record({
    subject: fc.constantFrom('metres', 'count(stalls)', 'sum(stalls.area)'),
    test: ordered,
    values: fc.tuple(number),
  }),
  fc.record({ subject: fc.constant('since'), test: ordered, values: fc.tuple(fc.oneof(day, otherDay)) }),
  fc.record({ subject: fc.constant('rent'), test: ordered, values: fc.tuple(amount) }),
  fc.record({
    subject: fc.constant('wants'),
    test: fc.constantFrom('holds', 'lacks' as const),
    values: fc.tuple(text),
  }),
  fc.record({
    subject: fc.constant('use'),
    test: fc.constantFrom('contains', 'starts' as const),
    values: fc.tuple(text),
  }),
  fc.record({
    subject: fc.constantFrom('use', 'metres', 'place.parcel', 'stalls'),
    test: fc.constantFrom('answered', 'unanswered' as const),
    values: fc.constant<Value[]>([]),
  }),
) as fc.Arbitrary<Row>
const manyRows = fc.array(row, { minLength: 1, maxLength: 3 })
/** `not(a in (…))` is said «none of»; a negation of one row has no second way of saying it. */
const group = fc.oneof(
  manyRows.map(rows => ({ rows })),
  fc.array(row, { minLength: 2, maxLength: 3 }).map(rows => ({ not: true as const, rows })),
)
const condition: fc.Arbitrary<Condition> = fc
  .record({
    join: fc.constantFrom('and' as const, 'or' as const),
    groups: fc.array(group, { minLength: 1, maxLength: 3 }),
  })
  .map(settled)

const known = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: value }, { weight: 1, arbitrary: fc.constant(null) })
const decimal = fc.integer({ min: 0, max: 30 }).map(n => Decimal.of(n))
const minor = fc.integer({ min: 0, max: 20_00 }).map(minor => ({ minor, currency: 'ILS' as const }))
const values: fc.Arbitrary<FeelValues> = fc.record({
  use: known(fc.constantFrom('home', 'shop', 'حوض "3"')),
  capacity: fc.constantFrom('home', 'shop'),
  inside: known(fc.boolean()),
  metres: known(decimal),
  days: known(decimal),
  since: known(fc.constantFrom('2025-12-31', '2026-01-01', '2026-07-01')),
  today: fc.constant('2026-06-30'),
  rent: known(minor),
  wants: known(fc.subarray(['home', 'shop'])),
  place: fc.record({ parcel: known(fc.constantFrom('home', '9')) }),
  stalls: known(fc.array(fc.record({ area: decimal, kind: fc.constantFrom('a', 'b') }), { maxLength: 3 })),
  tariff: fc.constant({
    metre: { minor: 250, currency: 'ILS' },
    day: { minor: 1000, currency: 'ILS' },
    least: { minor: 1500, currency: 'ILS' },
    most: { minor: 9000, currency: 'ILS' },
  } as const),
})

describe('conditions in sentences', () => {
  test('a sentence written as a formula reads as the same sentence', () => {
    fc.assert(
      fc.property(condition, sentence => {
        expect(readCondition(writeCondition(sentence))).toEqual(sentence)
      }),
    )
  })

  test('every sentence compiles, and read again it gives the same answer', () => {
    fc.assert(
      fc.property(condition, values, (sentence, given) => {
        const written = writeCondition(sentence)
        const first = compileFeel(written, scope)
        const read = readCondition(written)
        const second = compileFeel(read ? writeCondition(read) : '', scope)
        expect(second.evaluate(given)).toEqual(first.evaluate(given))
      }),
    )
  })

  it.each([
    ['capacity = "tenant" or use = "consent"', undefined],
    ['(use = "home")', 'use = "home"'],
    ['use in ["home", "shop"] and metres > 3', 'use in ("home", "shop") and metres > 3'],
    ['inside = true and (use = "home" or place.parcel = null)', undefined],
    ['not(inside = true or use = "home") and metres >= 2.5', undefined],
    ['list contains(wants, "home")', undefined],
    ['not(list contains(wants, "home"))', undefined],
    ['since < date("2026-01-01") and since <= today', undefined],
    ['count(stalls) > 2', undefined],
    ['(metres > 1 and inside = true) and use != null', 'metres > 1 and inside = true and use != null'],
  ])('reads %s', (source, again) => {
    const read = readCondition(source)
    expect(read && writeCondition(read)).toBe(again ?? source)
  })

  it.each([
    'metres + 1 > days',
    'some s in stalls satisfies s.area > 4',
    'if inside then true else false',
    'use = "home" and (inside = true or (metres > 1 and days > 2))',
    'use = ',
    'use = "home" )',
    'stalls[area > 2]',
    'metres between 1 and 2',
    '',
  ])('leaves the formula %s alone', source => {
    expect(readCondition(source)).toBeUndefined()
  })
})

const base = fc
  .constantFrom('tariff.metre', 'tariff.day', 'rent')
  .map(name => ({ kind: 'name' as const, name }))
const written = fc
  .constantFrom('5', '7.5')
  .map(amount => ({ kind: 'money' as const, amount, currency: 'ILS' }))
const product: fc.Arbitrary<Product> = fc.oneof(
  fc.record({
    base: fc.oneof(base, written),
    times: fc.array(fc.constantFrom('metres', 'days', 'count(stalls)', 'sum(stalls.area)', '3'), {
      maxLength: 2,
    }),
  }),
  fc.record({
    base,
    times: fc.array(fc.constantFrom('row.area', 'days'), { minLength: 1, maxLength: 2 }),
    each: fc.constant('stalls'),
  }),
)
const products = fc.array(product, { minLength: 1, maxLength: 3 })
const bound = fc.constantFrom('tariff.least', 'tariff.most').map(name => ({ kind: 'name' as const, name }))
const fee: fc.Arbitrary<FeeSentence> = fc.record(
  {
    free: condition,
    tiers: fc.array(fc.record({ when: condition, products }), { maxLength: 2 }),
    otherwise: products,
    atLeast: bound,
    atMost: bound,
  },
  { requiredKeys: ['tiers', 'otherwise'] },
)

describe('fees in sentences', () => {
  test('a fee written as a formula reads as the same fee', () => {
    fc.assert(
      fc.property(fee, sentence => {
        expect(readFee(writeFee(sentence, 'ILS'))).toEqual(sentence)
      }),
    )
  })

  test('every fee compiles to an amount, and read again it comes to the same', () => {
    fc.assert(
      fc.property(fee, values, (sentence, given) => {
        const source = writeFee(sentence, 'ILS')
        const first = compileFeel(source, scope)
        expect(first.type).toEqual(ils)
        const read = readFee(source)
        expect(compileFeel(read ? writeFee(read, 'ILS') : '', scope).evaluate(given)).toEqual(
          first.evaluate(given),
        )
      }),
    )
  })

  it.each([
    'tariff.metre',
    'if use = "home" then tariff.metre else tariff.day',
    'if use = "home" then tariff.metre * metres else if use = "shop" then tariff.day * days else tariff.most',
    'if inside = true then money(0, "ILS") else max(tariff.least, sum(for row in stalls return tariff.metre * row.area * days))',
    'min(tariff.most, tariff.day * days + tariff.metre)',
  ])('reads %s', source => {
    const read = readFee(source)
    expect(read && writeFee(read, 'ILS')).toBe(source)
  })

  it('reads metres times a price as the price times metres', () => {
    const read = readFee('if use = "home" then metres * tariff.metre else tariff.day')
    expect(read && writeFee(read, 'ILS')).toBe('if use = "home" then tariff.metre * metres else tariff.day')
  })

  it('names the columns of a group its own way', () => {
    const read = readFee('sum(for s in stalls return tariff.metre * s.area)')
    expect(read && writeFee(read, 'ILS')).toBe('sum(for row in stalls return tariff.metre * row.area)')
  })

  it.each([
    'tariff.metre - tariff.day',
    'tariff.metre / 2',
    'round half up(tariff.metre, 0)',
    'ceiling(metres) * tariff.metre',
  ])('leaves the formula %s alone', source => expect(readFee(source)).toBeUndefined())
})
