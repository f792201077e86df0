import type { Actor } from '../../kernel/access/index.ts'
import type { ActName, Capacity, CompiledService } from '../../kernel/definition/index.ts'
import { requiredPapers } from '../../kernel/papers/index.ts'
import type { ActData, Task } from '../../kernel/workflow/index.ts'
import { addWorkingMinutes, dateIn } from '../../lib/calendar.ts'
import { DomainError } from '../../lib/errors.ts'
import type { Write } from '../../platform/database/transaction.ts'
import { catalogueOf } from '../catalogue/index.ts'
import {
  accountsOnOffer,
  attachPaper,
  type FilingPaper,
  fileRequest,
  getRequest,
  performAct,
  type Request,
} from '../requests/index.ts'
import { hangOn } from '../visits/index.ts'
import type { Agenda } from './agenda.ts'
import { answersFor, type ServiceCode } from './answers.ts'
import { answer, lapse, reportersWord, showWork } from './complaints.ts'
import { bring, type Samples } from './papers.ts'
import { payFees } from './pay-fees.ts'
import { sceneOf } from './photos.ts'
import { type Person, type Stage, whenOpen, workerAt } from './stage.ts'
import { fillFields, valuesOf } from './step-fields.ts'

export type Ahead = { stage: Stage; agenda: Agenda; samples: Samples; until: Date }

const minute = 60_000
const citizenOf = (person: Person): Actor => ({ kind: 'citizen', personId: person.id, level: 'verified' })

/** Somebody wants something of the town: the request is filed now, and its life is planned step by step. */
export async function file(tx: Write, ahead: Ahead, person: Person, code: ServiceCode): Promise<void> {
  const { stage, samples } = ahead
  const { chance } = stage
  const catalogue = await catalogueOf(tx)
  const offered = catalogue.find(code)
  if (!offered) return
  const prepaid =
    code === 'ELE-04' ? (await accountsOnOffer(tx, person.id, 'electricity', 'prepaid'))[0] : undefined
  if (code === 'ELE-04' && !prepaid) return
  const connects = code === 'ELE-01' || code === 'WAT-01'
  const capacity: Capacity = connects && chance.happens(0.25) ? 'tenant' : 'principal'
  const answers = answersFor(stage, code, person, capacity, prepaid?.number)
  const atCounter = chance.happens(0.62)
  const clerk = workerAt(stage, 'service-centre', 'clerk')
  const values = {
    answers,
    stepFields: {},
    capacity,
    channel: 'web' as const,
    today: dateIn(tx.now, stage.town.timeZone),
  }
  const papers: FilingPaper[] = []
  const by = atCounter ? { kind: 'staff', id: clerk.id } : { kind: 'citizen', id: person.id }
  for (const paper of requiredPapers(offered.service, values)) {
    if (paper.optional && !(paper.kind === 'report-photo' && chance.happens(0.6))) continue
    const documentId = await bring(tx, stage, samples, {
      kind: paper.kind,
      title: paper.name.ar,
      ownerId: person.id,
      by,
      ...(paper.kind === 'report-photo' && { look: `${sceneOf(answers.kind)}-before` }),
    })
    papers.push({ paperId: paper.id, documentId, state: 'supplied' })
  }
  try {
    const filed = await fileRequest(tx, stage, {
      serviceCode: code,
      serviceVersion: offered.version,
      channel: atCounter ? 'counter' : 'web',
      capacity,
      applicantId: person.id,
      answers,
      papers,
      by: atCounter ? clerk.actor : { kind: 'citizen', personId: person.id, relation: 'party' },
    })
    if (atCounter)
      await hangOn(tx, {
        staffId: clerk.id,
        act: 'request.filed',
        requestId: filed.requestId,
        personId: person.id,
      })
    await goOn(tx, ahead, person, filed.requestId, atCounter)
  } catch (error) {
    // Dues hold some; they come back another day, or not.
    if (!(error instanceof DomainError)) throw error
  }
}

/** Looks at where a request stands and plans what happens to it next. */
async function goOn(tx: Write, ahead: Ahead, person: Person, requestId: string, here = false): Promise<void> {
  const { stage, agenda } = ahead
  const { chance } = stage
  const request = await getRequest(tx, requestId)
  const { projection } = request
  const plan = (at: Date, happen: (later: Write) => Promise<void>) => {
    if (at < ahead.until) agenda.plan(at, happen)
  }
  const then = (happen: (later: Write) => Promise<unknown>) => async (later: Write) => {
    await happen(later)
    await goOn(later, ahead, person, requestId)
  }
  switch (projection.state) {
    case 'awaiting-fee': {
      if (chance.happens(0.03) && !here) return
      const later = new Date(tx.now.getTime() + chance.delay(1.4 * 24 * 60) * minute)
      const paid = here ? new Date(tx.now.getTime() + 3 * minute) : whenOpen(stage, later)
      plan(
        paid,
        then(at => payFees(at, stage, person, requestId)),
      )
      return
    }
    case 'awaiting-papers': {
      if (chance.happens(0.12)) return
      plan(
        new Date(tx.now.getTime() + chance.delay(3 * 24 * 60) * minute),
        then(later => supply(later, ahead, person, requestId)),
      )
      return
    }
    case 'awaiting-answer': {
      const word = reportersWord(stage)
      const lapses = projection.tasks.find(each => each.state === 'waiting')?.dueAt
      if (!word && lapses) plan(lapses, later => lapse(later, stage, requestId))
      if (word) {
        const later = new Date(tx.now.getTime() + chance.delay(20 * 60) * minute)
        plan(
          lapses && later > lapses ? lapses : later,
          then(at => answer(at, stage, person, requestId, word)),
        )
      }
      return
    }
    case 'done':
    case 'rejected':
    case 'withdrawn':
      return
    default: {
      const task = projection.tasks.find(each => each.state === 'open')
      if (!task) return
      const work = chance.delay(Math.max(40, hoursOf(task, tx.now) * 30))
      const visit = task.appointment && task.appointment.from > tx.now ? task.appointment.to : tx.now
      plan(
        addWorkingMinutes(stage.town.calendar, visit, Math.min(work, 6_000)),
        then(later => workOn(later, ahead, requestId, task)),
      )
    }
  }
}

const hoursOf = (task: Task, now: Date): number =>
  task.dueAt ? Math.max(1, (task.dueAt.getTime() - now.getTime()) / 3_600_000 / 4) : 2

async function supply(
  tx: Write,
  { stage, samples }: Ahead,
  person: Person,
  requestId: string,
): Promise<void> {
  const { service } = await serviceOf(tx, requestId)
  const { projection } = await getRequest(tx, requestId)
  for (const missing of projection.missingPapers) {
    const paper = service.papers.find(each => each.id === missing.id)?.paper
    if (!paper) continue
    const by = { kind: 'citizen', id: person.id }
    const documentId = await bring(tx, stage, samples, {
      kind: paper.kind,
      title: paper.name.ar,
      ownerId: person.id,
      by,
    })
    await attachPaper(tx, requestId, { paperId: paper.id, documentId, state: 'supplied' }, by)
  }
  const data = { supplied: projection.missingPapers.map(each => each.id) }
  await performAct(tx, stage, { requestId, name: 'supply-papers', actor: citizenOf(person), data })
}

const questions = [
  'لا مانع حسب الأصول. ما رأيكم في الموقع؟',
  'نرجو بيان وضع الشارع.',
  'هل في السجلات ما يمنع؟',
] as const
const opinions = ['لا مانع.', 'الموقع مطابق للمخطط.', 'لا مانع حسب الأصول.'] as const
const faults = [
  'الصورة غير واضحة، نحتاجها من جديد.',
  'باسم المالك السابق. نحتاجها باسمك.',
  'انتهت صلاحيتها.',
] as const

/** The mayor was away these days: what came to be signed waits. */
const unsignedDays = 20

/** One piece of work on a task: mostly it is completed; sometimes a paper is missing, an opinion is asked, or the answer is no. */
async function workOn(
  tx: Write,
  { stage, samples, until }: Ahead,
  requestId: string,
  planned: Task,
): Promise<void> {
  const { chance } = stage
  const { request, service } = await serviceOf(tx, requestId)
  const task = request.projection.tasks.find(each => each.id === planned.id)
  if (task?.state !== 'open') return
  const worker = task.assignee
    ? (stage.staff.find(each => each.id === task.assignee) ?? workerAt(stage, task.office, task.role))
    : workerAt(stage, task.office, task.role)
  const act = (name: ActName, word: { note?: string; data?: ActData } = {}) =>
    performAct(tx, stage, { requestId, name, actor: worker.actor, taskId: task.id, ...word })
  if (task.purpose !== 'step') {
    await act('refer-back', { note: chance.pick(opinions) })
    return
  }
  const step = service.step(task.step)
  if (step.kind === 'signature' && until.getTime() - tx.now.getTime() < unsignedDays * 24 * 60 * minute)
    return
  // One department lags behind: its drawings were being counted.
  const lags = task.office === 'planning' && until.getTime() - tx.now.getTime() < 8 * 24 * 60 * minute
  if (lags && chance.happens(0.5)) return
  const asked = request.projection.lastSeq
  const papers = service.papers.filter(each =>
    each.applies({ ...valuesOf(request), today: dateIn(tx.now, stage.town.timeZone) }),
  )
  if (step.acts.includes('ask-papers') && papers.length > 0 && asked < 8 && chance.happens(0.09)) {
    await act('ask-papers', {
      data: { papers: [{ id: chance.pick(papers).id, words: chance.pick(faults) }] },
    })
    return
  }
  if (step.acts.includes('refer') && step.kind === 'review' && asked < 9 && chance.happens(0.06)) {
    const office = chance.pick(
      ['planning', 'finance', 'electricity', 'public-relations'].filter(each => each !== task.office),
    )
    await act('refer', { note: chance.pick(questions), data: { to: { office, purpose: 'opinion' } } })
    return
  }
  if (step.acts.includes('reject') && step.kind === 'decision' && chance.happens(0.05)) {
    await act('reject', refusal(service))
    return
  }
  if (step.kind === 'site-visit' && !(task.appointment && task.appointment.from <= tx.now)) {
    if (!task.appointment) await act('appoint', { data: { appointment: soon(stage, tx.now) } })
    return
  }
  const shown = await showWork(tx, stage, samples, { request, step, worker })
  const fields = step.fields && fillFields(stage, service, step.id, step.fields, request, tx)
  await act(completing(step.kind), { data: { ...(fields && { fields }), ...shown } })
}

/** The next day the town is open, in the middle of the morning, for an hour. */
function soon(stage: Stage, now: Date): { from: Date; to: Date } {
  const from = addWorkingMinutes(
    stage.town.calendar,
    whenOpen(stage, new Date(now.getTime() + 16 * 60 * minute)),
    60,
  )
  return { from, to: new Date(from.getTime() + 60 * minute) }
}

/** A ground where the service has them. */
function refusal({ definition: { grounds } }: CompiledService): { note?: string; data?: ActData } {
  const [ground] = grounds ?? []
  return ground
    ? { data: { ground: ground.id } }
    : { note: 'لا يستوفي الموقع شروط التوصيل حسب نظام الكهرباء.' }
}

function completing(kind: string): ActName {
  if (kind === 'signature') return 'sign'
  if (kind === 'effect') return 'run-effect'
  return kind === 'handover' ? 'hand-over' : 'approve'
}

async function serviceOf(
  tx: Write,
  requestId: string,
): Promise<{ request: Request; service: CompiledService }> {
  const request = await getRequest(tx, requestId)
  const { service } = (await catalogueOf(tx)).get(request.serviceCode, request.serviceVersion)
  return { request, service }
}
