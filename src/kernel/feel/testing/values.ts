/** Names of lists, texts, days and numbers, and any values for them. */

import fc from 'fast-check'
import { Decimal } from '../../../lib/decimal.ts'
import { contextType, dateType, type FeelValue, listType, numberType, textType } from '../index.ts'
import { type Env, Fraction, listOf, type Row, type Value } from './meaning.ts'

const row = contextType({ size: numberType, use: textType })
/** The names an expression may use. */
export const scope = {
  x: numberType,
  z: numberType,
  text: textType,
  today: dateType,
  born: dateType,
  numbers: listType(numberType),
  rows: listType(row),
  nothing: listType(numberType),
  place: row,
}

export const anyNumber = fc
  .tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: 0, max: 2 }))
  .map(([units, scale]) => new Fraction(BigInt(units), 10n ** BigInt(scale)))
const maybe = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: null, freq: 5 })
export const anyDay = fc.constantFrom('2025-12-31', '2026-01-01', '2026-02-28', '2026-03-01')
export const anyText = fc.constantFrom('home', 'shop', 'store', '')
const anyRow: fc.Arbitrary<Row> = fc.record({ size: maybe(anyNumber), use: maybe(anyText) })
/** Values for them, some not known. */
export const anyEnv: fc.Arbitrary<Env> = fc.record({
  x: anyNumber,
  z: fc.constant(null),
  text: maybe(anyText),
  today: anyDay,
  born: maybe(anyDay),
  numbers: fc.array(maybe(anyNumber), { maxLength: 5 }),
  rows: fc.array(anyRow, { maxLength: 4 }),
  nothing: fc.constant(null),
  place: anyRow,
})

export const decimal = (value: Fraction): Decimal => new Decimal((value.over * 100n) / value.under, 2)
export function toFeel(value: Value): FeelValue {
  if (value instanceof Fraction) return decimal(value)
  const list = listOf(value)
  if (list) return list.map(toFeel)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value as Row).map(([key, item]) => [key, toFeel(item)]))
}
