/**
 * Changes to a definition told by ids, not by positions: `['steps', 'desk-review', 'hours']`. They can be applied to plain data here,
 * and by whoever keeps the text to its YAML, so that comments stay.
 */

/** Keys of maps and ids of items (`itemId`), from the whole inwards. */
export type EditPath = readonly string[]

/**
 * One change. A value is set where it stands; an item that is not there yet is put in after the item `after`, first where that is null.
 * `movedAfter` puts an item that is there after another one. Edits are applied in their order.
 */
export type Edit =
  | { path: EditPath; value: unknown; after?: string | null }
  | { path: EditPath; removed: true }
  | { path: EditPath; movedAfter: string | null }

type Map = Record<string, unknown>

export const isMap = (value: unknown): value is Map =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * By what an item of a list is known: its `id`; a row of a tariff by key and first day (`base@2026-01-01`), a limit of dues by its
 * currency; a word of a list of words by itself. Undefined for what only its place tells apart, such as the branches of a step.
 */
export function itemId(item: unknown): string | undefined {
  if (typeof item === 'string') return item
  if (!isMap(item)) return undefined
  if (typeof item.id === 'string') return item.id
  if (typeof item.key === 'string' && typeof item.from === 'string') return `${item.key}@${item.from}`
  return typeof item.currency === 'string' && 'minor' in item ? item.currency : undefined
}

/** The ids of a list in order; undefined when it is no list, or its items cannot be told apart by ids. */
export function idsOf(list: unknown): string[] | undefined {
  if (!Array.isArray(list)) return undefined
  const ids = list.map(itemId)
  return ids.every(id => id !== undefined) && new Set(ids).size === ids.length ? ids : undefined
}

export const itemOf = (list: unknown, id: string): unknown =>
  Array.isArray(list) ? list.find(item => itemId(item) === id) : undefined

/** Whether two pieces of a definition say the same; a key that is absent and one that is undefined are one. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, i) => same(item, b[i]))
  if (!isMap(a) || !isMap(b)) return false
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every(key => same(a[key], b[key]))
}

/** What makes `to` of `from`. */
export function editsBetween(from: unknown, to: unknown, path: EditPath = []): Edit[] {
  if (same(from, to)) return []
  if (to === undefined) return [{ path, removed: true }]
  if (isMap(from) && isMap(to)) {
    const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])]
    return keys.flatMap(key => editsBetween(from[key], to[key], [...path, key]))
  }
  const [before, after] = [idsOf(from), idsOf(to)]
  return before && after ? editsOfList(from, to, before, after, path) : [{ path, value: to }]
}

function editsOfList(
  from: unknown,
  to: unknown,
  before: readonly string[],
  after: readonly string[],
  path: EditPath,
): Edit[] {
  const gone = before.filter(id => !after.includes(id))
  const stays = steady(after.filter(id => before.includes(id)).map(id => before.indexOf(id)))
  const kept = new Set([...stays].map(i => before[i]))
  const placed = after.flatMap((id, i): Edit[] => {
    const behind = after[i - 1] ?? null
    if (!before.includes(id)) return [{ path: [...path, id], value: itemOf(to, id), after: behind }]
    const moved: Edit[] = kept.has(id) ? [] : [{ path: [...path, id], movedAfter: behind }]
    return [...moved, ...editsBetween(itemOf(from, id), itemOf(to, id), [...path, id])]
  })
  return [...gone.map((id): Edit => ({ path: [...path, id], removed: true })), ...placed]
}

/** The longest rising part of a row of places: whatever is in it need not move. */
function steady(places: readonly number[]): Set<number> {
  const best: number[][] = []
  for (const [i, place] of places.entries()) {
    let longest: number[] = []
    for (let j = 0; j < i; j += 1) {
      const chain = best[j] ?? []
      if ((places[j] ?? 0) < place && chain.length > longest.length) longest = chain
    }
    best.push([...longest, place])
  }
  return new Set(best.reduce((a, b) => (b.length > a.length ? b : a), []))
}

/** The data with the edits made; what they were made of is not touched. An edit whose place is not there any more is left out. */
export function applyEdits<T>(whole: T, edits: readonly Edit[]): T {
  const copy = structuredClone(whole)
  for (const edit of edits) applyEdit(copy, edit)
  return copy
}

function applyEdit(whole: unknown, edit: Edit): void {
  const inside = edit.path.slice(0, -1)
  const key = edit.path.at(-1)
  let holder = whole
  for (const part of inside) holder = isMap(holder) ? holder[part] : itemOf(holder, part)
  if (key === undefined) return
  if (Array.isArray(holder)) editList(holder, key, edit)
  else if (!isMap(holder)) return
  else if ('removed' in edit) delete holder[key]
  else if ('value' in edit) holder[key] = structuredClone(edit.value)
}

function editList(list: unknown[], id: string, edit: Edit): void {
  const at = list.findIndex(item => itemId(item) === id)
  if ('value' in edit && at >= 0) {
    list[at] = structuredClone(edit.value)
    return
  }
  const [taken] = at >= 0 ? list.splice(at, 1) : []
  if ('removed' in edit) return
  const behind = 'value' in edit ? edit.after : edit.movedAfter
  const put = 'value' in edit ? structuredClone(edit.value) : taken
  if (put === undefined) return
  const place = behind === undefined ? list.length : list.findIndex(item => itemId(item) === behind) + 1
  list.splice(place, 0, put)
}
