import type { Answers, Capacity, CompiledService, Field } from '../../../kernel/definition/index.ts'
import { type FormFault, readPage } from '../../../kernel/form/index.ts'
import type { CalendarDate } from '../../../lib/calendar.ts'
import type { Typed } from '../../../web/call.ts'
import type { Draft, FormInHand } from '../../requests/index.ts'
import { type Raw, rawOf } from '../../requests/index.ts'

/** Names under which the counter keeps its own part of a draft's typed texts. */
const unread = 'counter-unread'
const notes = 'counter-notes'

/** What the clerk noted besides the answers: the identity seen, originals seen. */
export type CounterNotes = { identitySeen: boolean; originals: string[] }

export function notesOf(draft: Draft): CounterNotes {
  const kept = draft.typed[notes] ?? {}
  return { identitySeen: kept.seen === 'yes', originals: [kept.originals ?? []].flat() }
}

/** A page of the form as it is shown: its questions that are asked of these answers. */
export type ShownPage = { id: string; title: { ar: string; en: string }; fields: Field[] }

/** Every page that is reached, in order, with the questions asked on it. All of them stand on one page at the counter. */
export function shownPages({ service, simulation, values }: FormInHand): ShownPage[] {
  const rules = { ...values, answers: simulation.pruned, stepFields: {} }
  return service.pages
    .filter(page => simulation.reachable.includes(page.id))
    .map(page => ({
      id: page.id,
      title: page.page.title,
      fields: page.fields.filter(each => each.applies(rules)).map(each => each.field),
    }))
    .filter(page => page.fields.length > 0)
}

/** What stands in the boxes: the answers, and over them what was typed and could not be read. */
export function boxesOf({ service, draft }: FormInHand, known: Answers = {}): Raw {
  const answered = service.pages.map(page => rawOf(page, { ...known, ...draft.answers }, undefined))
  return Object.assign({}, ...answered, draft.typed[unread])
}

const rootOf = (field: string) => field.split('.', 1)[0] ?? ''

export type FormReading = {
  answers: Answers
  unread: Raw
  /** Of questions that stood on the page; those that only now came up are not blamed. */
  faults: FormFault[]
  warnings: FormFault[]
}

type ReadAs = { capacity: Capacity; today: CalendarDate; before: Answers }

/**
 * Reads all pages of a form as they were posted together. `shown` names the questions that stood on the page: what was answered to others
 * stays, since a later answer may bring them back.
 */
export function readForm(
  service: CompiledService,
  raw: Typed,
  shown: ReadonlySet<string>,
  { capacity, today, before }: ReadAs,
): FormReading {
  const answers: Answers = Object.fromEntries(Object.entries(before).filter(([id]) => !shown.has(id)))
  const faults: FormFault[] = []
  const warnings: FormFault[] = []
  const typed: Raw = {}
  for (const { id } of service.pages) {
    const reading = readPage(service, id, raw, { capacity, channel: 'counter', today, existing: answers })
    for (const [field, answer] of Object.entries(reading.answers))
      if (shown.has(field)) answers[field] = answer
    const stood = reading.faults.filter(({ field }) => shown.has(rootOf(field)))
    faults.push(...stood)
    warnings.push(...reading.warnings.filter(({ field }) => shown.has(rootOf(field))))
    const wrong = new Set(stood.filter(({ code }) => code !== 'required').map(({ field }) => rootOf(field)))
    for (const [name, value] of Object.entries(reading.typed))
      if (wrong.has(rootOf(name))) typed[name] = value
  }
  return { answers, unread: typed, faults, warnings }
}

/** What is wrong with what stands in the boxes now, leaving aside what is merely not answered yet. */
export function standingFaults(form: FormInHand): Pick<FormReading, 'faults' | 'warnings'> {
  const { service, draft, today } = form
  const shown = new Set(shownPages(form).flatMap(page => page.fields.map(field => field.id)))
  const read = readForm(service, boxesOf(form), shown, {
    capacity: draft.capacity,
    today,
    before: draft.answers,
  })
  return { faults: read.faults.filter(({ code }) => code !== 'required'), warnings: read.warnings }
}

/** The draft's typed texts with the counter's part renewed. */
export function typedWith(
  draft: Draft,
  read: Raw,
  { identitySeen, originals }: CounterNotes,
): Draft['typed'] {
  return {
    ...draft.typed,
    [unread]: read,
    [notes]: { ...(identitySeen && { seen: 'yes' }), originals },
  }
}
