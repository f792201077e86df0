import { isDeepStrictEqual } from 'node:util'
import type { Edit, EditPath } from '../../drafts/edit.ts'
import type { Control } from './control.ts'

/** The value at a path inside a value: keys of mappings, ids or numbers of lists. */
export function valueAt(value: unknown, path: EditPath): unknown {
  return path.reduce<unknown>((here, key) => {
    if (Array.isArray(here))
      return typeof key === 'number' ? here[key] : here.find(each => Object(each).id === key)
    return typeof here === 'object' && here !== null && Object.hasOwn(here, key)
      ? (here as Record<string, unknown>)[key]
      : undefined
  }, value)
}

/** What has to be written so that a control's value becomes what was typed; nothing where it is so already. */
export function editOf(base: EditPath, control: Control, item: unknown, value: unknown): Edit[] {
  const before = valueAt(item, control.at)
  if (isDeepStrictEqual(before, value)) return []
  const path = [...base, ...control.at]
  return value === undefined ? [{ op: 'remove', path }] : [{ op: 'set', path, value }]
}
