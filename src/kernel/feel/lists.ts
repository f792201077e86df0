import type { SyntaxNode } from '@lezer/common'
import { FeelError } from './errors.ts'
import { children, childrenOf, nameAt } from './parse.ts'
import { type Compilation, compileAs, compilePart, type Part } from './part.ts'
import { type Closure, type Fields, type Inner, type Run, spend } from './run.ts'
import { booleanType, describeType, type FeelType, listType, numberType } from './types.ts'

type Loop = { readonly slot: number; readonly list: Closure }

const empty: FeelType = listType({ kind: 'null' })

function compileListPart(node: SyntaxNode, to: Compilation): { type: FeelType; run: Closure } {
  const part = compilePart(node, to)
  if (part.type.kind !== 'list') {
    throw new FeelError('wrong-type', node, describeType(empty), describeType(part.type))
  }
  return { type: part.type.of, run: part.run }
}

/** A compilation that also knows a loop variable. */
function withLocal(to: Compilation, name: string, type: FeelType): [Compilation, number] {
  const slot = to.slots.count
  to.slots.count += 1
  return [{ ...to, locals: new Map(to.locals).set(name, { type, slot }) }, slot]
}

/** `i in list, j in other`: lists only, a range of numbers could be without end. */
function compileLoops(node: SyntaxNode, to: Compilation): [Loop[], Compilation] {
  const loops: Loop[] = []
  let inside = to
  for (const clause of children(node)) {
    if (clause.name !== 'InExpression') continue
    const [name, , source] = childrenOf(clause, 3) as [SyntaxNode, SyntaxNode, SyntaxNode]
    const parts = source.name === 'IterationContext' ? children(source) : [source]
    const over = parts[0]
    if (parts.length !== 1 || !over || over.name === 'SimplePositiveUnaryTest') {
      throw new FeelError('range-not-list', source)
    }
    const list = compileListPart(over, inside)
    const [next, slot] = withLocal(inside, nameAt(to.source, name), list.type)
    inside = next
    loops.push({ slot, list: list.run })
  }
  return [loops, inside]
}

/** Goes through the loops, inner ones fastest; `visit` says whether to stop. False when a list is not known. */
function iterate(
  run: Run,
  loops: readonly Loop[],
  visit: () => boolean,
  depth = 0,
): 'ended' | 'stopped' | 'unknown' {
  const loop = loops[depth]
  if (!loop) return visit() ? 'stopped' : 'ended'
  const list = loop.list(run)
  if (!Array.isArray(list)) return 'unknown'
  for (const item of list as readonly Inner[]) {
    spend(run, 1)
    run.locals[loop.slot] = item
    const result = iterate(run, loops, visit, depth + 1)
    if (result !== 'ended') return result
  }
  return 'ended'
}

/** `for i in list return …`. */
export function compileFor(node: SyntaxNode, to: Compilation): Part {
  const [, clauses, , result] = childrenOf(node, 4) as [SyntaxNode, SyntaxNode, SyntaxNode, SyntaxNode]
  const [loops, inside] = compileLoops(clauses, to)
  const body = compilePart(result, inside)
  return {
    type: listType(body.type),
    run: run => {
      const results: Inner[] = []
      const end = iterate(run, loops, () => {
        results.push(body.run(run))
        return false
      })
      return end === 'unknown' ? null : results
    },
  }
}

/** `some i in list satisfies …`, `every …`: not known when only an unknown item could decide. */
export function compileQuantified(node: SyntaxNode, to: Compilation): Part {
  const [kind, clauses, , condition] = childrenOf(node, 4) as [SyntaxNode, SyntaxNode, SyntaxNode, SyntaxNode]
  const deciding = kind.name === 'some'
  const [loops, inside] = compileLoops(clauses, to)
  const test = compileAs(condition, booleanType, inside).run
  return {
    type: booleanType,
    run: run => {
      let result: boolean | null = !deciding
      const end = iterate(run, loops, () => {
        const found = test(run)
        if (found === null) result = null
        return found === deciding
      })
      if (end === 'stopped') return deciding
      return end === 'unknown' ? null : result
    },
  }
}

/** `list[condition]` keeps the items for which it is true; `list[2]` is the second, `list[-1]` the last. */
export function compileFilter(node: SyntaxNode, to: Compilation): Part {
  const [source, , condition] = childrenOf(node, 4) as [SyntaxNode, SyntaxNode, SyntaxNode, SyntaxNode]
  const list = compileListPart(source, to)
  const [inside, slot] = withItem(to, list.type)
  const test = compilePart(condition, inside)
  if (test.type.kind === 'number') return compileIndex(list, test.run)
  if (test.type.kind !== 'boolean' && test.type.kind !== 'null') {
    throw new FeelError('wrong-type', condition, describeType(booleanType), describeType(test.type))
  }
  const fields = list.type.kind === 'context' ? Object.keys(list.type.fields) : []
  return {
    type: listType(list.type),
    run: run => {
      const items = list.run(run)
      if (!Array.isArray(items)) return null
      return (items as readonly Inner[]).filter(item => {
        spend(run, 1 + fields.length)
        run.locals[slot] = item
        for (const [at, field] of fields.entries()) {
          run.locals[slot + 1 + at] = (item as Fields | null)?.[field] ?? null
        }
        return test.run(run) === true
      })
    },
  }
}

/** Inside a filter `item` is each item; where items have fields, these are known by their names too. */
function withItem(to: Compilation, type: FeelType): [Compilation, number] {
  let [inside, slot] = withLocal(to, 'item', type)
  if (type.kind === 'context') {
    for (const [field, of] of Object.entries(type.fields)) [inside] = withLocal(inside, field, of)
  }
  return [inside, slot]
}

function compileIndex(list: { type: FeelType; run: Closure }, index: Closure): Part {
  return {
    type: list.type.kind === 'null' ? numberType : list.type,
    run: run => {
      const items = list.run(run)
      const place = index(run)
      if (!Array.isArray(items) || place === null) return null
      const at = Number(String(place))
      return (items as readonly Inner[]).at(at > 0 ? at - 1 : at === 0 ? items.length : at) ?? null
    },
  }
}
