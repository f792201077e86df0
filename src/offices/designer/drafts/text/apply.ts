import { isMap, isSeq, type Pair } from 'yaml'
import type { Commons } from '../../../../kernel/definition/index.ts'
import { Conflict } from '../../../../lib/errors.ts'
import type { Edit, EditPath } from '../edit.ts'
import { inlineUse, writeOutUse } from './common-part.ts'
import { editsBetween } from './difference.ts'
import { type Found, type Hold, listAt, locate, sourcePlace, toValue } from './locate.ts'
import { expand, isUse, partOf } from './parts.ts'
import {
  addItem,
  addKey,
  addLines,
  dropItem,
  dropKey,
  linesOf,
  setItem,
  setValue,
  shiftLines,
} from './splice.ts'
import { keyOf, pairOf, readTree, type Tree } from './tree.ts'
import { sameValue, targetOf, valueAt, withEdit } from './values.ts'

/**
 * The text with the edits made, one after another. Lines no edit concerns stay as they are, byte for byte, with their comments. A common
 * part is copied in only where an edit goes into it; a key of it is laid over.
 * @throws Conflict `draft-unreadable` (no YAML), `draft-no-such-place` (an edit's path leads nowhere)
 */
export function applyEdits(text: string, edits: readonly Edit[], commons: Commons): string {
  return edits.reduce((now, edit) => applyEdit(now, edit, commons), text)
}

/** What the text says, its common parts written out. */
export const contentOf = (text: string, commons: Commons): unknown => expand(readTree(text).value, commons)

function applyEdit(text: string, edit: Edit, commons: Commons): string {
  const before = contentOf(text, commons)
  const wanted = withEdit(before, edit)
  if (wanted === undefined) throw new Conflict('draft-no-such-place', { path: edit.path.join('.') })
  if (sameValue(before, wanted)) return text
  if (edit.op === 'set') {
    const finer = editsBetween(valueAt(before, edit.path), edit.value, edit.path)
    if (finer && !(finer.length === 1 && finer[0]?.path.length === edit.path.length))
      return applyEdits(text, finer, commons)
  }
  const done = attempt(text, edit, commons)
  if (done !== undefined && says(done, wanted, commons)) return done
  return rewriteSection(text, edit.path[0], wanted, commons)
}

function says(text: string, wanted: unknown, commons: Commons): boolean {
  try {
    return sameValue(contentOf(text, commons), wanted)
  } catch {
    return false
  }
}

/** A file written in a way we do not follow (anchors, odd breaks): the whole section is written anew, so that what it says is right. */
function rewriteSection(
  text: string,
  key: string | number | undefined,
  wanted: unknown,
  commons: Commons,
): string {
  const { root } = readTree(text)
  if (!isMap(root) || typeof key !== 'string') throw new Conflict('draft-no-such-place')
  const pair = pairOf(root, key)
  const value = valueAt(wanted, [key])
  const done =
    value === undefined
      ? pair
        ? dropKey(text, root, pair, undefined)
        : text
      : pair
        ? setValue(text, root, pair, value)
        : addKey(text, root, key, value)
  if (!says(done, wanted, commons)) throw new Error(`an edit at ${key} could not be written`)
  return done
}

/** Each round copies one common part in, until the way is free. */
function attempt(text: string, edit: Edit, commons: Commons): string | undefined {
  let now = text
  for (let round = 0; round < 10; round++) {
    const tree = readTree(now)
    const done =
      edit.op === 'insert'
        ? insert(tree, edit, commons)
        : edit.op === 'move'
          ? move(tree, edit, commons)
          : change(tree, edit, commons)
    if (typeof done === 'string') return done
    if (done?.found !== 'common') return undefined
    now = copiedIn(now, done.hold, commons)
  }
  return undefined
}

/** A part's own lines where they say the same here; else what it stands for, written anew. */
function copiedIn(text: string, hold: Hold, commons: Commons): string {
  const copied = inlineUse(text, hold, commons)
  return says(copied, contentOf(text, commons), commons) ? copied : writeOutUse(text, hold, commons)
}

type Outcome = string | Found | undefined

function change(tree: Tree, edit: Extract<Edit, { op: 'set' | 'remove' }>, commons: Commons): Outcome {
  const { text } = tree
  const place = locate(tree, edit.path, commons)
  if (place.found === 'beginning') return edit.op === 'set' ? begin(text, place, edit.value) : undefined
  if (place.found !== 'holder') return place
  const { node, hold, last, at } = place
  if (isSeq(node)) {
    if (edit.op === 'remove') return dropItem(text, node, at, hold)
    return setItem(text, node, at, listKey(edit.path), edit.value)
  }
  const pair = pairOf(node, last)
  if (edit.op === 'set')
    return pair ? setValue(text, node, pair, edit.value) : addKey(text, node, String(last), edit.value)
  const use = toValue(node)
  const isUnder = isUse(use) && valueAt(partOf(use, commons), [last]) !== undefined
  if (isUnder) return pair ? setValue(text, node, pair, null) : addKey(text, node, String(last), null)
  return pair ? dropKey(text, node, pair, hold) : undefined
}

/** Writes the missing mappings of the way together with the value. */
function begin(text: string, { node, rest }: Extract<Found, { found: 'beginning' }>, value: unknown): string {
  const [key, ...inner] = rest
  const whole = inner.reduceRight<unknown>((under, part) => ({ [part]: under }), value)
  const pair: Pair | undefined = pairOf(node, String(key))
  return pair ? setValue(text, node, pair, whole) : addKey(text, node, String(key), whole)
}

const listKey = (path: EditPath): string =>
  String(path.findLast((part, at) => at < path.length - 1 && typeof part === 'string') ?? '')

function insert(tree: Tree, edit: Extract<Edit, { op: 'insert' }>, commons: Commons): Outcome {
  const place = listAt(tree, edit.path, commons)
  if ('found' in place) return place.found === 'beginning' ? begin(tree.text, place, [edit.value]) : place
  const at = writtenTarget(place, edit, commons)
  if (typeof at !== 'number') return at
  return addItem(tree.text, place.list, place.hold, at, edit.value)
}

type List = Extract<ReturnType<typeof listAt>, { list: unknown }>

/** Before which item as written the new one goes; a common list that would be parted is in the way. */
function writtenTarget(
  { list, hold }: List,
  beside: Parameters<typeof targetOf>[1],
  commons: Commons,
): number | Found {
  const whole = expand(toValue(list), commons) as unknown[]
  const target = targetOf(whole, beside)
  if (target >= whole.length) return list.items.length
  const next = sourcePlace(list, target, commons)
  const previous = target > 0 ? sourcePlace(list, target - 1, commons) : undefined
  if (!next) return list.items.length
  if (next.isSpliced && previous?.at === next.at)
    return {
      found: 'common',
      hold: { in: 'list', list, at: next.at, key: hold.in === 'map' ? keyOf(hold.pair) : hold.key },
    }
  return next.at
}

/** The item's own lines move, with what is said above it. */
function move(tree: Tree, edit: Extract<Edit, { op: 'move' }>, commons: Commons): Outcome {
  const from = locate(tree, edit.path, commons)
  if (from.found !== 'holder' || !isSeq(from.node)) return from.found === 'common' ? from : undefined
  const toPath = edit.to ?? edit.path.slice(0, -1)
  const to = listAt(tree, toPath, commons)
  const target = 'found' in to ? to : writtenTarget(to, edit, commons)
  if (typeof target !== 'number' && target.found === 'common') return target
  const { node, at } = from
  const lines = linesOf(tree.text, node, at)
  const item = toValue(node.items[at])
  const cut = readTree(dropItem(tree.text, node, at, from.hold))
  const rest = listAt(cut, toPath, commons)
  if ('found' in rest) return rest.found === 'beginning' ? begin(cut.text, rest, [item]) : undefined
  const place = edit.to
    ? writtenTarget(rest, edit, commons)
    : typeof target === 'number' && target > at
      ? target - 1
      : target
  if (typeof place !== 'number') return undefined
  const beside = linesOf(cut.text, rest.list, 0)
  if (!lines || !beside) return addItem(cut.text, rest.list, rest.hold, place, item)
  return addLines(cut.text, rest.list, place, shiftLines(lines.lines, beside.column - lines.column))
}
