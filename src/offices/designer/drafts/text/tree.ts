import {
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import { Conflict } from '../../../../lib/errors.ts'

/** A text and what it says, with the places where everything stands. Offsets are of characters. */
export type Tree = { text: string; root: Node | null; value: unknown }

/** The texts read last: an edit reads the same one several times. Trees are never changed. */
const known = new Map<string, Tree>()
const mostKnown = 12

/** @throws Conflict `draft-unreadable`: the text is no YAML, so nothing in it can be named. */
export function readTree(text: string): Tree {
  const tree = known.get(text) ?? readAnew(text)
  known.delete(text)
  known.set(text, tree)
  const [oldest] = known.keys()
  if (known.size > mostKnown && oldest !== undefined) known.delete(oldest)
  return tree
}

function readAnew(text: string): Tree {
  const document = parseDocument(text, {
    keepSourceTokens: true,
    prettyErrors: false,
    merge: false,
    version: '1.2',
  })
  if (document.errors.length > 0) throw new Conflict('draft-unreadable')
  return { text, root: document.contents, value: document.toJS({ maxAliasCount: 50 }) }
}

export const startOf = (node: Node): number => node.range?.[0] ?? 0

/** Where a node's content ends: before its comment and the line break. */
export function endOf(text: string, node: Node | null | undefined, otherwise = 0): number {
  if (!node?.range) return otherwise
  let end = node.range[1]
  if (isMap(node) && !node.flow) {
    const last = node.items.at(-1)
    if (last) end = pairEnd(text, last)
  } else if (isSeq(node) && !node.flow) {
    const last = node.items.at(-1)
    if (isNode(last)) end = endOf(text, last, end)
  }
  while (end > node.range[0] && /\s/.test(text[end - 1] ?? '')) end--
  return end
}

/** Where a key with its value ends. */
export function pairEnd(text: string, pair: Pair): number {
  const afterColon = colonOf(text, pair) + 1
  const { value } = pair
  return isNode(value) && value.range && value.range[1] > value.range[0]
    ? Math.max(endOf(text, value), afterColon)
    : afterColon
}

export const keyOf = (pair: Pair): string => String(isScalar(pair.key) ? pair.key.value : pair.key)
export const keyStart = (pair: Pair): number => (isNode(pair.key) ? startOf(pair.key) : 0)

/** The offset of the colon behind a key. */
export function colonOf(text: string, pair: Pair): number {
  const token = pair.srcToken?.sep?.find(each => each.type === 'map-value-ind')
  if (token) return token.offset
  const after = isNode(pair.key) ? (pair.key.range?.[1] ?? 0) : 0
  return text.indexOf(':', after)
}

/** The offset of each dash of a list whose items stand below each other. */
export function dashesOf(seq: YAMLSeq): number[] {
  const token = seq.srcToken
  if (token?.type !== 'block-seq') return []
  return token.items.flatMap(item =>
    item.start.filter(each => each.type === 'seq-item-ind').map(each => each.offset),
  )
}

export function pairOf(map: YAMLMap, key: string | number): Pair | undefined {
  return map.items.find(item => isPair(item) && keyOf(item) === String(key))
}

export const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1

/** The end of the line, before its break. */
export function lineEnd(text: string, offset: number): number {
  const found = text.indexOf('\n', offset)
  return found < 0 ? text.length : found
}

export const columnOf = (text: string, offset: number): number => offset - lineStart(text, offset)

/** The beginning of the comment lines directly above a line, as far as they stand at its column; else the line's own. */
export function withComments(text: string, start: number, column: number): number {
  let from = start
  while (from > 0) {
    const above = lineStart(text, from - 1)
    const line = text.slice(above, from)
    if (line.search(/\S/) !== column || line[column] !== '#') break
    from = above
  }
  return from
}

export const splice = (text: string, from: number, to: number, by: string): string =>
  text.slice(0, from) + by + text.slice(to)
