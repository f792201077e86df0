import type { Capacity, Channel, ExampleAct, Step } from '../../../kernel/definition/index.ts'
import { tryExample } from '../../../kernel/examples/index.ts'
import { readFields, readPage, simulate } from '../../../kernel/form/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { dateIn } from '../../../lib/calendar.ts'
import type { Fault } from '../../../lib/errors.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, idParam, typedList, typedText, url, write } from '../../../web/call.ts'
import { editDraft } from '../drafts/acts.ts'
import type { Edit } from '../drafts/edit.ts'
import { freshSlug } from '../parts/engine/read.ts'
import { loadTried, type Tried } from './load.ts'
import { dayOf, exampleOf, type Recording, unpacked, writtenAnswers } from './model.ts'
import { showRecording } from './page.tsx'

/** GET: a new example is begun. */
export async function beginRecording(call: Call): Promise<Response> {
  const tried = await loadTried(call)
  return showRecording(
    call,
    tried,
    tried.trial && { recording: unpacked('', tried.trial.definition), faults: [] },
  )
}

/** POST: a page filled in, an act done, a step back, or the example kept. Only the last writes. */
export async function goOnRecording(call: Call): Promise<Response> {
  const tried = await loadTried(call)
  if (!tried.trial) return showRecording(call, tried, undefined)
  const recording = unpacked(typedText(call, 'recording'), tried.trial.definition)
  const order = typedText(call, 'do')
  if (order === 'keep') return keep(call, tried, recording)
  if (order === 'back') return showRecording(call, tried, { recording: stepBack(recording), faults: [] })
  return recording.stage === 'form' ? fillPage(call, tried, recording) : doAct(call, tried, recording)
}

const stepBack = (recording: Recording): Recording =>
  recording.acts.length > 0
    ? { ...recording, acts: recording.acts.slice(0, -1) }
    : { ...recording, stage: 'form' }

function fillPage(call: Call, tried: Tried, before: Recording): Response {
  const { service, definition } = tried.trial as NonNullable<Tried['trial']>
  const chosen = { capacity: typedText(call, 'of.capacity'), channel: typedText(call, 'of.channel') }
  const recording = {
    ...before,
    ...(definition.applicants.includes(chosen.capacity as Capacity) && {
      capacity: chosen.capacity as Capacity,
    }),
    ...(definition.channels.includes(chosen.channel as Channel) && { channel: chosen.channel as Channel }),
  }
  const today = dayOf(dateIn(call.now, call.town.timeZone))
  const values = { capacity: recording.capacity, channel: recording.channel, today }
  const page = typedText(call, 'page')
  const read = readPage(service, page, call.typed, { ...values, existing: recording.answers })
  if (read.faults.length > 0) {
    // What was answered brings up the questions that depend on it.
    const answers = { ...recording.answers, ...read.answers }
    return showRecording(call, tried, {
      recording: { ...recording, answers },
      page,
      typed: read.typed,
      faults: read.faults,
    })
  }
  const asked = new Set(service.page(page).fields.map(({ id }) => id))
  const kept = Object.fromEntries(Object.entries(recording.answers).filter(([id]) => !asked.has(id)))
  const answers = { ...kept, ...read.answers }
  const simulation = simulate(service, answers, values)
  const next = simulation.next(page)
  const filled = { ...recording, answers: simulation.pruned }
  return next === undefined
    ? showRecording(call, tried, { recording: { ...filled, stage: 'filed' }, faults: [] })
    : showRecording(call, tried, { recording: filled, page: next, faults: [] })
}

function doAct(call: Call, tried: Tried, recording: Recording): Response {
  const { definition, service } = tried.trial as NonNullable<Tried['trial']>
  const today = dateIn(call.now, call.town.timeZone)
  const [name = '', of = ''] = typedText(call, 'do').split(':')
  const step = definition.steps.find(each => each.id === typedText(call, 'step'))
  const source = name === 'opine' ? step?.opinions?.find(each => each.id === of) : step
  const values = { capacity: recording.capacity, channel: recording.channel, today: dayOf(today) }
  const fills = completes(name)
  const read = readFields(service, fills ? (source?.fields ?? []) : [], call.typed, {
    ...values,
    existing: recording.answers,
  })
  if (read.faults.length > 0)
    return showRecording(call, tried, { recording, typed: read.typed, faults: read.faults, at: of })
  const fields = writtenAnswers(source?.fields ?? [], read.answers)
  const act = actOf(call, name, of, step, fields)
  const longer = { ...recording, acts: [...recording.acts, act] }
  const { halt } = tryExample(definition, {
    id: 'recording',
    name: { ar: '', en: '' },
    ...exampleOf(longer, definition, today),
  })
  return halt
    ? showRecording(call, tried, { recording, faults: [], halt: halt.reason })
    : showRecording(call, tried, { recording: longer, faults: [] })
}

const completes = (name: string): boolean =>
  ['approve', 'sign', 'run-effect', 'hand-over', 'opine', 'record', 'answer'].includes(name)

/** The act as the example will say it: as short as it can be said. */
function actOf(
  call: Call,
  name: string,
  of: string,
  step: Step | undefined,
  fields: object,
): string | ExampleAct {
  const filled = Object.keys(fields).length > 0 && { fields: fields as NonNullable<ExampleAct['fields']> }
  if (name === 'pay' || name === 'lapse' || name === 'parts-ended') return name
  if (name === 'supply-papers') return { act: 'supply-papers', wait: 24 }
  if (name === 'opine') return { step: step?.id ?? '', opinion: of, ...filled }
  if (name === 'ask-papers')
    return { step: step?.id ?? '', act: 'ask-papers', papers: typedList(call, 'papers') }
  if (name === 'reject') {
    const ground = typedText(call, 'ground')
    return {
      step: step?.id ?? '',
      act: 'reject',
      ...(ground !== '' && { ground }),
      note: typedText(call, 'note') || 'لا تنطبق الشروط',
    }
  }
  if (name === 'return')
    return {
      step: step?.id ?? '',
      act: 'return',
      to: typedText(call, 'to'),
      note: typedText(call, 'note') || 'يُعاد للتدقيق',
    }
  if (name === 'appoint' || name === 'missed') return { step: step?.id ?? '', act: name }
  return filled ? { step: step?.id ?? '', ...filled } : (step?.id ?? '')
}

/** Writes the example into the draft with what came of it. */
async function keep(call: Call, tried: Tried, recording: Recording): Promise<Response> {
  const { definition } = tried.trial as NonNullable<Tried['trial']>
  const { draft } = tried.read
  const name = { ar: typedText(call, 'name.ar').trim(), en: typedText(call, 'name.en').trim() }
  if (name.ar === '') {
    const faults: Fault[] = [{ field: 'name.ar', code: 'required' }]
    return showRecording(call, tried, { recording, faults })
  }
  const examples = definition.examples ?? []
  const body = exampleOf(recording, definition, dateIn(call.now, call.town.timeZone))
  const { came } = tryExample(definition, { id: 'recording', name, ...body })
  const id = freshSlug(name.en, 'case', new Set(examples.map(example => example.id)))
  const value = { id, name: { ...name, en: name.en || name.ar }, ...body, expect: came }
  const edit: Edit =
    examples.length > 0
      ? { op: 'insert', path: ['examples'], value }
      : { op: 'set', path: ['examples'], value: [value] }
  return write(call, async tx => {
    const by = { kind: 'staff', id: actorKey(call.visitor.actor).id }
    await editDraft(tx, { draftId: idParam(call, 'draft'), revision: draft.revision, edits: [edit], by })
    return { redirect: url(call, addresses.designerPart, { draft: draft.id, part: 'examples' }) }
  })
}
