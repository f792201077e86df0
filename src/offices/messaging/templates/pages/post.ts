import { may } from '../../../../kernel/access/index.ts'
import { isoDate } from '../../../../kernel/form/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import { stripControls } from '../../../../lib/arabic.ts'
import { dateIn, isCalendarDate, startOfDay } from '../../../../lib/calendar.ts'
import { plainDate } from '../../../../lib/dates.ts'
import { BadRequest, Conflict, type Fault, Forbidden } from '../../../../lib/errors.ts'
import { cleanSms } from '../../../../lib/sms/index.ts'
import type { Write } from '../../../../platform/database/transaction.ts'
import { actorKey } from '../../../../web/actor.ts'
import { type Call, param, typedText, url, wholeOf, write } from '../../../../web/call.ts'
import { flash } from '../../../../web/page.tsx'
import { decideOnWords, dropWords, takeWordsBack, withdrawWords, writeWords } from '../acts.ts'
import { withNames } from '../labels.ts'
import { type TemplateText, templateText } from '../strings.ts'
import { longestBody, longestNote, named } from './editor.tsx'
import { loadWords } from './load.ts'
import { drawTemplate } from './page.tsx'

const here = (call: Call) =>
  url(call, addresses.messageTemplate, { of: param(call, 'of'), event: param(call, 'event') })

const by = ({ visitor: { actor } }: Call) => ({
  ...actorKey(actor),
  office: actor.kind === 'staff' ? actor.appointments[0]?.office : undefined,
})

/** POST: writes words down, as a draft or asked for review at once; or shows what they would come to. */
export async function saveTemplate(call: Call): Promise<Response> {
  const typed = {
    body: cleanSms(typedText(call, 'body'), longestBody),
    note: stripControls(typedText(call, 'note')).trim(),
  }
  const view = await loadWords(call, labels => ({
    body: withNames(typed.body, labels),
    request: typedText(call, 'request'),
  }))
  if (typedText(call, '_foresee') !== '') return drawTemplate(call, view, { typed })
  const ask = typedText(call, 'do') === 'ask'
  const faults = view.findings
    .filter(({ severity, code }) => severity === 'fault' && (ask || code === 'words-empty'))
    .map(({ code, values }): Fault => ({ field: 'body', code, values: named(values, view.labels) }))
  if (typed.note.length > longestNote)
    faults.push({ field: 'note', code: 'too-long', values: { max: longestNote } })
  if (faults.length > 0) return drawTemplate(call, view, { faults, typed })
  const { subject, body, findings } = view
  try {
    const answer = await write(call, async tx => {
      await writeWords(tx, {
        key: subject.key,
        body,
        note: typed.note || undefined,
        by: by(call),
        ask,
        findings,
        basedOn: wholeOf(typedText(call, 'based')),
      })
      return { redirect: here(call) }
    })
    flash(call, { text: templateText(call.locale, ask ? 'asked' : 'saved') })
    return answer
  } catch (error) {
    if (error instanceof BadRequest && error.code === 'words-same')
      return drawTemplate(call, view, { faults: [{ field: 'body', code: 'words-same' }], typed })
    if (error instanceof Conflict && error.code === 'words-changed-since')
      return drawTemplate(call, view, { changed: true, typed, status: 409 })
    throw error
  }
}

/** What somebody may do about words, and what they must be allowed to. */
const needs = {
  approve: 'template.review',
  return: 'template.review',
  withdraw: 'template.read',
  'take-back': 'template.write',
  drop: 'template.write',
} as const

const saidOf: Record<keyof typeof needs, TemplateText> = {
  approve: 'approved',
  return: 'returned',
  withdraw: 'withdrawn',
  'take-back': 'taken-back',
  drop: 'dropped',
}

const isDecision = (what: string): what is keyof typeof needs => Object.hasOwn(needs, what)

/** POST: a second person's decision on words; or takes them back, sets them aside, ends those that hold. */
export async function saveTemplateReview(call: Call): Promise<Response> {
  const what = typedText(call, 'do')
  if (!isDecision(what)) throw new BadRequest('no-such-act')
  if (!may(call.visitor.actor, needs[what])) throw new Forbidden('not-yours', { act: needs[what] })
  const note = stripControls(typedText(call, 'decision-note')).trim()
  const why = stripControls(typedText(call, 'why')).trim()
  const from = readFrom(call)
  const faults: Fault[] = []
  if (what === 'return' && note === '') faults.push({ field: 'decision-note', code: 'reason-missing' })
  if (what === 'withdraw' && why === '') faults.push({ field: 'why', code: 'reason-missing' })
  for (const [field, text] of [
    ['decision-note', note],
    ['why', why],
  ] as const)
    if (text.length > longestNote) faults.push({ field, code: 'too-long', values: { max: longestNote } })
  if (what === 'approve' && 'fault' in from) faults.push({ field: 'from', code: from.fault })
  const again = async (found: Fault[]) =>
    drawTemplate(call, await loadWords(call), {
      faults: found,
      decision: {
        note: typedText(call, 'decision-note'),
        from: typedText(call, 'from'),
        why: typedText(call, 'why'),
      },
    })
  if (faults.length > 0) return again(faults)
  const { subject, findings } = await loadWords(call)
  const of = { key: subject.key, version: wholeOf(typedText(call, 'version')), by: by(call) }
  const acts: Record<keyof typeof needs, (tx: Write) => Promise<void>> = {
    approve: tx => {
      if (!('at' in from)) throw new BadRequest('not-a-date')
      const decided = { note: note || undefined, findings, decision: 'approved', from: from.at } as const
      return decideOnWords(tx, call.house, { ...of, ...decided })
    },
    return: tx => decideOnWords(tx, call.house, { ...of, note, findings, decision: 'returned' }),
    withdraw: tx => withdrawWords(tx, call.house, { ...of, why }),
    'take-back': tx => takeWordsBack(tx, of),
    drop: tx => dropWords(tx, of),
  }
  try {
    const answer = await write(call, async tx => {
      await acts[what](tx)
      return { redirect: here(call) }
    })
    flash(call, { text: said(call, what, from) })
    return answer
  } catch (error) {
    if (error instanceof Conflict && error.code === 'words-before-others')
      return again([{ field: 'from', code: 'words-before-others' }])
    throw error
  }
}

type From = { at: Date; day?: string } | { fault: string }

/** The day words begin; today is this instant. */
function readFrom(call: Call): From {
  const day = isoDate(typedText(call, 'from'))
  if (!day || !isCalendarDate(day)) return { fault: 'not-a-date' }
  const today = dateIn(call.now, call.town.timeZone)
  if (day < today) return { fault: 'date-in-past' }
  return day === today ? { at: call.now } : { at: startOfDay(day, call.town.timeZone), day }
}

function said(call: Call, what: keyof typeof needs, from: From): string {
  if (what !== 'approve' || !('day' in from) || !from.day) return templateText(call.locale, saidOf[what])
  const { locale, now, town } = call
  const date = plainDate(from.day, now, { locale, timeZone: town.timeZone })
  return templateText(locale, 'approved-from', { date })
}
