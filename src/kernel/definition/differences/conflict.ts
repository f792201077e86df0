import type { EditPath } from '../merge/edits.ts'
import type { MergeConflict } from '../merge/merge.ts'
import type { Localized, ServiceDefinition } from '../model.ts'
import { aboutOf } from './compare.ts'
import { nameOf, type TownNames, valueInWords } from './told.ts'
import { type DifferencePart, partOf } from './vocabulary.ts'

/** A conflict as people decide it: what it is about, and what each of the three says. */
export type ToldConflict = {
  part: DifferencePart
  path: EditPath
  about: Localized
  base: Localized
  national: Localized
  town: Localized
}

const order: Localized = { ar: 'ترتيب', en: 'order' }
const isGone: Localized = { ar: 'غير موجود', en: 'not there' }

/** Words a conflict of `mergeServices`; `sides` are the definitions it was found in. */
export function tellConflict(
  { path, ...values }: MergeConflict,
  sides: { base: ServiceDefinition; national: ServiceDefinition; town: ServiceDefinition },
  names: TownNames = {},
): ToldConflict {
  const [holder, last] = [path.at(-2) ?? '', path.at(-1) ?? '']
  const say = (side: 'base' | 'national' | 'town'): Localized => {
    const value = values[side]
    if (value === undefined) return isGone
    if (values.order && Array.isArray(value)) return inOrder(value, last, sides[side])
    const isItem = typeof value === 'object' && value !== null && 'id' in value
    return isItem ? nameOf(value, holder, last) : valueInWords(value, last, sides[side], names)
  }
  const about = aboutOf(path, sides.national, sides.town)
  return {
    part: partOf[path[0] ?? ''] ?? 'sheet',
    path,
    about: values.order ? { ar: `${about.ar} (${order.ar})`, en: `${about.en} (${order.en})` } : about,
    base: say('base'),
    national: say('national'),
    town: say('town'),
  }
}

/** The items in the order one side has them. */
function inOrder(ids: readonly unknown[], key: string, definition: ServiceDefinition): Localized {
  const list: unknown = key in definition ? definition[key as keyof ServiceDefinition] : undefined
  const named = ids.map(id => {
    const item = Array.isArray(list) ? list.find(each => Object(each).id === id) : undefined
    return nameOf(item, key, String(id))
  })
  return { ar: named.map(({ ar }) => ar).join('، '), en: named.map(({ en }) => en).join(', ') }
}
