import { type EditPath, editsBetween, isMap, itemOf } from '../merge/edits.ts'
import type { Localized, ServiceDefinition } from '../model.ts'
import { nameOf, type TownNames, valueInWords } from './told.ts'
import { values } from './values.ts'
import { type DifferencePart, items, keys, partOf, parts } from './vocabulary.ts'

export type Difference = {
  part: DifferencePart
  /** By keys and ids, as edits are. */
  path: EditPath
  kind: 'added' | 'removed' | 'changed' | 'moved'
  /** The whole of it: «مهلة خطوة «تدقيق الوثائق»: 3 ساعات ← 5 ساعات». */
  words: Localized
  /** The two values of what changed, and of what is new or gone the one there is. */
  before?: Localized
  after?: Localized
}

/** Said as one thing, however much of it changed. */
const wholes: readonly string[] = ['time', 'join']

/**
 * What makes one version of another, in words: by ids, so that moving a step does not change those behind it. Grouped by part, in the
 * order in which they are read; a rule is told in words where it is simple.
 */
export function compareServices(
  before: ServiceDefinition,
  after: ServiceDefinition,
  names: TownNames = {},
): Difference[] {
  const seen = new Set<string>()
  const differences = editsBetween(before, after).flatMap((edit): Difference[] => {
    const path = wholeOf(edit.path, before, after)
    const key = path.join('/')
    if (path[0] === 'version' || seen.has(key)) return []
    seen.add(key)
    const isMove = 'movedAfter' in edit && path.length === edit.path.length
    return [tell(path, isMove, before, after, names)]
  })
  return differences.sort((a, b) => parts.indexOf(a.part) - parts.indexOf(b.part))
}

function valueAt(whole: unknown, path: EditPath): unknown {
  let value = whole
  for (const part of path) value = isMap(value) ? value[part] : itemOf(value, part)
  return value
}

/** Both languages of a text are one difference; so are a time, and a case with all it expects. */
function wholeOf(path: EditPath, before: ServiceDefinition, after: ServiceDefinition): EditPath {
  if (path[0] === 'examples') return path.slice(0, 2)
  const whole = path.findIndex(key => wholes.includes(key))
  if (whole >= 0) return path.slice(0, whole + 1)
  const last = path.at(-1)
  const isLanguage = (last === 'ar' || last === 'en') && path.length > 1
  const holder = path.slice(0, -1)
  return isLanguage && (isMap(valueAt(before, holder)) || isMap(valueAt(after, holder))) ? holder : path
}

function tell(
  path: EditPath,
  isMove: boolean,
  from: ServiceDefinition,
  to: ServiceDefinition,
  names: TownNames,
): Difference {
  const [was, is] = [valueAt(from, path), valueAt(to, path)]
  const [holder, last] = [path.at(-2) ?? '', path.at(-1) ?? '']
  const found = { part: partOf[path[0] ?? ''] ?? 'sheet', path }
  const of = subject(path.slice(0, -2), from, to)
  const kindOfItem = path.length > 1 ? itemOfKey(holder, path) : undefined
  if (kindOfItem && (isMove || was === undefined || is === undefined)) {
    const kind = isMove ? 'moved' : was === undefined ? 'added' : 'removed'
    const name = nameOf(is ?? was, holder, last)
    const words = {
      ar: `${kindOfItem[kind].ar}${of && ` في ${of.ar}`}: ${name.ar}`,
      en: `${kindOfItem[kind].en}${of && ` in ${of.en}`}: ${name.en}`,
    }
    return { ...found, kind, words, ...(kind === 'removed' ? { before: name } : { after: name }) }
  }
  const before = valueInWords(was, last, from, names)
  const after = valueInWords(is, last, to, names)
  const about = aboutOf(path, from, to)
  // A case is told as changed; what changed in it is seen by running it.
  const told = path[0] === 'examples' ? { ar: 'تغيّر', en: 'changed' } : undefined
  return {
    ...found,
    kind: 'changed',
    words: {
      ar: `${about.ar}: ${told?.ar ?? `${before.ar} ← ${after.ar}`}`,
      en: `${about.en}: ${told?.en ?? `${before.en} → ${after.en}`}`,
    },
    before,
    after,
  }
}

/** A list under this key has items of a kind; the page of a form, say. `messages` is a map and is told as a list. */
function itemOfKey(key: string, path: EditPath) {
  if (!(key in items)) return undefined
  const officers = path[0] === 'steps' && key === 'fields'
  return officers ? officersField : items[key]
}

const officersField = {
  one: { ar: 'خانة', en: 'field' },
  added: { ar: 'خانة جديدة', en: 'New field' },
  removed: { ar: 'خانة محذوفة', en: 'Removed field' },
  moved: { ar: 'خانة في غير موضعها', en: 'Moved field' },
}

/** The thing a path leads to: «سؤال «عنوان المكان»». The innermost that has a name. */
function subject(path: EditPath, from: unknown, to: unknown): Localized | '' {
  for (let length = path.length; length >= 2; length -= 1) {
    const key = path[length - 2] ?? ''
    const kind = itemOfKey(key, path)
    if (!kind) continue
    const id = path[length - 1] ?? ''
    const here = path.slice(0, length)
    const name = nameOf(valueAt(to, here) ?? valueAt(from, here), key, id)
    return { ar: `${kind.one.ar} «${name.ar}»`, en: `the ${kind.one.en} “${name.en}”` }
  }
  return ''
}

/** What a difference is about: «المهلة في خطوة «تدقيق الوثائق»». */
function aboutOf(path: EditPath, from: unknown, to: unknown): Localized {
  const [holder, last] = [path.at(-2) ?? '', path.at(-1) ?? '']
  if (holder === 'messages' && values.messages) {
    const event = values.messages[last] ?? { ar: last, en: last }
    return { ar: `رسالة «${event.ar}»`, en: `The message “${event.en}”` }
  }
  if (holder in items && path.length > 1) {
    const whole = subject(path, from, to)
    if (whole !== '') return { ar: whole.ar, en: whole.en.replace(/^t/, 'T') }
  }
  const key = keys[last] ?? items[last]?.one ?? { ar: last, en: last }
  const of = subject(path.slice(0, -1), from, to)
  if (of === '') return key
  // «مهلة خطوة»: one word goes straight before what it is of; two do not.
  const straight = /^ال[^ ]+$/.test(key.ar)
  const ar = straight ? `${key.ar.slice(2)} ${of.ar}` : `${key.ar} في ${of.ar}`
  return { ar, en: `${key.en} of ${of.en}` }
}
