import { expect, test } from 'vitest'
import { Decimal } from '../../lib/decimal.ts'
import {
  booleanType,
  compileFeel,
  contextType,
  dateType,
  FeelError,
  FeelFailure,
  isFeelName,
  listType,
  moneyType,
  numberType,
  textType,
} from './index.ts'

const scope = {
  a: numberType,
  yes: booleanType,
  name: textType,
  today: dateType,
  list: listType(numberType),
  dinars: moneyType('JOD'),
  shekels: moneyType('ILS'),
  tariff: contextType({ licence: moneyType('JOD') }),
}

function faultOf(source: string) {
  try {
    compileFeel(source, scope)
  } catch (error) {
    if (error instanceof FeelError) return error.fault
    throw error
  }
  throw new Error(`compiled: ${source}`)
}

test.each([
  ['المساحة * 2', 'unknown-name'],
  ['tariff.permit', 'unknown-name'],
  ['tariff.__proto__', 'unknown-name'],
  ['constructor', 'unknown-name'],
  ['toString', 'unknown-name'],
  ['a + "x"', 'types-differ'],
  ['a and yes', 'wrong-type'],
  ['if a then 1 else 2', 'wrong-type'],
  ['if yes then 1 else "x"', 'types-differ'],
  ['yes + yes', 'types-differ'],
  ['name > "x"', 'wrong-type'],
  ['name = 1', 'types-differ'],
  ['today + 1', 'types-differ'],
  ['today - today', 'types-differ'],
  ['dinars + shekels', 'currencies-differ'],
  ['dinars > shekels', 'currencies-differ'],
  ['sum(dinars, shekels)', 'currencies-differ'],
  ['dinars + 1', 'types-differ'],
  ['dinars * dinars', 'types-differ'],
  ['1 / dinars', 'types-differ'],
  ['money(1, name)', 'wrong-arguments'],
  ['money(1, "EUR")', 'wrong-arguments'],
  ['[1, "x"]', 'types-differ'],
  ['a.year', 'wrong-type'],
  ['list[name]', 'wrong-type'],
  ['matches(name, "(a+)+")', 'unknown-function'],
  ['replace(name, "a", "b")', 'unknown-function'],
  ['now()', 'unknown-function'],
  ['today()', 'unknown-function'],
  ['(sum)(list)', 'unknown-function'],
  ['sum(x: 1)', 'unsupported'],
  ['count(a)', 'wrong-arguments'],
  ['round half up(a, a)', 'wrong-arguments'],
  ['round half up(a, 99)', 'wrong-arguments'],
  ['for i in 1..1000000000 return i', 'range-not-list'],
  ['some i in 1..1000000000 satisfies i = 0', 'range-not-list'],
  ['for i in [1..9] return i', 'range-not-list'],
  ['[1..1000000000]', 'unsupported'],
  ['function(x) x', 'unsupported'],
  ['{a: 1}', 'unsupported'],
  ['a instance of number', 'unsupported'],
  ['2 ** 3', 'unsupported'],
  ['> 3', 'unsupported'],
  ['@"2026-01-01"', 'unsupported'],
  ['date and time("2026-01-01T00:00:00")', 'unsupported'],
  ['duration("P1D")', 'unsupported'],
  ['date("2026-02-30")', 'wrong-literal'],
  ['1e99999', 'wrong-literal'],
  ['"\\x"', 'wrong-literal'],
  ['', 'syntax'],
  ['a +', 'syntax'],
  ['a a a + ', 'syntax'],
  ['1 2', 'syntax'],
  ['if yes then 1', 'syntax'],
])('refused: %s', (source, code) => {
  expect(faultOf(source).code).toBe(code)
})

test('an error shows its place and says the same in both languages', () => {
  expect(faultOf('a + سعر المتر')).toEqual({
    code: 'unknown-name',
    from: 4,
    to: 13,
    message: { ar: 'لا يوجد اسم «سعر المتر»', en: 'There is no name “سعر المتر”' },
  })
  expect(faultOf('dinars + shekels').message.ar).toBe('لا تُجمع عملتان ولا تُقارنان: JOD وILS')
})

test.each([
  ['ten thousand parentheses', `${'('.repeat(10_000)}1${')'.repeat(10_000)}`],
  ['four thousand parentheses', `${'('.repeat(4_000)}1${')'.repeat(4_000)}`],
  ['a megabyte', '1 + '.repeat(250_000)],
  ['a long chain of signs', `${'-'.repeat(9_000)}1`],
  ['a long chain of sums', `${'1+'.repeat(4_900)}1`],
  ['a long chain of conditions', `${'if yes then 1 else '.repeat(500)}1`],
  ['open texts', '"'.repeat(9_999)],
  ['open brackets', '['.repeat(9_000)],
  ['words without end', 'كلمة '.repeat(1_900)],
  ['points without end', `a${'.a'.repeat(4_900)}`],
  ['stars without end', '/* '.repeat(3_000)],
])('hostile source is refused in time: %s', (_, source) => {
  const start = performance.now()
  expect(() => compileFeel(source, scope)).toThrow(FeelError)
  expect(performance.now() - start).toBeLessThan(1_500)
})

test('nested loops end by the work they are given', () => {
  const list = Array.from({ length: 1_000 }, (_, at) => Decimal.of(at))
  const rule = compileFeel('count(for x in list, y in list, z in list return x + y + z)', scope)
  const start = performance.now()
  expect(() => rule.evaluate({ list })).toThrow(FeelFailure)
  expect(performance.now() - start).toBeLessThan(1_000)
  expect(compileFeel('sum(for x in list return x)', scope).evaluate({ list })?.toString()).toBe('499500')
})

test('a name may not be taken for the language around it', () => {
  for (const name of ['and', 'null', 'أ and ب', '2x', 'a+b', 'a.b', 'م (2)', '', ' a', 'a  b', '"']) {
    expect(isFeelName(name)).toBe(false)
    expect(() => compileFeel('1', { [name]: numberType })).toThrow(FeelError)
  }
  for (const name of [
    'date',
    'count',
    'item',
    'for-rent',
    'date-of-birth',
    'قطعة/حوض',
    'بند ١',
    'x2',
    'area_m2',
  ]) {
    expect(isFeelName(name)).toBe(true)
    for (const given of [{ [name]: Decimal.of(1) }]) {
      expect(String(compileFeel(`${name} + 1`, { [name]: numberType }).evaluate(given))).toBe('2')
      const inside = { answers: contextType({ [name]: numberType }) }
      expect(String(compileFeel(`answers.${name} + 1`, inside).evaluate({ answers: given }))).toBe('2')
    }
  }
})
