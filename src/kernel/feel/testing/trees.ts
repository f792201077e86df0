/** Any expression of the language over lists, texts, days and numbers, with its slow meaning. */

import fc from 'fast-check'
import {
  and,
  best,
  compare,
  type Env,
  everyOf,
  Fraction,
  fieldOf,
  filtered,
  invert,
  isSame,
  known,
  listOf,
  name,
  negative,
  ofList,
  one,
  or,
  type Row,
  rounded,
  someOf,
  type Tree,
  total,
  two,
  type Value,
} from './meaning.ts'
import { anyDay, anyNumber, anyText, decimal } from './values.ts'

const literal = anyNumber.map((value): Tree => {
  const written = decimal(value).toString()
  return { source: `(${written})`, run: () => value }
})
const signs = fc.constantFrom('<', '<=', '>', '>=')
/** Gives an expression the variable of a loop. */
const inLoop =
  (body: Tree): ((env: Env) => (item: Value) => Value) =>
  env =>
  item =>
    body.run({ ...env, i: item })

export const trees = fc.letrec<
  Record<'number' | 'inside' | 'truth' | 'test' | 'list' | 'string' | 'date', Tree>
>(tie => {
  const bounded = { maxDepth: 3, depthIdentifier: 'tree' }
  const numbers = (leaf: fc.Arbitrary<Tree>) =>
    fc.oneof(
      bounded,
      leaf,
      fc.tuple(leaf, leaf).map(([a, b]) =>
        two(
          a,
          b,
          (p, q) => `(${p} - ${q})`,
          (p, q) => (p instanceof Fraction && q instanceof Fraction ? p.minus(q) : null),
        ),
      ),
      tie('number').map(a => one(a, p => `(-${p})`, known(negative))),
      tie('number').map(a =>
        one(
          a,
          p => `abs(${p})`,
          known(value => (value.over < 0n ? negative(value) : value)),
        ),
      ),
      fc.tuple(tie('number'), fc.nat({ max: 2 })).map(([a, places]) =>
        one(
          a,
          p => `round half up(${p}, ${places})`,
          value => rounded(value, places),
        ),
      ),
      tie('number').map(a =>
        one(
          a,
          p => `floor(${p})`,
          known(value => value.floorTo(0)),
        ),
      ),
      tie('number').map(a =>
        one(
          a,
          p => `ceiling(${p})`,
          known(value => negative(negative(value).floorTo(0))),
        ),
      ),
      tie('list').map(a =>
        one(
          a,
          p => `count(${p})`,
          ofList(list => new Fraction(BigInt(list.length))),
        ),
      ),
      tie('list').map(a =>
        one(
          a,
          p => `sum(${p})`,
          ofList(list => total(list)),
        ),
      ),
      tie('list').map(a =>
        one(
          a,
          p => `max(${p})`,
          ofList(list => best(list, '>')),
        ),
      ),
      fc.tuple(tie('number'), tie('number')).map(([a, b]) =>
        two(
          a,
          b,
          (p, q) => `min(${p}, ${q})`,
          (p, q) => best([p, q], '<'),
        ),
      ),
      fc.tuple(tie('list'), fc.constantFrom(1, 2, -1)).map(([a, at]) =>
        one(
          a,
          p => `${p}[${at}]`,
          value => listOf(value)?.at(at > 0 ? at - 1 : at) ?? null,
        ),
      ),
      tie('string').map(a =>
        one(
          a,
          p => `string length(${p})`,
          value => (value === null ? null : new Fraction(BigInt([...String(value)].length))),
        ),
      ),
      tie('date').map(a =>
        one(
          a,
          p => `month(${p})`,
          value => (value === null ? null : new Fraction(BigInt(String(value).slice(5, 7)))),
        ),
      ),
    )
  const truths = (number: fc.Arbitrary<Tree>) =>
    fc.oneof(
      bounded,
      fc.tuple(number, signs, number).map(([a, sign, b]) =>
        two(
          a,
          b,
          (p, q) => `(${p} ${sign} ${q})`,
          (p, q) => compare(sign, p, q),
        ),
      ),
      fc.tuple(number, number, number).map(
        ([a, b, c]): Tree => ({
          source: `(${a.source} in [${b.source}..${c.source}))`,
          run: env => and(compare('>=', a.run(env), b.run(env)), compare('<', a.run(env), c.run(env))),
        }),
      ),
      fc.tuple(number, tie('list')).map(([a, b]) =>
        two(
          a,
          b,
          (p, q) => `(${p} in ${q})`,
          (p, q) => listOf(q)?.some(item => isSame(item, p)) ?? null,
        ),
      ),
      fc.tuple(tie('list'), number).map(([a, b]) =>
        two(
          a,
          b,
          (p, q) => `list contains(${p}, ${q})`,
          (p, q) => listOf(p)?.some(item => isSame(item, q)) ?? null,
        ),
      ),
      fc.tuple(tie('string'), anyText).map(([a, b]) =>
        one(
          a,
          p => `(${p} in ("${b}", "shop"))`,
          value => value === b || value === 'shop',
        ),
      ),
      fc.tuple(tie('string'), anyText).map(([a, b]) =>
        one(
          a,
          p => `starts with(${p}, "${b}")`,
          value => (value === null ? null : String(value).startsWith(b)),
        ),
      ),
      fc.tuple(tie('string'), anyText).map(([a, b]) =>
        one(
          a,
          p => `contains(${p}, "${b}")`,
          value => (value === null ? null : String(value).includes(b)),
        ),
      ),
      fc.tuple(tie('date'), signs, tie('date')).map(([a, sign, b]) =>
        two(
          a,
          b,
          (p, q) => `(${p} ${sign} ${q})`,
          (p, q) => compare(sign, p, q),
        ),
      ),
      number.map(a =>
        one(
          a,
          p => `(${p} = null)`,
          value => value === null,
        ),
      ),
      fc.tuple(tie('list'), tie('test')).map(
        ([a, b]): Tree => ({
          source: `(some i in ${a.source} satisfies ${b.source})`,
          run: env => someOf(a.run(env), inLoop(b)(env)),
        }),
      ),
      fc.tuple(tie('list'), tie('test')).map(
        ([a, b]): Tree => ({
          source: `(every i in ${a.source} satisfies ${b.source})`,
          run: env => everyOf(a.run(env), inLoop(b)(env)),
        }),
      ),
      fc.tuple(tie('truth'), tie('truth')).map(([a, b]) => two(a, b, (p, q) => `(${p} and ${q})`, and)),
      fc.tuple(tie('truth'), tie('truth')).map(([a, b]) => two(a, b, (p, q) => `(${p} or ${q})`, or)),
      tie('truth').map(a => one(a, p => `not(${p})`, invert)),
    )
  const plain = fc.oneof(
    literal,
    fc.constantFrom(name('x'), name('z'), {
      source: 'place.size',
      run: (env: Env) => (env.place as Row).size ?? null,
    }),
  )
  return {
    number: numbers(plain),
    inside: fc.oneof(plain, fc.constant(name('i'))),
    truth: truths(tie('number')),
    test: fc.tuple(tie('inside'), signs, tie('inside')).map(([a, sign, b]) =>
      two(
        a,
        b,
        (p, q) => `(${p} ${sign} ${q})`,
        (p, q) => compare(sign, p, q),
      ),
    ),
    string: fc.oneof(
      fc.constant(name('text')),
      fc.constant<Tree>({ source: 'place.use', run: env => (env.place as Row).use ?? null }),
    ),
    date: fc.oneof(
      fc.constantFrom(name('today'), name('born')),
      anyDay.map((day): Tree => ({ source: `date("${day}")`, run: () => day })),
    ),
    list: fc.oneof(
      bounded,
      fc.constantFrom(name('numbers'), name('nothing')),
      fc.constant<Tree>({ source: 'rows.size', run: env => fieldOf(env.rows ?? null, 'size') }),
      fc.array(tie('number'), { minLength: 1, maxLength: 3 }).map(
        (items): Tree => ({
          source: `[${items.map(({ source }) => source).join(', ')}]`,
          run: env => items.map(item => item.run(env)),
        }),
      ),
      fc.tuple(tie('list'), tie('inside')).map(
        ([a, b]): Tree => ({
          source: `(for i in ${a.source} return ${b.source})`,
          run: env => listOf(a.run(env))?.map(inLoop(b)(env)) ?? null,
        }),
      ),
      fc.tuple(signs, plain).map(
        ([sign, b]): Tree => ({
          source: `rows[size ${sign} ${b.source}].size`,
          run: env =>
            fieldOf(
              filtered(env.rows ?? null, env, inside => compare(sign, inside.size ?? null, b.run(env))),
              'size',
            ),
        }),
      ),
      fc.tuple(tie('list'), signs, plain).map(
        ([a, sign, b]): Tree => ({
          source: `${a.source}[item ${sign} ${b.source}]`,
          run: env => filtered(a.run(env), env, inside => compare(sign, inside.item ?? null, b.run(env))),
        }),
      ),
    ),
  }
})
