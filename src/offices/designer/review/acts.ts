import { stopsPublishing } from '../../../kernel/definition/index.ts'
import { type CalendarDate, dateIn, startOfDay } from '../../../lib/calendar.ts'
import { BadRequest, Conflict, Forbidden } from '../../../lib/errors.ts'
import type { Read, Write } from '../../../platform/database/transaction.ts'
import { record } from '../../audit/index.ts'
import { checkText, publishService, versionsOf } from '../../catalogue/index.ts'
import { loadDefaultTariffs } from '../../treasury/index.ts'
import { faultsAmong } from '../drafts/among.ts'
import { surroundingsOf } from '../drafts/around.ts'
import { holdDraft, type WholeDraft, writersOf } from '../drafts/store.ts'
import { type By, type Draft, isOpen, isWritable } from '../model.ts'
import { type NewWord, say } from './store.ts'

type Of = { draftId: string; by: By; note?: string | undefined }

/**
 * Lays a draft before a second person. What the check refuses is not asked for.
 * @throws Conflict `draft-not-writable`, `draft-changed-since`; BadRequest `service-faulty`
 */
export async function askReview(tx: Write, of: Of & { revision: number }): Promise<void> {
  const whole = await holdDraft(tx, of.draftId)
  const { draft } = whole
  if (!isWritable(draft.state)) throw new Conflict('draft-not-writable', { state: draft.state })
  if (draft.revision !== of.revision) throw new Conflict('draft-changed-since')
  await refuseFaults(tx, whole)
  await say(tx, draft, word('asked', of), { state: 'in-review', askedBy: of.by.id })
  await note(tx, draft, 'designer.review-asked', of.by)
}

/** Takes a draft back from review, or from approval, to write on. @throws Conflict `draft-not-in-review` */
export async function takeBack(tx: Write, of: Of): Promise<void> {
  const { draft } = await holdDraft(tx, of.draftId)
  if (draft.state !== 'in-review' && draft.state !== 'approved') throw new Conflict('draft-not-in-review')
  await say(tx, draft, word('taken-back', of), { state: 'draft' })
  await note(tx, draft, 'designer.review-taken-back', of.by)
}

/**
 * A second person's word on a draft: nobody who wrote in it or asked for its review.
 * @throws Forbidden `review-own-draft`; Conflict `draft-not-in-review`, `draft-changed-since`; BadRequest `service-faulty`
 */
export async function decideReview(
  tx: Write,
  of: Of & { revision: number; decision: 'approved' | 'returned' },
): Promise<void> {
  const whole = await holdDraft(tx, of.draftId)
  const { draft } = whole
  if (draft.state !== 'in-review') throw new Conflict('draft-not-in-review')
  if (draft.revision !== of.revision) throw new Conflict('draft-changed-since')
  if (!(await mayReview(tx, draft, of.by.id))) throw new Forbidden('review-own-draft')
  if (of.decision === 'approved') await refuseFaults(tx, whole)
  await say(tx, draft, word(of.decision, of), { state: of.decision })
  await note(tx, draft, `designer.review-${of.decision}`, of.by)
}

/** Whether this person is a second one: did not write in the draft, and did not ask. */
export async function mayReview(tx: Read, draft: Draft, staffId: string): Promise<boolean> {
  return draft.askedBy !== staffId && !(await writersOf(tx, draft.id)).includes(staffId)
}

/**
 * Publishes an approved draft, from a day on. The amounts it brings are loaded with it; what the town has set stands.
 * @throws Conflict `draft-not-approved`, `draft-behind` (with `newest`: another version was published meanwhile), `publish-day-past`;
 *   BadRequest `service-faulty`
 */
export async function publishDraft(
  tx: Write,
  of: { draftId: string; by: By; from: CalendarDate; timeZone: string },
): Promise<{ code: string; version: number }> {
  const whole = await holdDraft(tx, of.draftId)
  const { draft, source, commons, base } = whole
  if (draft.state !== 'approved') throw new Conflict('draft-not-approved')
  const today = dateIn(tx.now, of.timeZone)
  if (of.from < today) throw new Conflict('publish-day-past')
  const { definition } = await refuseFaults(tx, whole)
  const { code, version } = definition
  const [newest] = await versionsOf(tx, code)
  if (newest && newest.version >= version) throw new Conflict('draft-behind', { newest: newest.version })
  const from = of.from === today ? tx.now : startOfDay(of.from, of.timeZone)
  if (newest && newest.publishedAt > from) throw new Conflict('publish-before-newest')
  await publishService(tx, { source, commons }, of.by, { from, base })
  await loadDefaultTariffs(tx, definition.tariffs)
  const published = { kind: 'published', fromDay: of.from, by: of.by.id } as const
  await say(tx, draft, published, { state: 'published', publishedVersion: version })
  await note(tx, draft, 'designer.draft-published', of.by)
  return { code, version }
}

/** Lays a draft aside for good. @throws Conflict `draft-closed` */
export async function dropDraft(tx: Write, of: Of): Promise<void> {
  const { draft } = await holdDraft(tx, of.draftId)
  if (!isOpen(draft.state)) throw new Conflict('draft-closed', { state: draft.state })
  await say(tx, draft, word('dropped', of), { state: 'dropped' })
  await note(tx, draft, 'designer.draft-dropped', of.by)
}

const word = (kind: NewWord['kind'], { note, by }: Of): NewWord => ({ kind, note, by: by.id })

async function refuseFaults(tx: Write, { source, commons }: WholeDraft) {
  const { faults, read } = checkText({ source, commons }, await surroundingsOf(tx))
  const among = read ? await faultsAmong(tx, read) : []
  const stops = stopsPublishing([...faults, ...among])
  if (!read || stops.length > 0) throw new BadRequest('service-faulty', { faults: stops })
  return read
}

const note = (tx: Write, draft: Draft, act: string, by: By): Promise<unknown> =>
  record(tx, { actor: by, act, subjectKind: 'service-draft', subjectId: draft.id, cause: draft.code })
