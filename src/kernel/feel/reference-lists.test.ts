import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Decimal } from '../../lib/decimal.ts'
import { compileFeel, FeelFailure, type FeelValue, listType, numberType } from './index.ts'
import { Fraction, isSame, listOf, type Row, type Value } from './testing/meaning.ts'
import { trees } from './testing/trees.ts'
import { anyEnv, scope, toFeel } from './testing/values.ts'

/** What came, in the terms of the meaning. */
function fromFeel(value: FeelValue): Value {
  if (value instanceof Decimal) return new Fraction(value.units, 10n ** BigInt(value.scale))
  return Array.isArray(value) ? value.map(fromFeel) : (value as Value)
}

function agrees(came: Value, meant: Value): boolean {
  const [first, second] = [listOf(came), listOf(meant)]
  if (first || second)
    return (
      first?.length === second?.length && (first ?? []).every((item, i) => isSame(item, second?.[i] ?? null))
    )
  return isSame(came, meant)
}

test('lists, loops, filters, texts, days and roundings agree with the slow meaning', () => {
  fc.assert(
    fc.property(fc.oneof(trees.number, trees.truth, trees.list), anyEnv, ({ source, run }, env) => {
      const came = fromFeel(compileFeel(source, scope).evaluate(toFeel(env as Row) as never))
      expect(agrees(came, run(env)), `${source} ${JSON.stringify(toFeel(env as Row))}`).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})

const filters = (depth: number): string => (depth === 0 ? 'list' : `list[count(${filters(depth - 1)}) > 0]`)

test('whatever loops over however much, it ends within the work it is given', () => {
  const depth = fc.integer({ min: 1, max: 6 })
  const length = fc.integer({ min: 0, max: 400 })
  fc.assert(
    fc.property(depth, length, fc.constantFrom('for', 'some', 'filter'), (loops, size, kind) => {
      const clauses = Array.from({ length: loops }, (_, i) => `v${i} in list`).join(', ')
      const source =
        kind === 'for'
          ? `count(for ${clauses} return v0)`
          : kind === 'some'
            ? `some ${clauses} satisfies v0 < 0`
            : `count(${filters(loops)})`
      const list = Array.from({ length: size }, (_, at) => Decimal.of(at))
      const rule = compileFeel(source, { list: listType(numberType) })
      let touched = 0
      const counting = new Proxy(list, {
        get(target, key, receiver) {
          if (typeof key === 'string' && /^\d+$/.test(key)) touched += 1
          return Reflect.get(target, key, receiver)
        },
      })
      try {
        rule.evaluate({ list: counting })
      } catch (error) {
        if (!(error instanceof FeelFailure)) throw error
        expect(error.code).toBe('too-much-work')
      }
      expect(touched).toBeLessThanOrEqual(100_000)
    }),
    { numRuns: 60 },
  )
})
