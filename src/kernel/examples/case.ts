/** One case lived through by the rules of the kernel, as a town would: nothing of it is kept anywhere. */

import { dateIn, momentOf, type WorkCalendar } from '../../lib/calendar.ts'
import { DomainError } from '../../lib/errors.ts'
import type { Answers, Example, ExampleAct, ExampleOutcome, RuleValues } from '../definition/index.ts'
import { simulate } from '../form/index.ts'
import { requiredPapers } from '../papers/index.ts'
import {
  type ActData,
  type Action,
  type Consequence,
  decide,
  escalatesAt,
  findStep,
  type Projection,
  taskSource,
  unfiled,
  type Who,
} from '../workflow/index.ts'
import { dataOf, meantBy, type Stand, taskOf, whoDoes } from './acts.ts'
import { faultsIn, readAnswers } from './answers.ts'
import { exampleDay, exampleHour } from './calendar.ts'
import type { Watched } from './coverage.ts'
import { FeeBook } from './fees.ts'
import { refusalWords } from './refusals.ts'

/** Why a case does not go on: at which of its acts, or at its answers. */
export type Halt = { at: number | 'answers'; reason: string }

/** What was seen after filing and after each act. */
export type Moment = { act: string; state: string; step: string | undefined; at: Date }

export type Lived = { came: ExampleOutcome; moments: Moment[]; halt: Halt | undefined }

class Halted extends Error {}

/** Lives through an example. What the rules refuse ends it, with the reason. */
export function live(watched: Watched, example: Example, calendar: WorkCalendar): Lived {
  const life = new Case(watched, example, calendar)
  let at: Halt['at'] = 'answers'
  let halt: Halt | undefined
  try {
    life.file()
    for (const [i, act] of example.acts.entries()) {
      at = i
      life.act(act)
    }
    life.rest()
  } catch (error) {
    if (!(error instanceof Halted || error instanceof DomainError)) throw error
    halt = { at, reason: error.message }
  }
  return { came: life.outcome(), moments: life.moments, halt }
}

class Case {
  readonly moments: Moment[] = []
  private readonly watched: Watched
  private readonly example: Example
  private readonly calendar: WorkCalendar
  private readonly fees: FeeBook
  private readonly offices: string[]
  private at: Date
  private answers: Answers = {}
  private papers: string[] = []
  private told: string[] = []
  private parts: string[] = []
  private projection: Projection = unfiled
  private ids = 0

  constructor(watched: Watched, example: Example, calendar: WorkCalendar) {
    this.watched = watched
    this.example = example
    this.calendar = calendar
    this.fees = new FeeBook(watched)
    this.at = momentOf(example.today ?? exampleDay, exampleHour, calendar.timeZone)
    this.offices = officesOf(watched.service.definition, example)
  }

  /** Fills in the form, brings the papers, files. */
  file(): void {
    const { service } = this.watched
    const fields = service.definition.form.pages.flatMap(page => page.fields)
    const strange = Object.keys(this.example.answers).filter(id => !fields.some(field => field.id === id))
    if (strange.length > 0) throw new Halted(`لا سؤال باسم ${strange.join('، ')}`)
    const { answers: _, stepFields: __, ...values } = this.values()
    const { pruned, missing } = simulate(service, readAnswers(fields, this.example.answers), values)
    if (missing.length > 0) {
      throw new Halted(missing.map(({ field, code }) => `«${field}» ${answerWords[code] ?? code}`).join('، '))
    }
    this.answers = pruned
    this.papers = requiredPapers(service, this.values()).map(({ id }) => id)
    this.do('file', { kind: 'citizen', personId: 'party', relation: 'party' }, undefined, {})
    this.note('file')
  }

  /** Does one act of the example; what the system does by itself was done before it. */
  act(written: string | ExampleAct): void {
    this.runEffects(written)
    const stand = this.stand()
    const meant = meantBy(written, stand)
    if (typeof meant === 'string') throw new Halted(meant)
    const { act, name } = meant
    this.at = new Date(this.at.getTime() + (act.wait ?? 0) * 3_600_000)
    this.awaitTheHour(name, stand)
    const taskId = taskOf(name, act, stand)
    const data = this.filledIn(dataOf(name, act, stand, this.at, this.calendar), taskId)
    if (name === 'pay') this.settle()
    this.do(name, whoDoes(name, stand, this.offices), taskId, data, act.note)
    this.note(name)
  }

  /** After the last act: effects the system runs, and the conditions of fees nothing was raised by. */
  rest(): void {
    this.runEffects(undefined)
    if (this.projection.state === 'done') this.fees.passBy(this.values())
  }

  outcome(): ExampleOutcome {
    const { state, tasks, dueAt } = this.projection
    return {
      papers: this.papers,
      fees: this.fees.written(),
      way: tasks.filter(({ purpose }) => purpose === 'step').map(({ step }) => step),
      messages: this.told,
      state,
      due: dueAt ? dateIn(dueAt, this.calendar.timeZone) : 'none',
    }
  }

  private values(stepFields: Answers = this.projection.stepFields): RuleValues {
    const { definition } = this.watched.service
    return {
      answers: this.answers,
      stepFields,
      capacity: this.example.capacity ?? definition.applicants[0] ?? 'principal',
      channel: this.example.channel ?? definition.channels[0] ?? 'web',
      today: dateIn(this.at, this.calendar.timeZone),
    }
  }

  private stand(): Stand {
    const { projection, parts } = this
    const task = projection.tasks.find(({ purpose, state }) => purpose === 'step' && state !== 'closed')
    const { definition } = this.watched.service
    return { definition, projection, step: findStep(this.watched.service, projection.step), task, parts }
  }

  /** Effects the system is left with run at once, unless the next act says what becomes of them. */
  private runEffects(next: string | ExampleAct | undefined): void {
    for (let i = 0; i < 20; i += 1) {
      const { step, task } = this.stand()
      if (step?.kind !== 'effect' || !step.auto || task?.state !== 'waiting') return
      const said = typeof next === 'string' ? [next] : [next?.step, next?.act]
      if (said.includes(step.id) || said.includes('effect-failed') || said.includes('run-effect')) return
      this.do('run-effect', { kind: 'system' }, task.id, this.filledIn({}, task.id))
      this.note('run-effect')
    }
  }

  /** Nobody is asked to write how long silence lasts, or that a visit is made when it was agreed on. */
  private awaitTheHour(name: Action['name'], { task, step, projection }: Stand): void {
    const hour =
      name === 'lapse'
        ? task?.dueAt
        : name === 'escalate' && task
          ? escalatesAt(this.watched.service, projection, task, this.calendar)
          : step?.kind === 'site-visit' && (name === 'approve' || name === 'missed')
            ? task?.appointment?.from
            : undefined
    if (hour && hour > this.at) this.at = hour
  }

  /** Looks at what is filled in as a form would, and attaches what must be shown. */
  private filledIn(data: ActData, taskId: string | undefined): ActData {
    const task = this.projection.tasks.find(({ id }) => id === taskId)
    const source =
      task?.purpose === 'branch'
        ? taskSource(this.watched.service, task)
        : findStep(this.watched.service, this.projection.step)
    const fields = source?.fields ?? []
    const filled = data.fields && readAnswers(fields, data.fields)
    const [fault] = filled ? faultsIn(fields, filled, this.values().today) : []
    if (fault) throw new Halted(`«${fault.field}» ${answerWords[fault.code] ?? fault.code}`)
    const proofs = source?.proofs?.map(({ id }) => ({ id, documentId: id }))
    return { ...data, ...(filled && { fields: filled }), ...(proofs && { proofs }) }
  }

  private settle(): void {
    const step = findStep(this.watched.service, this.projection.step)
    this.fees.settle(step?.feePoint ?? 'before-filing')
  }

  private do(
    name: Action['name'],
    actor: Who,
    taskId: string | undefined,
    data: ActData,
    note = 'كما في المثال',
  ): void {
    const { answers, calendar, projection } = this
    const { capacity, channel } = this.values()
    this.ids += 1
    const decision = decide(
      this.watched.service,
      projection,
      {
        name,
        actor,
        at: this.at,
        note,
        data,
        newTaskIds: () => `task-${++this.ids}`,
        ...(taskId !== undefined && { taskId }),
      },
      {
        answers,
        capacity,
        channel,
        calendar,
        offices: this.offices,
        feesDue: (point, stepFields) => this.fees.isDue(point, this.values(stepFields)),
      },
    )
    if (!decision.ok) {
      const fields = decision.fields ? `: ${decision.fields.join('، ')}` : ''
      throw new Halted(`${refusalWords[decision.code]}${fields} («${name}»)`)
    }
    this.projection = decision.projection
    for (const consequence of decision.consequences) this.follow(consequence)
  }

  private follow(consequence: Consequence): void {
    const { definition } = this.watched.service
    if (consequence.kind === 'message') {
      if (definition.messages[consequence.event]) this.told = [...this.told, consequence.event]
    } else if (consequence.kind === 'raise-fees') this.fees.raise(consequence.feePoint, this.values())
    else if (consequence.kind === 'cancel-fees') this.fees.cancel(consequence.feePoint)
    else if (consequence.kind === 'file-part') this.filePart(consequence.step, consequence.part)
  }

  private filePart(stepId: string, id: string): void {
    const step = findStep(this.watched.service, stepId)
    const part = step?.parts?.find(each => each.id === id)
    for (const rule of Object.values(part?.answers ?? {})) this.watched.service.valueOf(rule, this.values())
    const others = new Set(step?.parts?.map(each => each.id))
    this.parts = [...this.parts.filter(each => others.has(each) && each !== id), id]
  }

  private note(act: string): void {
    const { state, step } = this.projection
    this.moments.push({ act, state, step, at: this.at })
  }
}

/** Every office the service or the example names. */
function officesOf(definition: Watched['service']['definition'], example: Example): string[] {
  const acts = example.acts.flatMap(act =>
    typeof act === 'object' && act.act === 'refer' ? (act.to ?? []) : [],
  )
  const steps = definition.steps.flatMap(step =>
    [step, ...(step.opinions ?? [])].flatMap(({ office, officeWhen = [] }) => [
      office,
      ...officeWhen.map(each => each.office),
    ]),
  )
  const ladders = [definition, ...definition.steps].flatMap(({ ladder = [] }) => ladder)
  return [
    ...new Set([
      definition.guide.office,
      ...steps,
      ...acts,
      ...ladders.flatMap(({ office }) => office ?? []),
    ]),
  ]
}

/** What is wrong with an answer, for whoever writes the example. */
const answerWords: Record<string, string> = {
  required: 'بلا جواب',
  'not-an-option': 'جوابه ليس من الخيارات',
  'wrong-kind': 'جوابه من نوع آخر',
  'too-small': 'أصغر من الحد',
  'too-large': 'أكبر من الحد',
  'too-few': 'أقل من المطلوب',
  'too-many': 'أكثر من المسموح',
  'date-in-future': 'يوم لم يأت بعد',
  'date-in-past': 'يوم مضى',
}
