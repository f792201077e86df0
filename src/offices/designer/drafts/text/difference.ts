import { itemId } from '../../../../kernel/definition/index.ts'
import type { Edit, EditPath } from '../edit.ts'
import { isMapping, sameValue } from './values.ts'

/**
 * The smallest edits that make one value of another; undefined where the value is only to be set whole. Items of lists are told apart by
 * their ids.
 */
export function editsBetween(was: unknown, is: unknown, path: EditPath = []): Edit[] | undefined {
  if (sameValue(was, is)) return []
  // Another id is another item: the one is set in the place of the other.
  if (isMapping(was) && isMapping(is))
    return itemId(was) === itemId(is) && !isOther(was, is) ? betweenMappings(was, is, path) : undefined
  if (Array.isArray(was) && Array.isArray(is) && haveIds(was) && haveIds(is))
    return betweenLists(was, is, path)
  return undefined
}

/** A text that is another in both languages is set whole. */
const isOther = (was: Record<string, unknown>, is: Record<string, unknown>) =>
  Object.keys(is).every(key => (key === 'ar' || key === 'en') && !sameValue(was[key], is[key]))

function betweenMappings(was: Record<string, unknown>, is: Record<string, unknown>, path: EditPath): Edit[] {
  const gone = Object.keys(was).filter(key => is[key] === undefined)
  return [
    ...Object.entries(is).flatMap(([key, value]): Edit[] => {
      const at = [...path, key]
      if (value === undefined) return []
      return editsBetween(was[key], value, at) ?? [{ op: 'set', path: at, value }]
    }),
    ...gone.map((key): Edit => ({ op: 'remove', path: [...path, key] })),
  ]
}

type Item = { id: string }

const haveIds = (items: readonly unknown[]): items is Item[] =>
  items.length > 0 &&
  items.every(item => isMapping(item) && typeof item.id === 'string') &&
  new Set((items as Item[]).map(({ id }) => id)).size === items.length

function betweenLists(was: Item[], is: Item[], path: EditPath): Edit[] {
  const edits: Edit[] = []
  const kept = new Set(is.map(({ id }) => id))
  for (const { id } of was) if (!kept.has(id)) edits.push({ op: 'remove', path: [...path, id] })
  const now = was.map(({ id }) => id).filter(id => kept.has(id))
  for (const [at, item] of is.entries()) {
    const beside =
      at === 0 ? (now[0] === undefined ? {} : { before: now[0] }) : { after: is[at - 1]?.id ?? '' }
    const old = was.find(({ id }) => id === item.id)
    if (!old) {
      edits.push({ op: 'insert', path, value: item, ...beside })
      now.splice(at, 0, item.id)
    } else {
      if (now[at] !== item.id) {
        edits.push({ op: 'move', path: [...path, item.id], ...beside })
        now.splice(now.indexOf(item.id), 1)
        now.splice(at, 0, item.id)
      }
      edits.push(
        ...(editsBetween(old, item, [...path, item.id]) ?? [
          { op: 'set', path: [...path, item.id], value: item } as const,
        ]),
      )
    }
  }
  return edits
}
