import type { ServiceDefinition } from '../model.ts'
import { type Edit, type EditPath, editsBetween, idsOf, isMap, itemOf, same } from './edits.ts'

/** A place that the national definition and the town changed differently; undefined is "not there". The town's stands until decided. */
export type MergeConflict = {
  path: EditPath
  base: unknown
  national: unknown
  town: unknown
  /** The same things are there, in another order on each side; the values are then the ids in order. */
  order?: true
}

export type Merge = {
  merged: ServiceDefinition
  /** What makes the merged definition of the town's. */
  edits: Edit[]
  conflicts: MergeConflict[]
}

export type MergeInput = {
  /** The national definition the town's was made from. */
  base: ServiceDefinition
  /** The newer national one. */
  national: ServiceDefinition
  town: ServiceDefinition
}

/**
 * Brings a newer national definition into a town's: what only the national one changed is taken, what only the town changed stays, and
 * what both changed differently is listed with its three values and stays as the town has it.
 */
export function mergeServices({ base, national, town }: MergeInput): Merge {
  const conflicts: MergeConflict[] = []
  const whole = mergeValue(base, national, town, [], conflicts) as ServiceDefinition
  // A version is a count, not a choice: both raised it, and the higher one stands.
  const version = conflicts.some(({ path }) => path.length === 1 && path[0] === 'version')
    ? Math.max(national.version, town.version)
    : whole.version
  const merged = { ...whole, version }
  return {
    merged,
    edits: editsBetween(town, merged),
    conflicts: conflicts.filter(({ path }) => path[0] !== 'version'),
  }
}

/** Both languages of a text say one thing, and are decided together. */
const isText = (value: unknown) =>
  isMap(value) && Object.keys(value).every(key => key === 'ar' || key === 'en')

function mergeValue(
  base: unknown,
  national: unknown,
  town: unknown,
  path: EditPath,
  conflicts: MergeConflict[],
): unknown {
  if (same(national, town) || same(national, base)) return town
  if (same(town, base)) return national
  if (isMap(national) && isMap(town) && !(isText(national) && isText(town))) {
    const before = isMap(base) ? base : {}
    const keys = [...new Set([...Object.keys(town), ...Object.keys(national)])]
    const entries = keys.map(key => [
      key,
      mergeValue(before[key], national[key], town[key], [...path, key], conflicts),
    ])
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
  }
  const [theirs, ours] = [idsOf(national), idsOf(town)]
  if (theirs && ours) return mergeList({ base, national, town }, theirs, ours, path, conflicts)
  conflicts.push({ path, base, national, town })
  return town
}

type Sides = { base: unknown; national: unknown; town: unknown }

function mergeList(
  { base, national, town }: Sides,
  theirs: readonly string[],
  ours: readonly string[],
  path: EditPath,
  conflicts: MergeConflict[],
): unknown[] {
  const items = new Map<string, unknown>()
  for (const id of new Set([...ours, ...theirs])) {
    const [was, here, there] = [itemOf(base, id), itemOf(town, id), itemOf(national, id)]
    const item = mergeValue(was, there, here, [...path, id], conflicts)
    if (item !== undefined) items.set(id, item)
  }
  const before = idsOf(base) ?? []
  const order = mergeOrder(before, theirs, ours, () =>
    conflicts.push({ path, base: before, national: theirs, town: ours, order: true }),
  )
  return order.flatMap(id => (items.has(id) ? [items.get(id)] : []))
}

/** The order of whoever changed it; what only the other has comes after what it follows there. */
function mergeOrder(
  before: readonly string[],
  theirs: readonly string[],
  ours: readonly string[],
  onClash: () => void,
): string[] {
  const shared = (ids: readonly string[], ...others: (readonly string[])[]) =>
    ids.filter(id => others.every(other => other.includes(id)))
  const [was, there, here] = [
    shared(before, theirs, ours),
    shared(theirs, before, ours),
    shared(ours, before, theirs),
  ]
  const townMoved = !same(was, here)
  if (townMoved && !same(was, there) && !same(here, there)) onClash()
  const [first, second] = townMoved ? [ours, theirs] : [theirs, ours]
  return withOthers(first, second)
}

/** The first order, with what only the second has put in after what it follows there. */
function withOthers(first: readonly string[], second: readonly string[]): string[] {
  const order = [...first]
  second.forEach((id, i) => {
    if (order.includes(id)) return
    const behind = second.slice(0, i).findLast(other => order.includes(other))
    order.splice(behind === undefined ? 0 : order.indexOf(behind) + 1, 0, id)
  })
  return order
}
