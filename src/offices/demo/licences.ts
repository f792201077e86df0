import type { Example, ExampleAct, Opinion, Step } from '../../kernel/definition/index.ts'
import { requiredPapers } from '../../kernel/papers/index.ts'
import { type ActData, findStep, type Task, taskSource } from '../../kernel/workflow/index.ts'
import { addWorkingMinutes, dateIn } from '../../lib/calendar.ts'
import { DomainError } from '../../lib/errors.ts'
import type { Write } from '../../platform/database/transaction.ts'
import { catalogueOf } from '../catalogue/index.ts'
import { attachPaper, type FilingPaper, fileRequest, getRequest, performAct } from '../requests/index.ts'
import type { Ahead } from './life.ts'
import { bring } from './papers.ts'
import { payFees } from './pay-fees.ts'
import { type Person, whenOpen, workerAt } from './stage.ts'
import { valuesOf } from './step-fields.ts'

const minute = 60_000
const day = 24 * 60 * minute

/** A licence that goes all round the town: which case of the service, how long ago, and the kind of step it has come to by now. */
type Story = { code: string; example: string; daysAgo: number; now?: Step['kind'] }
const stories: readonly Story[] = [
  { code: 'ENG-01', example: 'small-home', daysAgo: 75 },
  { code: 'ENG-01', example: 'small-home', daysAgo: 48, now: 'site-visit' },
  { code: 'ENG-01', example: 'small-home', daysAgo: 30, now: 'committee' },
  { code: 'ENG-01', example: 'small-home', daysAgo: 16, now: 'opinions' },
  { code: 'LIC-01', example: 'grocery', daysAgo: 35 },
  { code: 'LIC-01', example: 'grocery', daysAgo: 12, now: 'outside' },
  { code: 'LIC-01', example: 'grocery', daysAgo: 6, now: 'opinions' },
]
const words = ['لا مانع حسب الأصول.', 'مطابق للمخطط الهيكلي.', 'لا مانع، على أن تُراعى الشروط.'] as const

/** Plans the licences of the town: of each, what its service's own case says is answered and filled in. */
export function planLicences(ahead: Ahead): void {
  const { stage, agenda, until } = ahead
  const adults = stage.people.filter(person => person.adult && person.idNumber !== undefined)
  for (const story of stories) {
    const person = stage.chance.pick(adults)
    const when = whenOpen(stage, new Date(until.getTime() - story.daysAgo * day))
    agenda.plan(when, tx => file(tx, ahead, person, story))
  }
}

async function file(tx: Write, ahead: Ahead, person: Person, story: Story): Promise<void> {
  const { stage, samples } = ahead
  const offered = (await catalogueOf(tx)).find(story.code)
  const example = offered?.service.definition.examples?.find(({ id }) => id === story.example)
  if (!offered || !example) return
  const { service } = offered
  const { answers, capacity = service.definition.applicants[0] ?? 'principal' } = example
  const clerk = workerAt(stage, 'service-centre', 'clerk')
  const today = dateIn(tx.now, stage.town.timeZone)
  const values = { answers, stepFields: {}, capacity, channel: 'counter' as const, today }
  const papers: FilingPaper[] = []
  for (const paper of requiredPapers(service, values)) {
    if (paper.optional) continue
    const by = { kind: 'staff', id: clerk.id }
    const brought = { kind: paper.kind, title: paper.name.ar, ownerId: person.id, by }
    papers.push({
      paperId: paper.id,
      documentId: await bring(tx, stage, samples, brought),
      state: 'supplied',
    })
  }
  await unlessRefused(async () => {
    const { requestId } = await fileRequest(tx, stage, {
      serviceCode: story.code,
      serviceVersion: offered.version,
      channel: 'counter',
      capacity,
      applicantId: person.id,
      answers,
      papers,
      by: clerk.actor,
    })
    planNext(tx, { ahead, person, story, example, requestId })
  })
}

type Way = { ahead: Ahead; person: Person; story: Story; example: Example; requestId: string }

/** The next piece of work, some hours on; a visit waits for its hour. */
function planNext(tx: Write, way: Way, from: Date = tx.now): void {
  const { stage, agenda, until } = way.ahead
  const at = addWorkingMinutes(stage.town.calendar, from, stage.chance.between(90, 700))
  if (at < until) agenda.plan(at, later => unlessRefused(() => goOn(later, way)))
}

/** One act on whatever lies open, until the request has come to where it stands now. */
async function goOn(tx: Write, way: Way): Promise<void> {
  const { person, story, requestId, ahead } = way
  const request = await getRequest(tx, requestId)
  const { service } = (await catalogueOf(tx)).get(request.serviceCode, request.serviceVersion)
  const { projection } = request
  if (projection.closedAt) return
  if (projection.state === 'awaiting-fee') {
    await payFees(tx, ahead.stage, person, requestId)
    planNext(tx, way)
    return
  }
  const step = findStep(service, projection.step)
  const open = projection.tasks.filter(
    ({ state, purpose }) => state !== 'closed' && purpose !== 'information',
  )
  const branches = open.filter(({ purpose, state }) => purpose === 'branch' && state === 'open')
  const task = branches[0] ?? open.find(({ purpose }) => purpose === 'step')
  const source = taskSource(service, task)
  if (!step || !task || !source) return
  const isThere = step.kind === story.now
  if (isThere && (step.kind === 'outside' || step.kind === 'committee')) return
  if (isThere && step.kind === 'opinions' && branches.length < 2) return
  if (step.kind === 'site-visit' && !task.appointment) {
    const from = isThere ? ahead.until : tx.now
    const appointment = morningAfter(ahead, from)
    await act(tx, way, task, 'appoint', { appointment })
    if (!isThere) planNext(tx, way, appointment.to)
    return
  }
  const name = task.purpose === 'branch' ? 'opine' : completing(step.kind)
  const proofs = await show(tx, way, source)
  const fields = fieldsOf(way.example, step, task)
  const session = {
    number: `${ahead.stage.chance.between(3, 40)}/${dateIn(tx.now, ahead.stage.town.timeZone).slice(0, 4)}`,
    date: dateIn(tx.now, ahead.stage.town.timeZone),
    decision: 'الموافقة على الطلب كما أوصت الدوائر.',
  }
  await act(tx, way, task, name, {
    ...(fields && { fields }),
    ...(proofs.length > 0 && { proofs }),
    ...(step.kind === 'committee' && { session }),
  })
  planNext(tx, way)
}

function completing(kind: Step['kind']): 'approve' | 'sign' | 'run-effect' | 'hand-over' | 'record' {
  if (kind === 'signature') return 'sign'
  if (kind === 'effect') return 'run-effect'
  if (kind === 'outside') return 'record'
  return kind === 'handover' ? 'hand-over' : 'approve'
}

async function act(
  tx: Write,
  { ahead: { stage }, requestId }: Way,
  task: Task,
  name: Parameters<typeof performAct>[2]['name'],
  data: ActData,
): Promise<void> {
  const worker =
    stage.staff.find(each => each.id === task.assignee) ?? workerAt(stage, task.office, task.role)
  const note = name === 'opine' ? stage.chance.pick(words) : undefined
  await performAct(tx, stage, { requestId, name, actor: worker.actor, taskId: task.id, data, note })
}

/** What the case fills in on this step, or with this opinion. */
function fieldsOf({ acts }: Example, step: Step, { branch }: Task): ActData['fields'] {
  const said = acts.filter((each): each is ExampleAct => typeof each !== 'string')
  return said.find(each => each.step === step.id && each.opinion === branch && each.fields)?.fields
}

/** What has to be shown of the work. */
async function show(
  tx: Write,
  { ahead: { stage, samples }, requestId }: Way,
  source: Step | Opinion,
): Promise<NonNullable<ActData['proofs']>> {
  const request = await getRequest(tx, requestId)
  const { service } = (await catalogueOf(tx)).get(request.serviceCode, request.serviceVersion)
  const values = { ...valuesOf(request), today: dateIn(tx.now, stage.town.timeZone) }
  const by = { kind: 'staff', id: workerAt(stage, source.office, source.role).id }
  const proofs: NonNullable<ActData['proofs']> = []
  for (const proof of source.proofs ?? []) {
    if (proof.optional || !service.holds(proof.when, values)) continue
    const documentId = await bring(tx, stage, samples, {
      kind: 'proof',
      title: proof.name.ar,
      by,
      look: 'title-deed',
    })
    await attachPaper(tx, requestId, { paperId: proof.id, documentId, state: 'supplied' }, by)
    proofs.push({ id: proof.id, documentId })
  }
  return proofs
}

/** An hour on the next morning the town is open. */
function morningAfter({ stage }: Ahead, from: Date): { from: Date; to: Date } {
  const begins = addWorkingMinutes(stage.town.calendar, new Date(from.getTime() + 16 * 60 * minute), 90)
  return { from: begins, to: new Date(begins.getTime() + 60 * minute) }
}

/** A rule of the town may stand against one of them; the others go on. */
async function unlessRefused(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
  }
}
