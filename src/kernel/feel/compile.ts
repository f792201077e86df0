import type { SyntaxNode } from '@lezer/common'
import { Decimal } from '../../lib/decimal.ts'
import { FeelError } from './errors.ts'
import { compileCall, compileDate } from './functions.ts'
import { compileFilter, compileFor, compileQuantified } from './lists.ts'
import { compileArithmetic, compileComparison, compileConjunction, compileDisjunction } from './operators.ts'
import { children, childrenOf, nameAt } from './parse.ts'
import { type Compilation, compileAs, compilePart, type Part, shared } from './part.ts'
import { own, reader, spend } from './run.ts'
import {
  booleanType,
  describeType,
  type FeelType,
  type FeelValue,
  listType,
  nullType,
  numberType,
  textType,
} from './types.ts'

/** Compiles one node of the tree; every kind of node that is not named here is refused. */
export function dispatch(node: SyntaxNode, to: Compilation): Part {
  switch (node.name) {
    case 'NumericLiteral':
      return compileNumber(node, to)
    case 'StringLiteral':
      return compileText(node, to)
    case 'BooleanLiteral': {
      const value = nameAt(to.source, node) === 'true'
      return { type: booleanType, run: () => value }
    }
    case 'null':
      return { type: nullType, run: () => null }
    case 'DateTimeLiteral':
      return compileDate(node, to)
    case 'VariableName':
      return compileName(node, to)
    case 'PathExpression':
      return compilePath(node, to)
    case 'ParenthesizedExpression':
      return compilePart(childrenOf(node, 3)[1] as SyntaxNode, to)
    case 'ArithmeticExpression':
      return compileArithmetic(node, to)
    case 'Comparison':
      return compileComparison(node, to)
    case 'Conjunction':
      return compileConjunction(node, to)
    case 'Disjunction':
      return compileDisjunction(node, to)
    case 'IfExpression':
      return compileIf(node, to)
    case 'List':
      return compileList(node, to)
    case 'FunctionInvocation':
      return compileCall(node, to)
    case 'ForExpression':
      return compileFor(node, to)
    case 'QuantifiedExpression':
      return compileQuantified(node, to)
    case 'FilterExpression':
      return compileFilter(node, to)
    default:
      throw new FeelError('unsupported', node)
  }
}

function compileNumber(node: SyntaxNode, to: Compilation): Part {
  const written = to.source.slice(node.from, node.to).replace(/\s/g, '')
  const value = Decimal.parse(written)
  if (!value) throw new FeelError('wrong-literal', node, written)
  return { type: numberType, run: () => value, literal: value }
}

function compileText(node: SyntaxNode, to: Compilation): Part {
  const written = to.source.slice(node.from, node.to)
  try {
    const value: unknown = JSON.parse(written)
    if (typeof value === 'string') return { type: textType, run: () => value, literal: value }
  } catch {
    // Said below: an escape that does not exist.
  }
  throw new FeelError('wrong-literal', node, written)
}

function compileName(node: SyntaxNode, to: Compilation): Part {
  const name = nameAt(to.source, node)
  const local = to.locals.get(name)
  if (local) {
    const { slot, type } = local
    return { type, run: run => run.locals[slot] ?? null }
  }
  const type = Object.hasOwn(to.scope, name) ? to.scope[name] : undefined
  if (!type) throw new FeelError('unknown-name', node, name)
  return compileRead([name], type, to)
}

/** Reads one value given from outside, and notes that it was read. */
function compileRead(path: readonly string[], type: FeelType, to: Compilation): Part {
  const name = path.join('.')
  const read = reader(type, name)
  to.names.add(name)
  const find = (values: FeelValue): FeelValue | undefined => {
    let value: FeelValue | undefined = values
    for (const key of path) value = own(value, key)
    return value
  }
  return {
    type,
    path,
    run: run => {
      const value = find(run.values)
      run.reads?.set(name, value ?? null)
      return read(value, run)
    },
  }
}

function compilePath(node: SyntaxNode, to: Compilation): Part {
  const [target, , property] = childrenOf(node, 3) as [SyntaxNode, SyntaxNode, SyntaxNode]
  const name = nameAt(to.source, property)
  const names = new Set(to.names)
  const base = compilePart(target, to)
  const inList = base.type.kind === 'list' && base.type.of.kind === 'context'
  const context = base.type.kind === 'list' ? base.type.of : base.type
  if (context.kind !== 'context') {
    throw new FeelError(
      'wrong-type',
      target,
      describeType({ kind: 'context', fields: {} }),
      describeType(base.type),
    )
  }
  const type = Object.hasOwn(context.fields, name) ? context.fields[name] : undefined
  if (!type) throw new FeelError('unknown-name', property, name)
  if (base.path && !inList) {
    to.names.clear()
    for (const known of names) to.names.add(known)
    return compileRead([...base.path, name], type, to)
  }
  const pick = (value: unknown) => (value as Record<string, never> | null)?.[name] ?? null
  if (!inList) return { type, run: run => pick(base.run(run)) }
  return {
    type: listType(type),
    run: run => {
      const list = base.run(run)
      if (!Array.isArray(list)) return null
      spend(run, list.length)
      return list.map(pick)
    },
  }
}

function compileIf(node: SyntaxNode, to: Compilation): Part {
  const parts = childrenOf(node, 6) as [
    SyntaxNode,
    SyntaxNode,
    SyntaxNode,
    SyntaxNode,
    SyntaxNode,
    SyntaxNode,
  ]
  // Asked before what is inside it, so that places come in their order.
  const hear = to.probe?.(node.from)
  const condition = compileAs(parts[1], booleanType, to).run
  const then = compilePart(parts[3], to)
  const otherwise = compilePart(parts[5], to)
  const type = shared(node, then.type, otherwise.type)
  if (!hear) return { type, run: run => (condition(run) === true ? then.run(run) : otherwise.run(run)) }
  return {
    type,
    run: run => {
      const holds = condition(run) === true
      hear(holds)
      return holds ? then.run(run) : otherwise.run(run)
    },
  }
}

function compileList(node: SyntaxNode, to: Compilation): Part {
  const nodes = children(node).filter(child => !/^[[\],]$/.test(child.name))
  const items = nodes.map(item => compilePart(item, to))
  const type = items.reduce((known, item, at) => shared(nodes[at] ?? node, known, item.type), nullType)
  const runs = items.map(item => item.run)
  return {
    type: listType(type),
    run: run => {
      spend(run, runs.length)
      return runs.map(item => item(run))
    },
  }
}
