import {
  isMap,
  isNode,
  isPair,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import type { Commons } from '../../../../kernel/definition/index.ts'
import { type Hold, toValue } from './locate.ts'
import { expand, isUse, laidOver, paramOf, partOf, type Use, writtenPart } from './parts.ts'
import { addKey, dropKey, setItem, setValue, shiftLines } from './splice.ts'
import {
  colonOf,
  columnOf,
  dashesOf,
  endOf,
  keyOf,
  keyStart,
  lineStart,
  pairEnd,
  pairOf,
  readTree,
  splice,
  startOf,
  withComments,
} from './tree.ts'
import { unwrapUse } from './unwrap.ts'
import { writeFlow, writeItem } from './write.ts'

const spaces = (count: number) => ' '.repeat(count)

/** The comment that tells where lines came from. */
const came = (use: Use) => `# من الجزء المشترك ${use.use}`

/** Writes a common part out where it is used, so that it can be changed here alone. Its comments come along. */
export function inlineUse(text: string, hold: Hold, commons: Commons): string {
  const node = hold.in === 'map' ? hold.pair.value : hold.list.items[hold.at]
  const use = toValue(node)
  if (!isNode(node) || !isUse(use)) throw new Error('there is a common part to copy')
  const part = writtenPart(use, commons)
  if (isMap(node) && isUse(part)) return unwrapUse(text, node, use, part)
  const lines = partLines(use, { given: givenTo(text, node), overs: oversOf(text, node, use) }, commons)
  const holder = hold.in === 'map' ? hold.map : hold.list
  if (lines === undefined || holder.flow) return writeOutUse(text, hold, commons)
  if (hold.in === 'map') {
    const column = columnOf(text, keyStart(hold.pair)) + 2
    const written = shiftLines(`${came(use)}\n${lines}`, column)
    return splice(text, colonOf(text, hold.pair) + 1, endOf(text, node), `\n${written}`)
  }
  const dash = dashesOf(hold.list)[hold.at] ?? startOf(node)
  const column = columnOf(text, dash)
  const isList = Array.isArray(partOf(use, commons))
  const items = isList
    ? shiftLines(lines, column)
    : shiftLines(lines, column + 2).replace(/^ */, `${spaces(column)}- `)
  return splice(text, lineStart(text, dash), endOf(text, node), `${spaces(column)}${came(use)}\n${items}`)
}

/** Writes out what a common part stands for, where its own lines would not say the same. */
export function writeOutUse(text: string, hold: Hold, commons: Commons): string {
  const node = hold.in === 'map' ? hold.pair.value : hold.list.items[hold.at]
  const whole = expand(toValue(node), commons)
  if (hold.in === 'map') return setValue(text, hold.map, hold.pair, whole)
  if (!Array.isArray(whole)) return setItem(text, hold.list, hold.at, hold.key, whole)
  const dash = dashesOf(hold.list)[hold.at]
  if (hold.list.flow || dash === undefined || !isNode(node))
    return splice(
      text,
      startOf(hold.list),
      endOf(text, hold.list),
      writeFlow(expand(toValue(hold.list), commons)),
    )
  const column = columnOf(text, dash)
  const lines = whole.map(item => writeItem(hold.key, item, spaces(column))).join('\n')
  return splice(text, lineStart(text, dash), endOf(text, node), lines)
}

/** The lines of a part as its file has them, from the first column on, filled and laid over; undefined where it stands in one line. */
function partLines(
  use: Use,
  { given, overs }: { given: Map<string, Given>; overs: Over[] },
  commons: Commons,
): string | undefined {
  const [file = '', ...rest] = use.use.split('.')
  const text = commons.get(file)
  if (text === undefined) return undefined
  const tree = readTree(text)
  const parts = isMap(tree.root) ? pairOf(tree.root, 'parts')?.value : undefined
  const part = isMap(parts) ? pairOf(parts, rest.join('.'))?.value : undefined
  if (!isNode(part) || !(isMap(part) || isSeq(part)) || part.flow) return undefined
  const from = startOf(part)
  const column = isSeq(part) ? columnOf(text, dashesOf(part)[0] ?? from) : columnOf(text, from)
  const lines = shiftLines(text.slice(lineStart(text, from), endOf(text, part)), -column)
  return laid(filledLines(lines, given), overs)
}

/** What is given to a part, with its lines where it stands below each other, from the first column on. */
type Given = { value: unknown; lines: string | undefined }

function givenTo(text: string, node: Node): Map<string, Given> {
  const map = isMap(node) ? pairOf(node, 'with')?.value : undefined
  if (!isMap(map)) return new Map()
  return new Map((map.items as Pair[]).map(pair => [keyOf(pair), givenBy(text, pair.value)]))
}

function givenBy(text: string, node: unknown): Given {
  const isTall = (isMap(node) || isSeq(node)) && !node.flow
  return { value: toValue(node), lines: isTall ? linesOfNode(text, node) : undefined }
}

/** The lines of a collection with what is said above it, from the first column on. */
function linesOfNode(text: string, node: YAMLMap | YAMLSeq): string {
  const start = isSeq(node) ? (dashesOf(node)[0] ?? startOf(node)) : startOf(node)
  const column = columnOf(text, start)
  return shiftLines(
    text.slice(withComments(text, lineStart(text, start), column), endOf(text, node)),
    -column,
  )
}

/** Parameters filled where they stand. */
function filledLines(lines: string, given: Map<string, Given>): string {
  const found: { node: Node; pair: Pair | undefined; by: Given }[] = []
  visit(parseDocument(lines, { version: '1.2', keepSourceTokens: true }), {
    Scalar: (_, node, path) => {
      const name = paramOf(node.value)
      const by = name === undefined ? undefined : given.get(name)
      const [map, pair] = path.slice(-2)
      if (by) found.push({ node, by, pair: isPair(pair) && isMap(map) && !map.flow ? pair : undefined })
    },
  })
  return found.reduceRight((text, { node, pair, by }) => {
    if (by.lines === undefined || !pair)
      return splice(text, startOf(node), endOf(text, node), writeFlow(by.value))
    const column = columnOf(text, keyStart(pair)) + 2
    return splice(text, colonOf(text, pair) + 1, endOf(text, node), `\n${shiftLines(by.lines, column)}`)
  }, lines)
}

/** A key laid over a part, as it stands where the part is used: with what is said above it. */
type Over = Given & { key: string; said: string }

function oversOf(text: string, node: Node, use: Use): Over[] {
  if (!isMap(node)) return []
  const over = laidOver(use)
  return (node.items as Pair[]).flatMap((pair): Over[] => {
    const key = keyOf(pair)
    if (!Object.hasOwn(over, key)) return []
    const [start, column] = [lineStart(text, keyStart(pair)), columnOf(text, keyStart(pair))]
    const said = node.flow ? '' : shiftLines(text.slice(withComments(text, start, column), start), -column)
    return [{ key, said, ...givenBy(text, pair.value) }]
  })
}

/** Lays keys over a part's lines; those of the part that are taken away go. */
function laid(lines: string, overs: readonly Over[]): string {
  let text = shiftLines(lines, 2)
  for (const over of overs) {
    const { root } = readTree(text)
    if (!isMap(root)) continue
    const pair = pairOf(root, over.key)
    if (over.value === null) text = pair ? dropKey(text, root, pair, undefined) : text
    else
      text = layKey(
        pair ? setValue(text, root, pair, over.value) : addKey(text, root, over.key, over.value),
        over,
      )
  }
  return shiftLines(text.replace(/\n$/, ''), -2)
}

/** Gives a key that is laid over its own lines again, and what was said above it. */
function layKey(text: string, { key, said, lines }: Over): string {
  const { root } = readTree(text)
  const pair = isMap(root) ? pairOf(root, key) : undefined
  if (!pair) return text
  const column = columnOf(text, keyStart(pair))
  const filled =
    lines === undefined
      ? text
      : splice(text, colonOf(text, pair) + 1, pairEnd(text, pair), `\n${shiftLines(lines, column + 2)}`)
  const start = lineStart(text, keyStart(pair))
  return said === '' ? filled : splice(filled, start, start, shiftLines(said, column))
}
