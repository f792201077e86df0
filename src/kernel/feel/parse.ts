import type { SyntaxNode, Tree } from '@lezer/common'
import { parser, trackVariables } from 'lezer-feel'
import { FeelError, type FeelSpan } from './errors.ts'
import type { FeelScope, FeelType } from './types.ts'

const longest = 10_000
const deepest = 120

const reserved = new Set(
  'and or not in between if then else for return some every satisfies true false null function instance of'.split(
    ' ',
  ),
)

/** Whether a name can be told from the language around it: no word of the language, no figure in front. */
export function isFeelName(name: string): boolean {
  if (!/^[\p{L}_][\p{L}\p{M}\p{N}_ /-]*$/u.test(name) || name !== name.trim() || name.includes('  '))
    return false
  return !name.split(' ').some(word => reserved.has(word))
}

type Shape = { [name: string]: Shape }

/**
 * The names of a scope as the parser wants them, so that a name with spaces or signs is read as one. A list
 * stands as the shape of its items: the parser carries it to loop variables, filters and paths.
 */
function shapeOf(scope: FeelScope): Shape {
  const shape = (type: FeelType): Shape => {
    if (type.kind === 'context') return shapeOf(type.fields)
    return type.kind === 'list' ? shape(type.of) : {}
  }
  return Object.fromEntries(
    Object.entries(scope).map(([name, type]) => {
      if (!isFeelName(name)) throw new FeelError('unfit-name', { from: 0, to: 0 }, name)
      return [name, shape(type)]
    }),
  )
}

type Tracked = { readonly children: readonly unknown[]; assign(changes: object): Tracked }
type Reduce = (tracked: Tracked, term: number, ...rest: unknown[]) => Tracked

const filterTerm = parser.nodeSet.types.find(type => type.name === 'FilterExpression')?.id

/**
 * The parser's own tracker of names, with one repair: after `list[a > 1]` it takes the names that may follow a
 * point from the condition; they are those of the list, the first part of the filter.
 */
function trackNames(scope: FeelScope): ReturnType<typeof trackVariables> {
  const tracker = trackVariables(shapeOf(scope)) as ReturnType<typeof trackVariables> & { reduce: Reduce }
  const original = tracker.reduce
  const reduce: Reduce = (tracked, term, ...rest) => {
    if (term !== filterTerm || tracked.children.length < 3) return original(tracked, term, ...rest)
    const children = [tracked.children[0], tracked.children.at(-1)]
    return original(tracked.assign({ children }), term, ...rest)
  }
  return Object.assign(tracker, { reduce })
}

const parsers = new WeakMap<FeelScope, typeof parser>()

/** Reads rules whose names are single words: no name needs to be known to be told from what stands around it. */
const plainParser = parser.configure({ strict: true, top: 'Expression' })
const plainName = /^[A-Za-z][A-Za-z0-9]*$/

function arePlain(scope: FeelScope): boolean {
  const isPlain = (type: FeelType): boolean =>
    type.kind === 'context' ? arePlain(type.fields) : type.kind === 'list' ? isPlain(type.of) : true
  return Object.entries(scope).every(
    ([name, type]) => plainName.test(name) && isFeelName(name) && isPlain(type),
  )
}

function parserFor(scope: FeelScope): typeof parser {
  let found = parsers.get(scope)
  if (!found) {
    found = arePlain(scope)
      ? plainParser
      : parser.configure({ contextTracker: trackNames(scope), strict: true, top: 'Expression' })
    parsers.set(scope, found)
  }
  return found
}

/** What the plain parser has read: services say much the same in their rules. */
const plainTrees = new Map<string, Tree>()
const mostTrees = 2_000

/** Brackets are counted before parsing: the parser gives up on deep nesting without saying so. */
function refuseDeepNesting(source: string): void {
  let depth = 0
  let inText = false
  for (let at = 0; at < source.length; at += 1) {
    const sign = source[at]
    if (sign === '"' && source[at - 1] !== '\\') inText = !inText
    if (inText) continue
    if (sign === '(' || sign === '[' || sign === '{') depth += 1
    if (sign === ')' || sign === ']' || sign === '}') depth -= 1
    if (depth > deepest) throw new FeelError('too-deep', { from: at, to: at + 1 })
  }
}

function refuseDeepTree(tree: Tree): void {
  let depth = 0
  tree.iterate({
    enter(node) {
      depth += 1
      if (depth > deepest * 3) throw new FeelError('too-deep', node)
    },
    leave() {
      depth -= 1
    },
  })
}

function parseTree(source: string, by: typeof parser): Tree {
  try {
    return by.parse(source)
  } catch (error) {
    const place = /No parse at (\d+)/.exec(error instanceof Error ? error.message : '')
    const from = Math.min(Number(place?.[1] ?? 0), source.length)
    throw new FeelError('syntax', { from, to: Math.min(from + 1, source.length) })
  }
}

function parseBounded(source: string, by: typeof parser): Tree {
  refuseDeepNesting(source)
  const tree = parseTree(source, by)
  refuseDeepTree(tree)
  if (by !== plainParser) return tree
  if (plainTrees.size >= mostTrees) plainTrees.clear()
  plainTrees.set(source, tree)
  return tree
}

/** The expression of a source, within the bounds of length and depth a rule may have. */
export function parseFeel(source: string, scope: FeelScope): SyntaxNode {
  if (source.length > longest) throw new FeelError('too-long', { from: longest, to: source.length })
  const by = parserFor(scope)
  const tree = (by === plainParser ? plainTrees.get(source) : undefined) ?? parseBounded(source, by)
  const expression = children(tree.topNode)[0]
  if (!expression) throw new FeelError('syntax', { from: 0, to: source.length })
  return expression
}

/** The parts of a node, comments left out. */
export function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.type.isError) throw new FeelError('syntax', child)
    if (!child.name.endsWith('Comment')) found.push(child)
  }
  return found
}

/** The parts of a node that must be so many; the grammar has no other form, so another is not ours. */
export function childrenOf(node: SyntaxNode, count: number): SyntaxNode[] {
  const found = children(node)
  if (found.length !== count) throw new FeelError('unsupported', node)
  return found
}

/** A name with its inner spaces made one. */
export function nameAt(source: string, span: FeelSpan): string {
  return source.slice(span.from, span.to).trim().replace(/\s+/g, ' ')
}
