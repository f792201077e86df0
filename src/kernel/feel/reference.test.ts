import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Decimal } from '../../lib/decimal.ts'
import { booleanType, compileFeel, FeelError, numberType } from './index.ts'

/** A second, slow meaning of the language, on fractions, to hold the compiled one against. */
type Fraction = { readonly over: bigint; readonly under: bigint }
type Value = Fraction | boolean | null
type Tree = { readonly source: string; readonly value: Value }

const scope = { x: numberType, y: numberType, z: numberType, p: booleanType, q: booleanType, r: booleanType }
const given = { x: new Decimal(25n, 1), y: Decimal.of(-7), z: null, p: true, q: false, r: null }

const fraction = (over: bigint, under = 1n): Fraction => ({ over, under })
const isKnown = (value: Value): value is Fraction => typeof value === 'object' && value !== null

const numberLeaf: fc.Arbitrary<Tree> = fc.oneof(
  fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 9 })).map(([whole, tenth]) => ({
    source: `${whole}.${tenth}`,
    value: fraction(BigInt(whole * 10 + tenth), 10n),
  })),
  fc.constantFrom<Tree>(
    { source: 'x', value: fraction(5n, 2n) },
    { source: 'y', value: fraction(-7n) },
    { source: 'z', value: null },
  ),
)
const booleanLeaf: fc.Arbitrary<Tree> = fc.constantFrom<Tree>(
  { source: 'true', value: true },
  { source: 'false', value: false },
  { source: 'p', value: true },
  { source: 'q', value: false },
  { source: 'r', value: null },
)

const calculate: Record<string, (a: Fraction, b: Fraction) => Fraction> = {
  '+': (a, b) => fraction(a.over * b.under + b.over * a.under, a.under * b.under),
  '-': (a, b) => fraction(a.over * b.under - b.over * a.under, a.under * b.under),
  '*': (a, b) => fraction(a.over * b.over, a.under * b.under),
}
const judge: Record<string, (difference: bigint) => boolean> = {
  '<': difference => difference < 0n,
  '<=': difference => difference <= 0n,
  '>': difference => difference > 0n,
  '>=': difference => difference >= 0n,
}

const difference = (a: Fraction, b: Fraction): bigint => a.over * b.under - b.over * a.under
const compute = (sign: string, a: Value, b: Value): Value =>
  isKnown(a) && isKnown(b) ? (calculate[sign]?.(a, b) ?? null) : null
const decide = (sign: string, a: Value, b: Value): Value =>
  isKnown(a) && isKnown(b) ? (judge[sign]?.(difference(a, b)) ?? null) : null
const same = (a: Value, b: Value): boolean => (isKnown(a) && isKnown(b) ? difference(a, b) === 0n : a === b)
const and = (a: Value, b: Value): Value =>
  a === false || b === false ? false : a === null || b === null ? null : true
const invert = (a: Value): Value => (a === null ? null : a === false)

const trees = fc.letrec<{ number: Tree; truth: Tree }>(tie => {
  const signs = (all: object) => fc.constantFrom(...Object.keys(all))
  return {
    number: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'tree' },
      numberLeaf,
      fc.tuple(tie('number'), signs(calculate), tie('number')).map(([a, sign, b]) => ({
        source: `(${a.source} ${sign} ${b.source})`,
        value: compute(sign, a.value, b.value),
      })),
      fc.tuple(tie('truth'), tie('number'), tie('number')).map(([test, a, b]) => ({
        source: `(if ${test.source} then ${a.source} else ${b.source})`,
        value: test.value === true ? a.value : b.value,
      })),
    ),
    truth: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'tree' },
      booleanLeaf,
      fc.tuple(tie('number'), signs(judge), tie('number')).map(([a, sign, b]) => ({
        source: `(${a.source} ${sign} ${b.source})`,
        value: decide(sign, a.value, b.value),
      })),
      fc
        .tuple(tie('number'), tie('number'))
        .map(([a, b]) => ({ source: `(${a.source} = ${b.source})`, value: same(a.value, b.value) })),
      fc.tuple(tie('number'), tie('number'), tie('number')).map(([a, b, c]) => ({
        source: `(${a.source} between ${b.source} and ${c.source})`,
        value: and(decide('>=', a.value, b.value), decide('<=', a.value, c.value)),
      })),
      fc
        .tuple(tie('truth'), tie('truth'))
        .map(([a, b]) => ({ source: `(${a.source} and ${b.source})`, value: and(a.value, b.value) })),
      fc.tuple(tie('truth'), tie('truth')).map(([a, b]) => ({
        source: `(${a.source} or ${b.source})`,
        value: invert(and(invert(a.value), invert(b.value))),
      })),
      tie('truth').map(a => ({ source: `not(${a.source})`, value: invert(a.value) })),
    ),
  }
})

test('compiled arithmetic and logic agree with the slow meaning', () => {
  fc.assert(
    fc.property(fc.oneof(trees.number, trees.truth), ({ source, value }) => {
      const result = compileFeel(source, scope).evaluate(given)
      if (!isKnown(value)) {
        expect(result).toBe(value)
        return
      }
      if (!(result instanceof Decimal)) throw new Error(`not a number: ${source}`)
      expect(result.units * value.under).toBe(value.over * 10n ** BigInt(result.scale))
    }),
    { numRuns: 1_000 },
  )
})

test('any text compiles or is refused with a place inside it, and what compiles ends', () => {
  const words = [
    'x',
    'p',
    'z',
    '1',
    '+',
    '-',
    '*',
    '/',
    '(',
    ')',
    '[',
    ']',
    ',',
    '..',
    'if',
    'then',
    'else',
    'and',
  ]
  const more = [
    'or',
    'not',
    'in',
    'between',
    'for',
    'return',
    'some',
    'satisfies',
    'sum',
    '"a"',
    '=',
    '<',
    '{',
    ':',
    '.',
  ]
  const soup = fc.array(fc.constantFrom(...words, ...more), { maxLength: 14 }).map(all => all.join(' '))
  fc.assert(
    fc.property(fc.oneof(soup, fc.string({ unit: 'binary', maxLength: 40 })), source => {
      try {
        compileFeel(source, scope).evaluate(given)
      } catch (error) {
        if (!(error instanceof FeelError)) throw error
        const { from, to, message } = error.fault
        expect(from >= 0 && to >= from && to <= source.length && message.ar !== '').toBe(true)
      }
    }),
    { numRuns: 2_000 },
  )
})
