import type { Commons } from '../../../kernel/definition/index.ts'
import type { Edit, EditConflict } from './edit.ts'
import { contentOf } from './text/apply.ts'
import { sameValue, valueAt, withEdit } from './text/values.ts'

/**
 * Which edits meet what somebody else changed since. `base` is the text the edits were made on, `now` the one they are to be made in; an
 * edit goes through where its place says the same in both, or says already what the edit wants.
 */
export function conflictsOf(
  edits: readonly Edit[],
  { base, now, commons }: { base: string; now: string; commons: Commons },
): EditConflict[] {
  const [was, is] = [contentOf(base, commons), contentOf(now, commons)]
  let mine = was
  return edits.flatMap((edit): EditConflict[] => {
    const wasHere =
      (edit.op === 'set' || edit.op === 'remove') && 'expected' in edit
        ? edit.expected
        : valueAt(mine, edit.path)
    const theirs = valueAt(is, edit.path)
    const conflict = stands(edit, wasHere, theirs, valueAt(was, edit.path))
      ? []
      : [{ path: edit.path, was: wasHere, theirs, mine: 'value' in edit ? edit.value : undefined }]
    mine = withEdit(mine, edit) ?? mine
    return conflict
  })
}

/** `began` is what stood there before any edit of ours: what our own earlier edits made of it is no conflict. */
function stands(edit: Edit, was: unknown, theirs: unknown, began: unknown): boolean {
  switch (edit.op) {
    case 'insert':
      return !isTaken(edit.value, theirs)
    case 'move':
      return theirs !== undefined || began === undefined
    case 'set':
      return sameValue(was, theirs) || sameValue(began, theirs) || sameValue(edit.value, theirs)
    case 'remove':
      return sameValue(was, theirs) || sameValue(began, theirs) || theirs === undefined
  }
}

/** Whether another item of the list goes by the new one's id. */
function isTaken(value: unknown, list: unknown): boolean {
  const id = valueAt(value, ['id'])
  return typeof id === 'string' && valueAt(list, [id]) !== undefined
}
