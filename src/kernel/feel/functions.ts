import type { SyntaxNode } from '@lezer/common'
import { isCalendarDate } from '../../lib/calendar.ts'
import { Decimal } from '../../lib/decimal.ts'
import { isCurrency } from '../../lib/money.ts'
import { FeelError } from './errors.ts'
import { equal } from './operators.ts'
import { children, childrenOf, nameAt } from './parse.ts'
import { type Compilation, compilePart, type Part, shared } from './part.ts'
import { type Closure, type Inner, spend } from './run.ts'
import { booleanType, dateType, type FeelType, moneyType, numberType, textType, unify } from './types.ts'

type Arguments = { readonly node: SyntaxNode; readonly parts: readonly Part[]; readonly refuse: () => never }
type Builder = (given: Arguments) => Part

/** A function of values that must all be known: with a null among them it is null. */
function strict(type: FeelType, parts: readonly Part[], apply: (...values: never[]) => Inner): Part {
  const runs = parts.map(part => part.run)
  return {
    type,
    run: run => {
      const values = runs.map(each => each(run))
      return values.includes(null) ? null : apply(...(values as never[]))
    },
  }
}

/** A function whose arguments have fixed types. */
function fixed(types: readonly FeelType[], result: FeelType, apply: (...values: never[]) => Inner): Builder {
  return ({ parts, refuse }) => {
    if (parts.length !== types.length) refuse()
    if (types.some((type, at) => !unify(type, parts[at]?.type ?? type))) refuse()
    return strict(result, parts, apply)
  }
}

/** A rounding, of a number or an amount, to places that are written out. */
function rounding(round: (value: Decimal, places: number) => Decimal): Builder {
  return ({ parts, refuse }) => {
    const [value, places] = parts
    if (!value || parts.length > 2) return refuse()
    if (value.type.kind !== 'number' && value.type.kind !== 'money') refuse()
    if (places && !(places.literal instanceof Decimal)) refuse()
    const digits = places?.literal instanceof Decimal ? places.literal.toNumber() : 0
    if (!(Number.isInteger(digits) && digits >= 0 && digits <= 12)) refuse()
    return strict(value.type, [value], (decimal: Decimal) => round(decimal, digits))
  }
}

/** A function of many values of one type: `sum(a, b)` or `sum(list)`; an unknown value makes it unknown. */
function aggregate(kinds: readonly string[], fold: (values: readonly Inner[]) => Inner): Builder {
  return ({ node, parts, refuse }) => {
    const [first] = parts
    if (!first) return refuse()
    const alone = parts.length === 1 && first.type.kind === 'list' ? first : undefined
    const listed = first.type.kind === 'list' ? first.type.of : first.type
    const type = alone ? listed : parts.reduce((known, part) => shared(node, known, part.type), first.type)
    if (!kinds.includes(type.kind)) refuse()
    const runs = parts.map(part => part.run)
    const gather: Closure = alone ? alone.run : run => runs.map(each => each(run))
    return {
      type,
      run: run => {
        const values = gather(run)
        if (!Array.isArray(values)) return null
        spend(run, values.length)
        return values.includes(null) ? null : fold(values)
      },
    }
  }
}

const most = (values: readonly Inner[], direction: 1 | -1): Inner =>
  values.reduce((best, value) => (rank(value, best) * direction > 0 ? value : best), values[0] ?? null)

function rank(a: Inner, b: Inner): number {
  if (a instanceof Decimal && b instanceof Decimal) return a.compare(b)
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0
}

const part = (from: number, to: number) => (date: string) => Decimal.of(Number(date.slice(from, to)))

const builders: Record<string, Builder> = {
  // The sum of nothing is zero: a fee for no rooms is no fee, not an unknown one.
  sum: aggregate(['number', 'money'], values =>
    values.reduce<Decimal>((total, value) => total.add(value as Decimal), Decimal.zero),
  ),
  min: aggregate(['number', 'money', 'date'], values => most(values, -1)),
  max: aggregate(['number', 'money', 'date'], values => most(values, 1)),
  count: ({ parts, refuse }) => {
    if (parts.length !== 1 || parts[0]?.type.kind !== 'list') refuse()
    return strict(numberType, parts, (list: readonly Inner[]) => Decimal.of(list.length))
  },
  'list contains': ({ node, parts, refuse }) => {
    const [list, item] = parts
    if (!list || !item || parts.length !== 2 || list.type.kind !== 'list') return refuse()
    const type = shared(node, list.type.of, item.type)
    if (type.kind === 'list' || type.kind === 'context') refuse()
    return {
      type: booleanType,
      run: run => {
        const values = list.run(run)
        if (!Array.isArray(values)) return null
        spend(run, values.length)
        const wanted = item.run(run)
        return values.some(value => equal(value, wanted))
      },
    }
  },
  'round half up': rounding((value, places) => value.round(places, 'half-up')),
  floor: rounding((value, places) => value.floor(places)),
  ceiling: rounding((value, places) => value.ceil(places)),
  abs: ({ parts, refuse }) => {
    const [value] = parts
    if (!value || parts.length !== 1 || !['number', 'money'].includes(value.type.kind)) return refuse()
    return strict(value.type, parts, (decimal: Decimal) => decimal.abs())
  },
  not: ({ parts, refuse }) => {
    if (parts.length !== 1 || !unify(booleanType, parts[0]?.type ?? numberType)) refuse()
    return strict(booleanType, parts, (value: boolean) => !value)
  },
  contains: fixed([textType, textType], booleanType, (text: string, found: string) => text.includes(found)),
  'starts with': fixed([textType, textType], booleanType, (text: string, start: string) =>
    text.startsWith(start),
  ),
  'string length': fixed([textType], numberType, (text: string) => Decimal.of([...text].length)),
  year: fixed([dateType], numberType, part(0, 4)),
  month: fixed([dateType], numberType, part(5, 7)),
  day: fixed([dateType], numberType, part(8, 10)),
  money: ({ parts, refuse }) => {
    const [amount, currency] = parts
    if (!amount || parts.length !== 2 || !unify(numberType, amount.type)) return refuse()
    const code = currency?.literal
    if (typeof code !== 'string' || !isCurrency(code)) return refuse()
    return { type: moneyType(code), run: amount.run }
  },
}

function compileArguments(node: SyntaxNode, to: Compilation): Part[] {
  if (node.name !== 'PositionalParameters') throw new FeelError('unsupported', node)
  return children(node)
    .filter(child => child.name !== ',')
    .map(child => compilePart(child, to))
}

/** A call of one of our functions, by its name. */
export function compileCall(node: SyntaxNode, to: Compilation): Part {
  const [callee, , parameters] = childrenOf(node, 4) as [SyntaxNode, SyntaxNode, SyntaxNode]
  const name = nameAt(to.source, callee)
  const build = callee.name === 'VariableName' && Object.hasOwn(builders, name) ? builders[name] : undefined
  if (!build) throw new FeelError('unknown-function', callee, name)
  const refuse = (): never => {
    throw new FeelError('wrong-arguments', node, name)
  }
  return build({ node, parts: compileArguments(parameters, to), refuse })
}

/** `date("2026-11-09")` or `date(year, month, day)`; a day that does not exist is null. */
export function compileDate(node: SyntaxNode, to: Compilation): Part {
  const [kind, , parameters] = children(node)
  if (!kind || !parameters || nameAt(to.source, kind) !== 'date') {
    throw new FeelError('unsupported', node)
  }
  const parts = compileArguments(parameters, to)
  const [first] = parts
  const types = parts.map(each => each.type.kind).join()
  if (types === 'text') {
    if (typeof first?.literal === 'string' && !isCalendarDate(first.literal)) {
      throw new FeelError('wrong-literal', node, first.literal)
    }
    return strict(dateType, parts, (text: string) => (isCalendarDate(text) ? text : null))
  }
  if (types !== 'number,number,number') throw new FeelError('wrong-arguments', node, 'date')
  return strict(dateType, parts, (year: Decimal, month: Decimal, day: Decimal) => {
    const pad = (value: Decimal, length: number) => value.toString().padStart(length, '0')
    const date = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`
    return isCalendarDate(date) ? date : null
  })
}
