import type { ActName, CompiledService, Paper } from '../../../../kernel/definition/index.ts'
import { readFields } from '../../../../kernel/form/index.ts'
import { requiredPapers } from '../../../../kernel/papers/index.ts'
import type { ActData } from '../../../../kernel/workflow/index.ts'
import { stripControls } from '../../../../lib/arabic.ts'
import { dateIn, isCalendarDate } from '../../../../lib/calendar.ts'
import type { Fault } from '../../../../lib/errors.ts'
import type { Locale } from '../../../../lib/localized.ts'
import type { Typed } from '../../../../web/call.ts'
import type { Town } from '../../../../web/town.ts'
import { openingOn } from '../clock.ts'
import { readAppointment, readSession } from './kind-read.ts'
import type { ToAct } from './load.ts'
import { stepInHand } from './step-in-hand.ts'
import { actText, readyPhrases } from './strings.ts'
import { readDay, typedAll, typedOne } from './typed.ts'

export { readDay, typedAll, typedOne } from './typed.ts'

/** Names of the form's own fields; those of the step's questions have no dot at their second place. */
export const field = {
  task: 'act.task',
  note: 'act.note',
  phrase: 'act.phrase',
  paper: 'act.paper',
  words: (paperId: string) => `act.words.${paperId}`,
  to: 'act.to',
  purpose: 'act.purpose',
  when: 'act.when',
  date: 'act.date',
  by: 'act.by',
  copy: 'act.copy',
  step: 'act.step',
  ground: 'act.ground',
  original: 'act.original',
} as const

export type ReadAct = { faults: Fault[]; note: string | undefined; data: ActData }

const longestNote = 2000

type Reader = (of: { standing: ToAct; typed: Typed; now: Date; town: Town; locale: Locale }) => ReadAct

/** Reads what was filled in for an act. What the workflow itself refuses (no such step, taken by a colleague) is left to it. */
export function readAct(name: ActName, of: Parameters<Reader>[0]): ReadAct {
  return (readers[name] ?? onlyNote())(of)
}

/** The note: a ready phrase, if one was chosen, before what was typed. */
function noteOf(
  { typed, standing, locale }: Pick<Parameters<Reader>[0], 'typed' | 'standing' | 'locale'>,
  required?: string,
): Pick<ReadAct, 'faults' | 'note'> {
  const chosen = typedOne(typed, field.phrase)
  const phrase = [...standing.phrases, ...readyPhrases(locale)].find(({ id }) => id === chosen)?.text
  const own = stripControls(typedOne(typed, field.note)).trim()
  const note = [phrase, own].filter(Boolean).join('\n')
  if (note.length > longestNote) {
    return { note, faults: [{ field: field.note, code: 'too-long', values: { max: longestNote } }] }
  }
  if (note === '' && required) return { note: undefined, faults: [{ field: field.note, code: required }] }
  return { note: note === '' ? undefined : note, faults: [] }
}

const onlyNote =
  (required?: string): Reader =>
  of => ({ ...noteOf(of, required), data: {} })

const readers: Partial<Record<ActName, Reader>> = {
  approve: of => inSession(of, withFields(of)),
  'run-effect': of => withFields(of),
  record: of => withFields(of),
  opine: of => {
    const read = withFields(of)
    const needed = of.standing.acts.find(({ name }) => name === 'opine')?.needs.note === 'required'
    if (!needed || read.note !== undefined) return read
    return { ...read, faults: [...read.faults, { field: field.note, code: 'required' }] }
  },
  appoint: of => {
    const { note, faults } = noteOf(of)
    const read = readAppointment(of)
    return { note, faults: [...read.faults, ...faults], data: read.data }
  },
  missed: onlyNote('reason-missing'),
  sign: of => withFields(of, secretFaults(of.typed)),
  'hand-over': handOver,
  return: of => {
    const toStep = typedOne(of.typed, field.step)
    const { note, faults } = noteOf(of, 'reason-missing')
    if (toStep === '') faults.push({ field: field.step, code: 'required' })
    return { note, faults, data: toStep === '' ? {} : { toStep } }
  },
  reject: of => inSession(of, reject(of)),
  answer: of => withFields(of),
  withdraw: onlyNote('reason-missing'),
  reopen: onlyNote('reason-missing'),
  'ask-papers': askPapers,
  refer,
  'refer-back': of => ({
    ...noteOf(of, of.standing.task?.purpose === 'information' ? undefined : 'required'),
    data: {},
  }),
  defer,
  pay: except,
}

/** A committee's decision goes with the session it was taken in. */
function inSession(of: Parameters<Reader>[0], read: ReadAct): ReadAct {
  const needed = of.standing.acts.some(({ name, needs }) => name === 'approve' && needs.session)
  if (!needed) return read
  const { faults, session } = readSession(of)
  return {
    ...read,
    faults: [...faults, ...read.faults],
    data: session ? { ...read.data, session } : read.data,
  }
}

function secretFaults(typed: Typed): Fault[] {
  return (['password', 'code'] as const)
    .filter(name => typedOne(typed, name).trim() === '')
    .map(name => ({ field: name, code: `${name}-missing` }))
}

function withFields(of: Parameters<Reader>[0], more: Fault[] = []): ReadAct {
  const { standing, typed, town, now } = of
  const { note, faults } = noteOf(of)
  const { request, service } = standing
  const step = stepInHand(standing)
  if (!step) return { note, faults: [...faults, ...more], data: {} }
  const reading = readFields(service, step.fields ?? [], typed, {
    existing: request.answers,
    stepFields: request.projection.stepFields,
    capacity: request.capacity,
    channel: request.channel,
    today: dateIn(now, town.timeZone),
  })
  const data = Object.keys(reading.answers).length > 0 ? { fields: reading.answers } : {}
  return { note, faults: [...reading.faults, ...faults, ...more], data }
}

/** A ground decided beforehand where the service has them, else the officer's own reason. */
function reject(of: Parameters<Reader>[0]): ReadAct {
  const { grounds } = of.standing.service.definition
  if (!grounds) return onlyNote('reason-missing')(of)
  const ground = grounds.find(({ id }) => id === typedOne(of.typed, field.ground))
  const { note, faults } = noteOf(of, ground?.inWords ? 'reason-missing' : undefined)
  if (!ground) return { note, faults: [{ field: field.ground, code: 'required' }, ...faults], data: {} }
  return { note, faults, data: { ground: ground.id } }
}

/** Papers whose original is shown before the result is handed over. */
export function originalsOf({ request, service, surroundings }: ToAct): Paper[] {
  return requiredPapers(service, surroundings.values(request.projection.stepFields)).filter(
    ({ original }) => original,
  )
}

function handOver(of: Parameters<Reader>[0]): ReadAct {
  const seen = typedAll(of.typed, field.original)
  const originals = originalsOf(of.standing)
  const faults = originals
    .filter(({ id }) => !seen.includes(id))
    .slice(0, 1)
    .map((): Fault => ({ field: field.original, code: 'original-unseen' }))
  const read = withFields(of, faults)
  if (originals.length === 0) return read
  // Who saw which original belongs to the history, in the words of the town.
  const names = originals.map(({ name }) => name.ar).join('، ')
  return { ...read, note: [actText('ar', 'originals-seen', { names }), read.note].filter(Boolean).join('\n') }
}

function askPapers(of: Parameters<Reader>[0]): ReadAct {
  const { standing, typed } = of
  const { note, faults } = noteOf(of)
  const chosen = typedAll(typed, field.paper).filter(id => paperOf(standing.service, id))
  const papers = chosen.map(id => ({
    id,
    words: stripControls(typedOne(typed, field.words(id)))
      .trim()
      .slice(0, 300),
  }))
  if (papers.length === 0) faults.push({ field: field.paper, code: 'paper-unchosen' })
  return { note, faults, data: { papers } }
}

const paperOf = (service: CompiledService, id: string) =>
  service.definition.papers.find(paper => paper.id === id)

function refer(of: Parameters<Reader>[0]): ReadAct {
  const { standing, typed, now, town } = of
  const { offices } = standing.surroundings.context
  const [office = '', staffId] = typedOne(typed, field.to).split('/')
  const purpose = typedOne(typed, field.purpose) === 'information' ? 'information' : 'opinion'
  const { note, faults } = noteOf(of, 'required')
  const by = readDay(typedOne(typed, field.by))
  if (by === 'bad') faults.unshift({ field: field.by, code: 'not-a-date' })
  else if (by !== 'missing' && by < dateIn(now, town.timeZone)) {
    faults.unshift({ field: field.by, code: 'date-in-past' })
  }
  const copies = copiesOf(typed)
  if (copies.some(copy => !offices.includes(copy.office))) {
    faults.unshift({ field: field.copy, code: 'not-an-option' })
  }
  if (office === '') faults.unshift({ field: field.to, code: 'required' })
  else if (!offices.includes(office)) faults.unshift({ field: field.to, code: 'unknown-option' })
  if (office === '') return { note, faults, data: {} }
  const to = { office, purpose, ...(staffId && { staffId }), ...(isCalendarDate(by) && { by }) } as const
  return { note, faults, data: { to, ...(copies.length > 0 && { copies }) } }
}

/** Copies for information, each to one place once. */
function copiesOf(typed: Typed): { office: string; staffId?: string }[] {
  const chosen = new Set([...typedAll(typed, field.copy)].filter(value => value !== ''))
  chosen.delete(typedOne(typed, field.to))
  return [...chosen].map(value => {
    const [office = '', staffId] = value.split('/')
    return { office, ...(staffId && { staffId }) }
  })
}

/** Days to put off by, as they are offered; any other day is typed. */
export const deferDays = [1, 3, 5, 10] as const

function defer(of: Parameters<Reader>[0]): ReadAct {
  const { typed, town, now } = of
  const { note, faults } = noteOf(of)
  const date = dateOf(typedOne(typed, field.when), typedOne(typed, field.date))
  if (date === 'missing') {
    return { note, faults: [{ field: field.when, code: 'required' }, ...faults], data: {} }
  }
  if (date === 'bad') return { note, faults: [{ field: field.date, code: 'bad-date' }, ...faults], data: {} }
  if (date <= dateIn(now, town.timeZone)) {
    return { note, faults: [{ field: field.date, code: 'date-in-past' }, ...faults], data: {} }
  }
  return { note, faults, data: { until: openingOn(date, now, town.calendar) } }
}

/** The day chosen, or typed as people write it: 9/11/2026. */
function dateOf(chosen: string, other: string): string {
  if (isCalendarDate(chosen)) return chosen
  const day = readDay(other)
  return day === 'missing' && chosen === 'other' ? 'bad' : day
}

/** استثناء مع بقاء الذمة: the fee stays owed, under the officer's name and for this reason. */
function except(of: Parameters<Reader>[0]): ReadAct {
  const { note, faults } = noteOf(of, 'reason-missing')
  return { note, faults, data: {} }
}
