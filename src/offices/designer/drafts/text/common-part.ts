import { isMap, isNode, isScalar, isSeq, type Node, parseDocument, visit } from 'yaml'
import type { Commons } from '../../../../kernel/definition/index.ts'
import { type Hold, toValue } from './locate.ts'
import { expand, isUse, laidOver, paramOf, partOf, type Use } from './parts.ts'
import { addKey, dropKey, setItem, setValue, shiftLines } from './splice.ts'
import {
  colonOf,
  columnOf,
  dashesOf,
  endOf,
  keyStart,
  lineStart,
  pairOf,
  readTree,
  splice,
  startOf,
} from './tree.ts'
import { writeFlow, writeItem } from './write.ts'

const spaces = (count: number) => ' '.repeat(count)

/** The comment that tells where lines came from. */
const came = (use: Use) => `# من الجزء المشترك ${use.use}`

/** Writes a common part out where it is used, so that it can be changed here alone. Its comments come along. */
export function inlineUse(text: string, hold: Hold, commons: Commons): string {
  const node = hold.in === 'map' ? hold.pair.value : hold.list.items[hold.at]
  const use = toValue(node)
  if (!isNode(node) || !isUse(use)) throw new Error('there is a common part to copy')
  const lines = partLines(use, commons)
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
function partLines(use: Use, commons: Commons): string | undefined {
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
  return laid(filledLines(lines, use.with ?? {}), use)
}

/** Parameters filled where they stand. */
function filledLines(lines: string, given: Record<string, unknown>): string {
  const found: { node: Node; value: unknown }[] = []
  visit(parseDocument(lines, { version: '1.2' }), {
    Scalar: (_, node) => {
      const name = isScalar(node) ? paramOf(node.value) : undefined
      if (name !== undefined && Object.hasOwn(given, name)) found.push({ node, value: given[name] })
    },
  })
  return found.reduceRight(
    (text, { node, value }) => splice(text, startOf(node), endOf(text, node), writeFlow(value)),
    lines,
  )
}

function laid(lines: string, use: Use): string {
  let text = lines
  for (const [key, value] of Object.entries(laidOver(use))) {
    const { root } = readTree(text)
    if (!isMap(root)) continue
    const pair = pairOf(root, key)
    if (value === null) text = pair ? dropKey(text, root, pair, undefined) : text
    else text = pair ? setValue(text, root, pair, value) : addKey(text, root, key, value)
  }
  return text.replace(/\n$/, '')
}
