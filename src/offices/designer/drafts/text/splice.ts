import { isNode, type Pair, type YAMLMap, type YAMLSeq } from 'yaml'
import type { Hold } from './locate.ts'
import {
  colonOf,
  columnOf,
  dashesOf,
  endOf,
  keyOf,
  keyStart,
  lineEnd,
  lineStart,
  pairEnd,
  splice,
  startOf,
  withComments,
} from './tree.ts'
import { isTall, placeOf, writeAfterKey, writeFlow, writeItem, writeScalar } from './write.ts'

/** Single changes of a text at places that were found in it. Whatever is not concerned stays as it stands. */

const spaces = (count: number) => ' '.repeat(count)

/** A line more after the line an offset stands in. */
export function lineAfter(text: string, offset: number, lines: string): string {
  const end = lineEnd(text, offset)
  return end === text.length ? `${text}\n${lines}\n` : splice(text, end, end, `\n${lines}`)
}

const lineBefore = (text: string, start: number, lines: string) => splice(text, start, start, `${lines}\n`)

/** The value of a key that is there. */
export function setValue(text: string, map: YAMLMap, pair: Pair, value: unknown): string {
  const node = isNode(pair.value) ? pair.value : undefined
  const from = colonOf(text, pair) + 1
  if (map.flow) return splice(text, from, pairEnd(text, pair), ` ${writeFlow(value)}`)
  const indent = spaces(columnOf(text, keyStart(pair)))
  const written = writeAfterKey(keyOf(pair), value, indent)
  const wasEmpty = !node || endOf(text, node) <= from
  if (wasEmpty) return splice(text, from, from, written)
  const isInline = lineStart(text, startOf(node)) === lineStart(text, from)
  const end = endOf(text, node)
  return !written.startsWith('\n') && isInline
    ? splice(text, startOf(node), end, written.slice(1))
    : splice(text, from, end, written)
}

/** A key that was not there, at its place among the others. */
export function addKey(text: string, map: YAMLMap, key: string, value: unknown): string {
  const pairs = map.items as Pair[]
  const before = pairs.filter(pair => placeOf(keyOf(pair)) <= placeOf(key)).at(-1) ?? pairs.at(-1)
  if (map.flow) {
    const pair = `${writeScalar(key)}: ${writeFlow(value)}`
    if (!before) return splice(text, startOf(map), endOf(text, map), `{ ${pair} }`)
    const end = pairEnd(text, before)
    return splice(text, end, end, `, ${pair}`)
  }
  if (!before) throw new Error('a mapping below each other has a key')
  const column = columnOf(text, keyStart(pairs[0] as Pair))
  const written = `${spaces(column)}${writeScalar(key)}:${writeAfterKey(key, value, spaces(column))}`
  const apart = column === 0 && written.includes('\n') ? '\n' : ''
  return lineAfter(text, pairEnd(text, before), apart + written)
}

/** Takes a key out; the only one leaves `{}`. */
export function dropKey(text: string, map: YAMLMap, pair: Pair, hold: Hold | undefined): string {
  const pairs = map.items as Pair[]
  const at = pairs.indexOf(pair)
  if (map.flow) {
    const [next, previous] = [pairs[at + 1], pairs[at - 1]]
    if (next) return splice(text, keyStart(pair), keyStart(next), '')
    if (previous) return splice(text, pairEnd(text, previous), pairEnd(text, pair), '')
  }
  if (pairs.length === 1) return empty(text, map, hold, '{}')
  const start = keyStart(pair)
  const isFirstOfItem = text.slice(lineStart(text, start), start).trim() !== ''
  const next = pairs[at + 1]
  if (isFirstOfItem && next) return splice(text, start, keyStart(next), '')
  return dropLines(
    text,
    withComments(text, lineStart(text, start), columnOf(text, start)),
    pairEnd(text, pair),
  )
}

function dropLines(text: string, from: number, end: number): string {
  return splice(text, from, Math.min(text.length, lineEnd(text, end) + 1), '')
}

/** A collection that lost all it held. */
function empty(text: string, node: YAMLMap | YAMLSeq, hold: Hold | undefined, written: string): string {
  if (node.flow || hold?.in !== 'map') return splice(text, startOf(node), endOf(text, node), written)
  return splice(text, colonOf(text, hold.pair) + 1, endOf(text, node), ` ${written}`)
}

/** An item in place of another. */
export function setItem(text: string, list: YAMLSeq, at: number, key: string, value: unknown): string {
  const item = list.items[at]
  if (!isNode(item)) throw new Error('an item of a list is there')
  const dash = dashesOf(list)[at]
  if (list.flow || dash === undefined) return splice(text, startOf(item), endOf(text, item), writeFlow(value))
  const indent = spaces(columnOf(text, dash))
  return splice(text, dash, endOf(text, item), writeItem(key, value, indent).trimStart())
}

/** An item more, before the one at `at`, or at the end. */
export function addItem(text: string, list: YAMLSeq, hold: Hold, at: number, value: unknown): string {
  const key = hold.in === 'map' ? keyOf(hold.pair) : hold.key
  const { items } = list
  const last = items.at(-1)
  if (!isNode(last)) {
    if (hold.in === 'map' && !hold.map.flow && isTall(key, [value]))
      return setValue(text, hold.map, hold.pair, [value])
    return splice(text, startOf(list), endOf(text, list), writeFlow([value]))
  }
  const next = items[at]
  const dashes = dashesOf(list)
  if (list.flow || dashes.length !== items.length) {
    if (isNode(next)) return splice(text, startOf(next), startOf(next), `${writeFlow(value)}, `)
    return splice(text, endOf(text, last), endOf(text, last), `, ${writeFlow(value)}`)
  }
  const column = columnOf(text, dashes[0] ?? 0)
  return addLines(text, list, at, writeItem(key, value, spaces(column)))
}

/** Lines that are items of their own, before the item at `at`, with what is said above it, or at the end. */
export function addLines(text: string, list: YAMLSeq, at: number, lines: string): string {
  const dash = dashesOf(list)[at]
  const last = list.items.at(-1)
  if (dash === undefined) return lineAfter(text, endOf(text, isNode(last) ? last : list), lines)
  return lineBefore(text, withComments(text, lineStart(text, dash), columnOf(text, dash)), lines)
}

/** The lines of an item with what is said above it, and from where to where they stand. Undefined for items in brackets. */
export function linesOf(
  text: string,
  list: YAMLSeq,
  at: number,
): { from: number; to: number; lines: string; column: number } | undefined {
  const [dash, item] = [dashesOf(list)[at], list.items[at]]
  if (dash === undefined || !isNode(item)) return undefined
  const column = columnOf(text, dash)
  if (text.slice(lineStart(text, dash), dash).trim() !== '') return undefined
  const from = withComments(text, lineStart(text, dash), column)
  const to = lineEnd(text, endOf(text, item))
  return { from, to, lines: text.slice(from, to), column }
}

/** Takes an item out, with what is said above it; the only one leaves `[]`. */
export function dropItem(text: string, list: YAMLSeq, at: number, hold: Hold | undefined): string {
  const { items } = list
  if (items.length === 1) return empty(text, list, hold, '[]')
  const lines = linesOf(text, list, at)
  if (lines) return splice(text, lines.from, Math.min(text.length, lines.to + 1), '')
  const [item, next, previous] = [items[at], items[at + 1], items[at - 1]]
  if (isNode(next) && isNode(item)) return splice(text, startOf(item), startOf(next), '')
  if (isNode(previous) && isNode(item)) return splice(text, endOf(text, previous), endOf(text, item), '')
  throw new Error('an item of a list is there')
}

/** The same lines further in or out. */
export function shiftLines(lines: string, by: number): string {
  if (by === 0) return lines
  return lines
    .split('\n')
    .map(line => (line.trim() === '' ? line : by > 0 ? spaces(by) + line : line.slice(-by)))
    .join('\n')
}
