import { Conflict } from '../../../lib/errors.ts'
import type { Localized } from '../../../lib/localized.ts'
import type { Write } from '../../../platform/database/transaction.ts'
import { record } from '../../audit/index.ts'
import { type By, type Draft, isWritable } from '../model.ts'
import { changeInWords } from './change-words.ts'
import type { Edit } from './edit.ts'
import { conflictsOf } from './merge.ts'
import {
  type Called,
  getRevision,
  holdDraft,
  openDraftOf,
  type Revision,
  type WholeDraft,
  wordsOfChange,
  writeRevision,
} from './store.ts'
import { applyEdits, contentOf } from './text/apply.ts'
import { valueAt } from './text/values.ts'

export type EditInput = {
  draftId: string
  /** The revision the page showed, on which the edits were made. */
  revision: number
  edits: readonly Edit[]
  by: By
  /** What changed, in words; said from the edits unless given. */
  changed?: Localized
}

/**
 * Makes edits in a draft, as one step that can be undone. Edits made on an older revision are merged where what they touch is as it was
 * then.
 * @returns the number of the new revision, or the present one where nothing changed
 * @throws Conflict `draft-conflict` with `conflicts: EditConflict[]`: somebody else changed the same; nothing was written.
 *   `draft-not-writable` (it lies before a reviewer, or is a version), `draft-unreadable`, `draft-no-such-place`, `service-code-taken`
 */
export async function editDraft(tx: Write, input: EditInput): Promise<number> {
  const whole = await holdWritable(tx, input.draftId)
  const { draft, source, commons } = whole
  if (input.revision !== draft.revision) {
    const { source: base } = await getRevision(tx, draft.id, input.revision)
    const conflicts = conflictsOf(input.edits, { base, now: source, commons })
    if (conflicts.length > 0) throw new Conflict('draft-conflict', { conflicts })
  }
  const text = applyEdits(source, input.edits, commons)
  if (text === source) return draft.revision
  const changed = input.changed ?? changeInWords(input.edits, contentOf(source, commons))
  return keep(tx, whole, { source: text, back: draft.revision, forth: undefined, changed }, input.by)
}

/** A whole text in place of a draft's, as one step that can be undone. */
export async function replaceText(
  tx: Write,
  input: Omit<EditInput, 'edits' | 'changed'> & { source: string; changed: Localized },
): Promise<number> {
  const whole = await holdWritable(tx, input.draftId)
  const { draft } = whole
  if (input.revision !== draft.revision) throw new Conflict('draft-changed-since')
  if (input.source === whole.source) return draft.revision
  const { source, changed, by } = input
  return keep(tx, whole, { source, back: draft.revision, forth: undefined, changed }, by)
}

type Step = { draftId: string; revision: number; by: By }

/**
 * Takes back the last change, which must be one's own.
 * @throws Conflict `nothing-to-undo`, `undo-of-another` (with `by`), `draft-changed-since`
 */
export async function undoDraft(tx: Write, step: Step): Promise<number> {
  const { whole, newest } = await holdNewest(tx, step)
  if (newest.back === undefined) throw new Conflict('nothing-to-undo')
  if (newest.changeBy !== step.by.id) throw new Conflict('undo-of-another', { by: newest.changeBy })
  const before = await getRevision(tx, step.draftId, newest.back)
  const words = await wordsOfChange(tx, step.draftId, newest)
  const changed = { ar: `تراجع: ${words.ar}`, en: `Undone: ${words.en}` }
  const { source, back, changeBy } = before
  return keep(tx, whole, { source, back, changeBy, forth: newest.revision, changed }, step.by)
}

/** Makes again what was taken back last. @throws Conflict `nothing-to-redo`, `draft-changed-since` */
export async function redoDraft(tx: Write, step: Step): Promise<number> {
  const { whole, newest } = await holdNewest(tx, step)
  if (newest.forth === undefined) throw new Conflict('nothing-to-redo')
  const undone = await getRevision(tx, step.draftId, newest.forth)
  if (undone.changeBy !== step.by.id) throw new Conflict('undo-of-another', { by: undone.changeBy })
  const words = await wordsOfChange(tx, step.draftId, undone)
  const changed = { ar: `إعادة: ${words.ar}`, en: `Done again: ${words.en}` }
  const { source, back, forth } = undone
  return keep(tx, whole, { source, back, forth, changed }, step.by)
}

async function holdNewest(
  tx: Write,
  { draftId, revision }: Step,
): Promise<{ whole: WholeDraft; newest: Revision }> {
  const whole = await holdWritable(tx, draftId)
  if (whole.draft.revision !== revision) throw new Conflict('draft-changed-since')
  return { whole, newest: await getRevision(tx, draftId, revision) }
}

/** @throws Conflict `draft-not-writable` */
async function holdWritable(tx: Write, id: string): Promise<WholeDraft> {
  const whole = await holdDraft(tx, id)
  if (!isWritable(whole.draft.state)) throw new Conflict('draft-not-writable', { state: whole.draft.state })
  return whole
}

async function keep(
  tx: Write,
  { draft, commons }: WholeDraft,
  made: Omit<Revision, 'at' | 'revision' | 'by' | 'changeBy'> & { changeBy?: string },
  by: By,
): Promise<number> {
  const called = calledIn(made.source, commons, draft)
  if (called.code !== draft.code) {
    const other = await openDraftOf(tx, called.code)
    if (other) throw new Conflict('service-code-taken', { code: called.code })
  }
  const revision = await writeRevision(tx, draft, { changeBy: by.id, ...made, by: by.id }, called)
  await record(tx, {
    actor: by,
    act: 'designer.draft-changed',
    subjectKind: 'service-draft',
    subjectId: draft.id,
    cause: `${revision}: ${made.changed.en}`.slice(0, 200),
  })
  return revision
}

const codeForm = /^[A-Z]{2,5}-\d{2,3}$/

/** Code and name as a text says them; what it does not say stays as it was. */
function calledIn(source: string, commons: WholeDraft['commons'], was: Pick<Draft, 'code' | 'name'>): Called {
  const content = contentOf(source, commons)
  const text = (path: string[], otherwise: string): string => {
    const value = valueAt(content, path)
    return typeof value === 'string' && value.trim() !== '' ? value : otherwise
  }
  const code = text(['code'], was.code)
  return {
    code: codeForm.test(code) ? code : was.code,
    name: { ar: text(['name', 'ar'], was.name.ar), en: text(['name', 'en'], was.name.en) },
  }
}
