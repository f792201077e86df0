import { may } from '../../../kernel/access/index.ts'
import { isoDate } from '../../../kernel/form/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { isCalendarDate } from '../../../lib/calendar.ts'
import { plainDate } from '../../../lib/dates.ts'
import { BadRequest, Conflict, type Fault, Forbidden } from '../../../lib/errors.ts'
import { inLocale } from '../../../lib/localized.ts'
import type { Write } from '../../../platform/database/transaction.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, idParam, typedText, url, wholeOf, write } from '../../../web/call.ts'
import { flash } from '../../../web/page.tsx'
import { type DesignerText, designerText } from '../strings.ts'
import { askReview, decideReview, dropDraft, publishDraft, takeBack } from './acts.ts'
import { loadDraft } from './load.ts'
import { drawDraft } from './page.tsx'

const longestNote = 1000

/** POST: asks for the review of a draft, takes it back, approves or returns it. */
export async function saveReview(call: Call): Promise<Response> {
  const draftId = idParam(call, 'draft')
  const by = actorKey(call.visitor.actor)
  const what = typedText(call, 'do')
  const typedNote = typedText(call, 'note')
  const note = typedNote.trim() || undefined
  const revision = wholeOf(typedText(call, 'revision'))
  const faults: Fault[] = []
  if (what === 'return' && !note) faults.push({ field: 'note', code: 'reason-missing' })
  if ((note?.length ?? 0) > longestNote)
    faults.push({ field: 'note', code: 'too-long', values: { max: longestNote } })
  if (faults.length > 0) return drawDraft(call, await loadDraft(call), faults, { note: typedNote })
  const of = { draftId, by, note }
  const act: Record<string, { said: DesignerText; run(tx: Write): Promise<void> }> = {
    ask: { said: 'asked', run: tx => askReview(tx, { ...of, revision }) },
    'take-back': { said: 'taken-back', run: tx => takeBack(tx, of) },
    approve: { said: 'approved', run: tx => decideReview(tx, { ...of, revision, decision: 'approved' }) },
    return: { said: 'returned', run: tx => decideReview(tx, { ...of, revision, decision: 'returned' }) },
  }
  const asked = Object.hasOwn(act, what) ? act[what] : undefined
  if (!asked) throw new BadRequest('no-such-act')
  if (what !== 'ask' && what !== 'take-back' && !may(call.visitor.actor, 'catalogue.publish'))
    throw new Forbidden('not-a-reviewer')
  const answer = await write(call, async tx => {
    await asked.run(tx)
    return { redirect: url(call, addresses.designerDraft, { draft: draftId }) }
  })
  flash(call, { text: designerText(call.locale, asked.said) })
  return answer
}

/** POST: publishes an approved draft, from a day on. */
export async function savePublish(call: Call): Promise<Response> {
  const draftId = idParam(call, 'draft')
  const by = actorKey(call.visitor.actor)
  const typed = typedText(call, 'from')
  const from = isoDate(typed)
  const refuse = async (code: string) =>
    drawDraft(call, await loadDraft(call), [{ field: 'from', code }], { from: typed })
  if (!from || !isCalendarDate(from)) return refuse('not-a-date')
  try {
    let published = { code: '', version: 0 }
    const { timeZone } = call.town
    const answer = await write(call, async tx => {
      published = await publishDraft(tx, { draftId, by, from, timeZone })
      return { redirect: url(call, addresses.designerService, { code: published.code }) }
    })
    const { read } = await loadDraft(call)
    const name = inLocale(read.draft.name, call.locale)
    const date = plainDate(from, call.now, { locale: call.locale, timeZone })
    const version = read.draft.publishedVersion ?? published.version
    flash(call, { text: designerText(call.locale, 'published', { name, version, date }) })
    return answer
  } catch (error) {
    if (error instanceof Conflict && error.code === 'publish-day-past') return refuse('date-in-past')
    if (error instanceof Conflict && error.code === 'publish-before-newest')
      return refuse('date-before-newest')
    throw error
  }
}

/** POST: lays a draft aside. */
export async function saveDrop(call: Call): Promise<Response> {
  const draftId = idParam(call, 'draft')
  const by = actorKey(call.visitor.actor)
  const answer = await write(call, async tx => {
    await dropDraft(tx, { draftId, by })
    return { redirect: url(call, addresses.designer) }
  })
  flash(call, { text: designerText(call.locale, 'dropped') })
  return answer
}
