import type { SyntaxNode } from '@lezer/common'
import { Decimal } from '../../lib/decimal.ts'
import { FeelError } from './errors.ts'
import { children, childrenOf, nameAt } from './parse.ts'
import { type Compilation, compileAs, compilePart, type Part, shared } from './part.ts'
import { type Closure, type Inner, spend } from './run.ts'
import { booleanType, describeType, type FeelType, numberType, textType } from './types.ts'

type Test = (value: Inner, run: Parameters<Closure>[0]) => boolean | null
type Operation = (a: Decimal, b: Decimal) => Decimal | null

const operations: Record<string, Operation> = {
  '+': (a, b) => a.add(b),
  '-': (a, b) => a.sub(b),
  '*': (a, b) => a.mul(b),
  '/': (a, b) => (b.sign() === 0 ? null : a.div(b)),
}

/** What an operation gives, by what stands on its two sides. */
function resultType(node: SyntaxNode, operator: string, a: FeelType, b: FeelType): FeelType {
  if (operator === '+' || operator === '-') {
    const type = shared(node, a, b)
    if (type.kind === 'number' || type.kind === 'money') return type
    if (type.kind === 'text' && operator === '+') return type
  } else {
    const left = a.kind === 'null' ? numberType : a
    const right = b.kind === 'null' ? numberType : b
    if (left.kind === 'number' && right.kind === 'number') return numberType
    if (left.kind === 'money' && right.kind === 'number') return left
    if (left.kind === 'number' && right.kind === 'money' && operator === '*') return right
    if (left.kind === 'money' && right.kind === 'money' && operator === '/') {
      shared(node, left, right)
      return numberType
    }
  }
  throw new FeelError('types-differ', node, describeType(a), describeType(b))
}

/** + − × ÷ on numbers and amounts, + on texts; with null on either side the result is null. */
export function compileArithmetic(node: SyntaxNode, to: Compilation): Part {
  const parts = children(node)
  if (parts.length === 2) return compileSign(node, to)
  const [first, sign, second] = childrenOf(node, 3) as [SyntaxNode, SyntaxNode, SyntaxNode]
  const operator = nameAt(to.source, sign)
  const operation = operations[operator]
  if (!operation) throw new FeelError('unsupported', sign)
  const left = compilePart(first, to)
  const right = compilePart(second, to)
  const type = resultType(node, operator, left.type, right.type)
  const run: Closure = run => {
    const a = left.run(run)
    const b = right.run(run)
    if (a === null || b === null) return null
    return type.kind === textType.kind ? `${a}${b}` : operation(a as Decimal, b as Decimal)
  }
  return { type, run }
}

function compileSign(node: SyntaxNode, to: Compilation): Part {
  const [sign, operand] = childrenOf(node, 2) as [SyntaxNode, SyntaxNode]
  const part = compilePart(operand, to)
  if (part.type.kind !== 'number' && part.type.kind !== 'money') {
    throw new FeelError('wrong-type', operand, describeType(numberType), describeType(part.type))
  }
  if (nameAt(to.source, sign) === '+') return part
  return {
    type: part.type,
    run: run => {
      const value = part.run(run)
      return value === null ? null : (value as Decimal).negate()
    },
  }
}

/** False and anything is false, also when the other is not known. */
export function compileConjunction(node: SyntaxNode, to: Compilation): Part {
  const [left, right] = sides(node, to)
  return {
    type: booleanType,
    run: run => {
      const a = left(run)
      if (a === false) return false
      const b = right(run)
      return b === false ? false : a === null || b === null ? null : true
    },
  }
}

/** True or anything is true, also when the other is not known. */
export function compileDisjunction(node: SyntaxNode, to: Compilation): Part {
  const [left, right] = sides(node, to)
  return {
    type: booleanType,
    run: run => {
      const a = left(run)
      if (a === true) return true
      const b = right(run)
      return b === true ? true : a === null || b === null ? null : false
    },
  }
}

function sides(node: SyntaxNode, to: Compilation): [Closure, Closure] {
  const [first, , second] = childrenOf(node, 3) as [SyntaxNode, SyntaxNode, SyntaxNode]
  return [compileAs(first, booleanType, to).run, compileAs(second, booleanType, to).run]
}

/** How two values of one type stand: negative, zero, positive. */
function order(a: Inner, b: Inner): number {
  if (a instanceof Decimal && b instanceof Decimal) return a.compare(b)
  const [first, second] = [a as string, b as string]
  return first < second ? -1 : first > second ? 1 : 0
}

/** Equality of values that have one; null equals null only. */
export function equal(a: Inner, b: Inner): boolean {
  return a instanceof Decimal && b instanceof Decimal ? a.equals(b) : a === b
}

const ordered: Record<string, (order: number) => boolean> = {
  '<': order => order < 0,
  '<=': order => order <= 0,
  '>': order => order > 0,
  '>=': order => order >= 0,
}

/** One comparison with a value: `= x`, `> x`; an order with null is not known. */
function comparison(node: SyntaxNode, operator: string, subject: FeelType, part: Part): Test {
  const type = shared(node, subject, part.type)
  if (operator === '=' || operator === '!=') {
    const withNull = subject.kind === 'null' || part.type.kind === 'null'
    if (!withNull && (type.kind === 'list' || type.kind === 'context'))
      throw new FeelError('unsupported', node)
    return (value, run) => equal(value, part.run(run)) === (operator === '=')
  }
  const holds = ordered[operator]
  if (!holds) throw new FeelError('unsupported', node)
  if (!['number', 'money', 'date', 'null'].includes(type.kind)) {
    throw new FeelError('wrong-type', node, describeType(numberType), describeType(type))
  }
  return (value, run) => {
    const other = part.run(run)
    return value === null || other === null ? null : holds(order(value, other))
  }
}

function both(first: Test, second: Test): Test {
  return (value, run) => {
    const a = first(value, run)
    if (a === false) return false
    const b = second(value, run)
    return b === false ? false : a === null || b === null ? null : true
  }
}

/** `a > b`, `a between b and c`, `a in …`. */
export function compileComparison(node: SyntaxNode, to: Compilation): Part {
  const parts = children(node)
  const [first, operator, second] = parts as [SyntaxNode, SyntaxNode, SyntaxNode]
  const subject = compilePart(first, to)
  const test = compileTest()
  return { type: booleanType, run: run => test(subject.run(run), run) }

  function compileTest(): Test {
    const against = (sign: string, other: SyntaxNode) =>
      comparison(node, sign, subject.type, compilePart(other, to))
    if (operator.name === 'CompareOp') return against(nameAt(to.source, operator), second)
    if (operator.name === 'between') {
      const last = parts[4]
      if (!last) throw new FeelError('unsupported', node)
      return both(against('>=', second), against('<=', last))
    }
    if (operator.name !== 'in') throw new FeelError('unsupported', operator)
    const tests = second.name === '(' ? children(parts[3] as SyntaxNode) : [second]
    return oneOf(
      tests.filter(each => each.name !== ',').map(each => compileUnaryTest(each, subject.type, to)),
    )
  }
}

function oneOf(tests: readonly Test[]): Test {
  return (value, run) => {
    let result: boolean | null = false
    for (const test of tests) {
      const found = test(value, run)
      if (found === true) return true
      if (found === null) result = null
    }
    return result
  }
}

/** What may stand after `in`: a value, a list, a comparison, an interval. */
function compileUnaryTest(node: SyntaxNode, subject: FeelType, to: Compilation): Test {
  const inner = node.name === 'PositiveUnaryTest' ? (childrenOf(node, 1)[0] as SyntaxNode) : node
  if (inner.name !== 'SimplePositiveUnaryTest') {
    const part = compilePart(inner, to)
    if (part.type.kind !== 'list') return comparison(inner, '=', subject, part)
    const equals = shared(inner, subject, part.type.of)
    if (equals.kind === 'list' || equals.kind === 'context') throw new FeelError('unsupported', inner)
    return (value, run) => {
      const list = part.run(run)
      if (!Array.isArray(list)) return null
      spend(run, list.length)
      return list.some(item => equal(item, value))
    }
  }
  const [first, second] = children(inner) as [SyntaxNode, SyntaxNode | undefined]
  if (second) return comparison(inner, nameAt(to.source, first), subject, compilePart(second, to))
  const [open, from, , until, close] = childrenOf(first, 5) as [
    SyntaxNode,
    SyntaxNode,
    SyntaxNode,
    SyntaxNode,
    SyntaxNode,
  ]
  return both(
    comparison(from, open.name === '[' ? '>=' : '>', subject, compilePart(from, to)),
    comparison(until, close.name === ']' ? '<=' : '<', subject, compilePart(until, to)),
  )
}
