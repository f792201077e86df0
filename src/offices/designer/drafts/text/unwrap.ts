import { isMap, type Pair, visit, type YAMLMap } from 'yaml'
import { isUse, laidOver, paramOf, type Use } from './parts.ts'
import { addKey, setValue } from './splice.ts'
import { pairOf, readTree, startOf } from './tree.ts'
import { isMapping } from './values.ts'

/**
 * A part that is itself another part with something laid over: the other one is named instead, with what this one gives it and lays over.
 * What stands where it is used stays, with its comments.
 */
export function unwrapUse(text: string, node: YAMLMap, use: Use, part: Use): string {
  const start = startOf(node)
  const change = (now: string, work: (map: YAMLMap, now: string) => string) => work(mapAt(now, start), now)
  const given = use.with ?? {}
  const named = change(text, (map, now) => setValue(now, map, pairOf(map, 'use') as Pair, part.use))
  const gives = Object.entries(part.with ?? {}).filter(([key]) => !Object.hasOwn(given, key))
  const withAll = gives.reduce(
    (before, [key, value]) =>
      change(before, (map, now) => {
        const filled = fill(value, given)
        const inner = pairOf(map, 'with')?.value
        return isMap(inner) ? addKey(now, inner, key, filled) : addKey(now, map, 'with', { [key]: filled })
      }),
    named,
  )
  const lays = Object.entries(laidOver(part)).filter(([key]) => !Object.hasOwn(laidOver(use), key))
  return lays.reduce(
    (before, [key, value]) => change(before, (map, now) => addKey(now, map, key, fill(value, given))),
    withAll,
  )
}

/** The mapping that begins at an offset: what is written inside it leaves its beginning where it is. */
function mapAt(text: string, offset: number): YAMLMap {
  let found: YAMLMap | undefined
  visit(readTree(text).root, {
    Map: (_, node) => {
      if (startOf(node) !== offset || !isUse(node.toJSON())) return undefined
      found = node
      return visit.BREAK
    },
  })
  if (!found) throw new Error('the common part is where it was')
  return found
}

function fill(value: unknown, given: Record<string, unknown>): unknown {
  const name = paramOf(value)
  if (name !== undefined) return Object.hasOwn(given, name) ? given[name] : value
  if (Array.isArray(value)) return value.map(each => fill(each, given))
  if (!isMapping(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fill(each, given)]))
}
