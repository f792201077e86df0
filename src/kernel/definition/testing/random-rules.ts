/** Conditions nobody wrote, over the questions known where they stand. */

import fc from 'fast-check'
import type { Field } from '../model.ts'

const test = fc.record({ pick: fc.nat(20), op: fc.nat(3), n: fc.nat(22) })
export const ruleShape = fc.record({
  tests: fc.array(test, { minLength: 1, maxLength: 2 }),
  join: fc.constantFrom(' and ', ' or '),
})
export type RuleShape = typeof ruleShape extends fc.Arbitrary<infer T> ? T : never
type Test = RuleShape['tests'][number]

/** The rule a shape comes to; always one that reads and holds together. */
export const conditionOf = ({ tests, join }: RuleShape, known: readonly Field[]): string =>
  tests.map(each => testOf(each, known)).join(join)

const signs = ['>', '<', '>=', '=']

function testOf({ pick, op, n }: Test, known: readonly Field[]): string {
  const field = known[pick % (known.length + 1)]
  const sign = signs[op] ?? '='
  const option = ['a', 'b', 'c'][n % 3]
  if (!field) return op % 2 === 0 ? 'capacity = "agent"' : 'channel = "web"'
  switch (field.kind) {
    case 'yes-no':
      return `${field.id} = ${n % 2 === 0}`
    case 'choice':
      return op % 2 === 0 ? `${field.id} = "${option}"` : `${field.id} in ("${option}", "c")`
    case 'multiple':
      return `list contains(${field.id}, "${option}")`
    case 'date':
      return `${field.id} ${sign} date("2026-0${1 + (n % 9)}-15")`
    case 'money':
      return `${field.id} ${sign} money(${n}, "ILS")`
    case 'group':
      return op % 2 === 0
        ? `count(${field.id}) > ${n % 4}`
        : `some r in ${field.id} satisfies r.size > ${n % 9}`
    case 'text':
      return op % 2 === 0 ? `${field.id} != null` : `string length(${field.id}) > ${n}`
    default:
      return `${field.id} ${sign} ${n}`
  }
}
