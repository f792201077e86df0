import { isDeepStrictEqual } from 'node:util'
import { itemId } from '../../../../kernel/definition/index.ts'
import type { Edit, EditPath } from '../edit.ts'

/** What an edit means, said on plain values: what the edited text has to say. */

type Mapping = Record<string, unknown>
export const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The place of an item in a list: by its id, or by number. */
export function indexOf(items: readonly unknown[], part: string | number): number {
  if (typeof part === 'number') return part >= 0 && part < items.length ? part : -1
  return items.findIndex(item => itemId(item) === part)
}

/** What stands at a path; undefined where nothing does. */
export function valueAt(whole: unknown, path: EditPath): unknown {
  let value = whole
  for (const part of path) {
    if (Array.isArray(value)) value = value[indexOf(value, part)]
    else if (isMapping(value)) value = Object.hasOwn(value, part) ? value[part] : undefined
    else return undefined
  }
  return value
}

/** The value after the edit. Undefined: there is no such place. */
export function withEdit(whole: unknown, edit: Edit): unknown {
  // Common parts may stand in several places; only one of them is meant.
  const copy: unknown = JSON.parse(JSON.stringify(whole))
  return change(copy, edit) ? copy : undefined
}

function change(whole: unknown, edit: Edit): boolean {
  if (edit.op === 'insert') return insert(whole, edit.path, edit.value, edit)
  const last = edit.path.at(-1)
  const holder = valueAt(whole, edit.path.slice(0, -1))
  if (last === undefined) return false
  if (edit.op === 'move') {
    if (!Array.isArray(holder) || indexOf(holder, last) < 0) return false
    const from = indexOf(holder, last)
    const target = edit.to ? 0 : targetOf(holder, edit)
    const [item] = holder.splice(from, 1)
    if (edit.to) return insert(whole, edit.to, item, edit)
    holder.splice(target > from ? target - 1 : target, 0, item)
    return true
  }
  if (Array.isArray(holder)) {
    const at = indexOf(holder, last)
    if (at < 0) return false
    if (edit.op === 'remove') holder.splice(at, 1)
    else holder[at] = plain(edit.value)
    return true
  }
  if (!isMapping(holder)) return edit.op === 'set' && fill(whole, edit.path, edit.value)
  if (edit.op === 'remove') return Object.hasOwn(holder, last) && delete holder[last]
  holder[last] = plain(edit.value)
  return true
}

/** Lays a value where the mappings on the way are not there yet. */
function fill(whole: unknown, path: EditPath, value: unknown): boolean {
  let holder = whole
  for (const part of path.slice(0, -1)) {
    if (Array.isArray(holder)) holder = holder[indexOf(holder, part)]
    else if (isMapping(holder)) {
      if (holder[part] === undefined || holder[part] === null) holder[part] = {}
      holder = holder[part]
    } else return false
  }
  const last = path.at(-1)
  if (!isMapping(holder) || typeof last !== 'string') return false
  holder[last] = plain(value)
  return true
}

export type Beside = { before?: string | number; after?: string | number }

/** Where an item goes: beside the one named, else to the end. */
export function targetOf(items: readonly unknown[], { before, after }: Beside): number {
  const named = before ?? after
  const at = named === undefined ? -1 : indexOf(items, named)
  if (at < 0) return items.length
  return before === undefined ? at + 1 : at
}

function insert(whole: unknown, path: EditPath, value: unknown, beside: Beside): boolean {
  const items = valueAt(whole, path)
  if (items === undefined || items === null) return fill(whole, path, [value])
  if (!Array.isArray(items)) return false
  items.splice(targetOf(items, beside), 0, plain(value))
  return true
}

/** Without what is undefined, which no text can say. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(each => plain(each) ?? null)
  if (!isMapping(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => (each === undefined ? [] : [[key, plain(each)]])),
  )
}

export const sameValue = (one: unknown, other: unknown): boolean =>
  isDeepStrictEqual(plain(one), plain(other))
