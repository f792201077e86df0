import { type Comparison, type Expression, readExpression } from './expression.ts'

/** What something is compared with. `name` is another answer or the day. */
export type Value =
  | { kind: 'text'; text: string }
  | { kind: 'number'; text: string }
  | { kind: 'date'; day: string }
  | { kind: 'truth'; yes: boolean }
  | { kind: 'money'; amount: string; currency: string }
  | { kind: 'name'; name: string }

export type Test =
  | 'is'
  | 'is-not'
  | 'less'
  | 'at-most'
  | 'more'
  | 'at-least'
  | 'one-of'
  | 'none-of'
  | 'answered'
  | 'unanswered'
  | 'holds'
  | 'lacks'
  | 'contains'
  | 'starts'

/** «[question] [test] [value]». The subject is a name, or `count(rows)`, or `sum(rows.area)`. */
export type Row = { subject: string; test: Test; values: Value[] }

/** Rows joined by the other word than the groups are; `not` turns the whole group round. */
export type Group = { not?: true; rows: Row[] }

/** Groups joined by «and» or «or». One group of one row is a plain condition, joined by `and`. */
export type Condition = { join: Join; groups: Group[] }
export type Join = 'and' | 'or'

export const otherJoin = (join: Join): Join => (join === 'and' ? 'or' : 'and')

/** Reads a rule as sentences; undefined where they have no words for it. */
export function readCondition(source: string): Condition | undefined {
  const expression = readExpression(source)
  return expression && toCondition(expression)
}

/** The sentences an expression makes. */
export function toCondition(expression: Expression): Condition | undefined {
  const inside = negatedBy(expression)
  const within = inside && joinOf(inside)
  const join = joinOf(expression) ?? (within ? otherJoin(within) : 'and')
  const groups = parted(expression, join).map(part => toGroup(part, otherJoin(join)))
  return groups.every(group => group !== undefined) ? settled({ join, groups }) : undefined
}

/** The one way of writing a condition among those that mean the same. */
export function settled({ join, groups }: Condition): Condition {
  const [only] = groups
  if (groups.length === 1 && only) {
    if (only.rows.length === 1) return { join: 'and', groups }
    if (!only.not) return { join: otherJoin(join), groups: only.rows.map(row => ({ rows: [row] })) }
  }
  return { join, groups }
}

const joinOf = (part: Expression): Join | undefined =>
  part.kind === 'two' && (part.sign === 'and' || part.sign === 'or') ? part.sign : undefined

function parted(part: Expression, join: Join): Expression[] {
  return part.kind === 'two' && part.sign === join
    ? [...parted(part.left, join), ...parted(part.right, join)]
    : [part]
}

/** What stands inside `not(…)`. */
const negatedBy = (part: Expression): Expression | undefined =>
  part.kind === 'call' && part.of === 'not' && part.given.length === 1 ? part.given[0] : undefined

function toGroup(part: Expression, join: Join): Group | undefined {
  const row = toRow(part)
  if (row) return { rows: [row] }
  const negated = negatedBy(part)
  const rows = parted(negated ?? part, join).map(toRow)
  if (!rows.every(each => each !== undefined)) return undefined
  return negated ? { not: true, rows } : { rows }
}

const tests: Record<Comparison, Test> = {
  '=': 'is',
  '!=': 'is-not',
  '<': 'less',
  '<=': 'at-most',
  '>': 'more',
  '>=': 'at-least',
}

function toRow(part: Expression): Row | undefined {
  if (part.kind === 'two' && part.sign in tests)
    return toComparison(part.left, tests[part.sign as Comparison], part.right)
  if (part.kind === 'in') return listed(part, 'one-of')
  if (part.kind !== 'call') return undefined
  const [first, second] = part.given
  if (part.of === 'not' && part.given.length === 1 && first) {
    if (first.kind === 'in') return listed(first, 'none-of')
    return first.kind === 'call' && first.of === 'list contains' ? pair(first, 'lacks') : undefined
  }
  if (!first || !second) return undefined
  if (part.of === 'list contains') return pair(part, 'holds')
  if (part.of === 'contains') return pair(part, 'contains')
  return part.of === 'starts with' ? pair(part, 'starts') : undefined
}

function toComparison(left: Expression, test: Test, right: Expression): Row | undefined {
  const subject = toSubject(left)
  if (subject === undefined) return undefined
  if (right.kind === 'nothing') {
    if (test === 'is') return { subject, test: 'unanswered', values: [] }
    return test === 'is-not' ? { subject, test: 'answered', values: [] } : undefined
  }
  const value = toValue(right)
  return value && { subject, test, values: [value] }
}

function listed({ what, items }: Extract<Expression, { kind: 'in' }>, test: Test): Row | undefined {
  const subject = toSubject(what)
  const values = items.map(toValue)
  if (subject === undefined || !values.every(value => value !== undefined)) return undefined
  if (values.length === 1) return { subject, test: test === 'one-of' ? 'is' : 'is-not', values }
  return { subject, test, values }
}

function pair({ given }: Extract<Expression, { kind: 'call' }>, test: Test): Row | undefined {
  const [first, second] = given
  const subject = first && toSubject(first)
  const value = second && toValue(second)
  if (given.length !== 2 || subject === undefined || value?.kind !== 'text') return undefined
  return { subject, test, values: [value] }
}

/** A name, how many rows a group has, or the sum of a column; nothing else is asked about. */
export function toSubject(part: Expression): string | undefined {
  if (part.kind === 'name') return part.name
  const [only] = part.kind === 'call' ? part.given : []
  if (part.kind === 'call' && part.of === 'sum' && only?.kind === 'for' && part.given.length === 1)
    return columnSum(only)
  if (part.kind !== 'call' || part.given.length !== 1 || only?.kind !== 'name') return undefined
  return part.of === 'count' || part.of === 'sum' ? `${part.of}(${only.name})` : undefined
}

/** `sum(for f in floors return f.area)` is the sum of a column. */
function columnSum({ item, list, result }: Extract<Expression, { kind: 'for' }>): string | undefined {
  if (list.kind !== 'name' || result.kind !== 'name' || !result.name.startsWith(`${item}.`)) return undefined
  return `sum(${list.name}.${result.name.slice(item.length + 1)})`
}

function toValue(part: Expression): Value | undefined {
  switch (part.kind) {
    case 'text':
      return { kind: 'text', text: part.text }
    case 'number':
      return { kind: 'number', text: part.text }
    case 'truth':
      return { kind: 'truth', yes: part.yes }
    case 'name':
      return { kind: 'name', name: part.name }
    case 'call':
      return toWritten(part)
    default:
      return undefined
  }
}

/** `date("2026-01-01")` and `money(5, "ILS")`. */
export function toWritten({ of, given }: Extract<Expression, { kind: 'call' }>): Value | undefined {
  const [first, second] = given
  if (of === 'date' && given.length === 1 && first?.kind === 'text') return { kind: 'date', day: first.text }
  if (of === 'money' && given.length === 2 && first?.kind === 'number' && second?.kind === 'text')
    return { kind: 'money', amount: first.text, currency: second.text }
  return undefined
}
