import type { Capacity } from '../../../kernel/definition/index.ts'
import { dateIn } from '../../../lib/calendar.ts'
import type { Write } from '../../../platform/database/index.ts'
import { aside, type Call, typedList, typedText } from '../../../web/call.ts'
import { catalogueOf } from '../../catalogue/index.ts'
import { type Draft, saveDraft } from '../../requests/index.ts'
import { typedWithTerms } from '../parties/draft.ts'
import { counterDraft } from '../store.ts'
import { type FormReading, readForm, typedWith } from './form.ts'

export type Kept = { draft: Draft; read: FormReading }

/**
 * Keeps what stands on the page of a request being taken in. Every button of the page sends all of it, so nothing typed is lost whichever
 * is pressed; what cannot be read is kept as it was typed. A request that was filed meanwhile is left as it is.
 */
export async function keepCase(tx: Write, call: Call, draftId: string): Promise<Kept> {
  const draft = await counterDraft(tx, draftId, true)
  const { service } = (await catalogueOf(tx)).get(draft.serviceCode, draft.serviceVersion)
  const today = dateIn(tx.now, call.town.timeZone)
  const capacity = capacityOf(call, draft, service.definition.applicants)
  const shown = new Set(typedText(call, '_shown').split(' ').filter(Boolean))
  const read = readForm(service, call.typed, shown, { capacity, today, before: draft.answers })
  if (draft.requestId) return { draft, read }
  const notes = { identitySeen: typedText(call, 'seen') === 'yes', originals: typedList(call, 'original') }
  const typed = typedWithTerms(typedWith(draft, read.unread, notes), call.typed)
  await saveDraft(tx, draftId, { answers: read.answers, typed, capacity })
  return { draft: { ...draft, answers: read.answers, typed, capacity }, read }
}

/** Keeps it in a transaction of its own, for buttons that may yet be refused. */
export const keepNow = (call: Call, draftId: string): Promise<Kept> =>
  aside(call, tx => keepCase(tx, call, draftId))

function capacityOf(call: Call, draft: Draft, accepted: readonly Capacity[]): Capacity {
  const typed = typedText(call, 'capacity')
  return accepted.find(each => each === typed) ?? draft.capacity
}
