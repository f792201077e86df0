import { isMap, isNode, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml'
import type { Commons } from '../../../../kernel/definition/index.ts'
import type { EditPath } from '../edit.ts'
import { expand, expandItem, isUse, paramAt } from './parts.ts'
import { keyOf, pairOf, type Tree } from './tree.ts'
import { indexOf, isMapping } from './values.ts'

/** What holds a node: a key of a mapping, or a place in a list as it is written. */
export type Hold =
  | { in: 'map'; map: YAMLMap; pair: Pair }
  | { in: 'list'; list: YAMLSeq; at: number; key: string }

export type Found =
  /** The mapping or list that holds the last part of the path. */
  | { found: 'holder'; node: YAMLMap | YAMLSeq; hold: Hold | undefined; last: string | number; at: number }
  /** Mappings on the way are missing: all of `rest` is to be written into `node`. */
  | { found: 'beginning'; node: YAMLMap; rest: EditPath }
  /** The way leads into a common part, which has to be copied in first. */
  | { found: 'common'; hold: Hold }
  | { found: 'nothing' }

/** Finds what holds the last part of a path. `into`: the edit goes into what stands at the path, so a common part there is in the way. */
export function locate(tree: Tree, path: EditPath, commons: Commons, into = false): Found {
  let node: Node | null = tree.root
  let hold: Hold | undefined
  for (const [step, part] of path.entries()) {
    const isLast = step === path.length - 1
    if (isMap(node)) {
      const value = toValue(node)
      const given = givenFor(node, value, part, commons)
      if (given && isLast) return { found: 'holder', node: given.map, hold, last: keyOf(given.pair), at: -1 }
      const pair: Pair | undefined = given?.pair ?? pairOf(node, part)
      if (isUse(value) && !pair) {
        if (!hold) return { found: 'nothing' }
        const whole = expand(value, commons)
        if (isUse(whole)) return { found: 'nothing' }
        if (!isLast || into || !isMapping(whole)) return { found: 'common', hold }
      }
      if (isLast) return { found: 'holder', node, hold, last: part, at: -1 }
      if (!pair || !isNode(pair.value) || toValue(pair.value) === null)
        return { found: 'beginning', node, rest: path.slice(step) }
      hold = { in: 'map', map: given?.map ?? node, pair }
      node = pair.value
    } else if (isSeq(node)) {
      const place = sourcePlace(node, part, commons)
      if (!place) return { found: 'nothing' }
      const item: Node | undefined = node.items[place.at] as Node | undefined
      const key = hold?.in === 'map' ? keyOf(hold.pair) : (hold?.key ?? '')
      const inner: Hold = { in: 'list', list: node, at: place.at, key }
      if (place.isSpliced) return { found: 'common', hold: inner }
      if (isLast) return { found: 'holder', node, hold, last: part, at: place.at }
      hold = inner
      node = isNode(item) ? item : null
    } else return { found: 'nothing' }
  }
  return { found: 'nothing' }
}

/** What is given to a common part for a key of it: written here, so it is changed here. */
function givenFor(
  node: YAMLMap,
  value: unknown,
  part: string | number,
  commons: Commons,
): { map: YAMLMap; pair: Pair } | undefined {
  if (!isUse(value) || pairOf(node, part)) return undefined
  const name = paramAt(value, part, commons)
  const map = pairOf(node, 'with')?.value
  const pair = name !== undefined && isMap(map) ? pairOf(map, name) : undefined
  return isMap(map) && pair ? { map, pair } : undefined
}

/** The node at a path that `locate` can reach, or the common part in its way. */
export function listAt(
  tree: Tree,
  path: EditPath,
  commons: Commons,
): { list: YAMLSeq; hold: Hold } | Exclude<Found, { found: 'holder' }> {
  const found = locate(tree, path, commons, true)
  if (found.found !== 'holder') return found
  const { node, last, at } = found
  const pair: Pair | undefined = isMap(node) ? pairOf(node, last) : undefined
  const child = isMap(node) ? pair?.value : node.items[at]
  const hold: Hold | undefined = isMap(node)
    ? pair && { in: 'map', map: node, pair }
    : { in: 'list', list: node, at, key: String(last) }
  if (isMap(node) && (!isNode(child) || toValue(child) === null))
    return { found: 'beginning', node, rest: [last] }
  if (hold && isSeq(child)) return { list: child, hold }
  if (hold && isMap(child) && isUse(toValue(child))) return { found: 'common', hold }
  return { found: 'nothing' }
}

/** Which item as written stands for an item of the list with its common parts written out. */
export function sourcePlace(
  list: YAMLSeq,
  part: string | number,
  commons: Commons,
): { at: number; isSpliced: boolean } | undefined {
  const written = (toValue(list) as unknown[]).map(item => ({ item, means: expandItem(item, commons) }))
  const at = indexOf(
    written.flatMap(({ means }) => means),
    part,
  )
  if (at < 0) return undefined
  let passed = 0
  for (const [index, { item, means }] of written.entries()) {
    if (at < passed + means.length) return { at: index, isSpliced: isListPart(item, commons) }
    passed += means.length
  }
  return undefined
}

/** Whether an item stands for several, so that none of them is written here. */
export const isListPart = (item: unknown, commons: Commons): boolean =>
  isUse(item) && Array.isArray(expand(item, commons))

export const toValue = (node: unknown): unknown => (isNode(node) ? node.toJSON() : node)
