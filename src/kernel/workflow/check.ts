/** Whether what came with an act will do. The table has already said that the act stands. */

import type { Answer, Answers, FeePoint, Field, Opinion, Proof, Step } from '../definition/model.ts'
import type { Act, ActContext } from './act.ts'
import { checkDeadlines, checkEscalation, checkParts, checkSession } from './check-kinds.ts'
import { dateAt } from './clock.ts'
import type { Projection, Task } from './model.ts'
import { type Refusal, refused } from './refusal.ts'
import { awaitedFeePoint, findStep, stepsBehind, taskSource, type WorkflowService } from './route.ts'
import { availableActs } from './table.ts'
import { mainTask, ruleValues } from './turn.ts'
import { mayExcept } from './who.ts'

export function check(
  service: WorkflowService,
  projection: Projection,
  act: Act,
  ctx: ActContext,
  feesDue: readonly FeePoint[],
): Refusal | undefined {
  if (needsNote(service, projection, act) && !act.note?.trim()) return refused('note-required')
  const { data } = act
  switch (act.name) {
    case 'approve':
      return (
        checkSession(service, projection, act, ctx) ??
        checkFields(service, projection, act, ctx) ??
        checkProofs(service, projection, act, ctx)
      )
    case 'sign':
    case 'run-effect':
    case 'hand-over':
    case 'opine':
    case 'record':
    case 'answer':
      return checkFields(service, projection, act, ctx) ?? checkProofs(service, projection, act, ctx)
    case 'lapse':
      return checkLapse(projection, act)
    case 'reject':
      return checkSession(service, projection, act, ctx) ?? checkGround(service, act)
    case 'appoint':
      if (!data.appointment) return refused('appointment-required')
      if (data.appointment.from < act.at) return refused('date-in-past')
      return data.appointment.from < data.appointment.to ? undefined : refused('appointment-required')
    case 'parts-ended':
      return checkParts(service, projection, act)
    case 'escalate':
      return checkEscalation(service, projection, act, ctx)
    case 'move-deadline':
      return checkDeadlines(projection, act)
    case 'return':
      if (!data.toStep) return refused('step-required')
      return stepsBehind(service, projection).includes(data.toStep) ? undefined : refused('unknown-step')
    case 'ask-papers':
      return checkPapers(
        data.papers?.map(({ id }) => id),
        service.definition.papers.map(({ id }) => id),
      )
    case 'supply-papers':
      return checkPapers(
        data.supplied,
        projection.missingPapers.map(({ id }) => id),
      )
    case 'refer':
      return checkReferral(projection, act, ctx)
    case 'defer':
      if (!data.until) return refused('date-required')
      return data.until > act.at ? undefined : refused('date-in-past')
    case 'pay':
      return checkPayment(service, projection, act, feesDue)
    default:
      return undefined
  }
}

function needsNote(service: WorkflowService, projection: Projection, act: Act): boolean {
  const task = projection.tasks.find(({ id }) => id === act.taskId)
  const offered = availableActs(service, projection, act.actor, task).find(({ name }) => name === act.name)
  return offered?.needs.note === 'required'
}

function checkPapers(named: string[] | undefined, known: readonly string[]): Refusal | undefined {
  if (!named || named.length === 0) return refused('papers-required')
  return named.every(id => known.includes(id)) ? undefined : refused('unknown-paper')
}

function checkReferral(projection: Projection, act: Act, ctx: ActContext): Refusal | undefined {
  const { to, copies = [] } = act.data
  if (!to) return refused('office-required')
  if ([to, ...copies].some(({ office }) => !ctx.offices.includes(office))) return refused('unknown-office')
  const task = projection.tasks.find(({ id }) => id === act.taskId)
  const isSelf = ({ office, staffId }: { office: string; staffId?: string }) =>
    staffId === undefined
      ? office === task?.office
      : act.actor.kind === 'staff' && act.actor.staffId === staffId
  if ([to, ...copies].some(isSelf)) return refused('refers-to-itself')
  if (
    to.purpose === 'opinion' &&
    to.staffId !== undefined &&
    askersOf(projection, task).includes(to.staffId)
  ) {
    return refused('refers-to-asker')
  }
  return to.by !== undefined && to.by < dateAt(act.at, ctx.calendar) ? refused('date-in-past') : undefined
}

/** Who asked for this opinion, who asked them, and so on up: they are answered, not asked. */
function askersOf(projection: Projection, task: Task | undefined): string[] {
  const askers: string[] = []
  for (
    let at = task;
    at && (at.purpose === 'opinion' || at.purpose === 'information');
    at = projection.tasks.find(({ id }) => id === at?.parent)
  ) {
    if (at.from) askers.push(at.from.id)
  }
  return askers
}

/** The ledger is settled first, then the request told so; an exception leaves the debt, under a name and for a reason. */
function checkPayment(
  service: WorkflowService,
  projection: Projection,
  act: Act,
  feesDue: readonly FeePoint[],
): Refusal | undefined {
  const { feePoint, receiptId, receipt, exception } = act.data
  const awaited = awaitedFeePoint(service, projection)
  if (!awaited || (feePoint !== undefined && feePoint !== awaited)) return refused('not-available')
  if (exception) {
    if (!mayExcept(act.actor)) return refused('exception-not-yours')
    return exception.by.trim() && exception.reason.trim() ? undefined : refused('exception-incomplete')
  }
  if (!receiptId && !receipt?.trim()) return refused('receipt-required')
  return feesDue.includes(awaited) ? refused('fee-unpaid') : undefined
}

/** The officer's fields that apply on the step or the opinion in hand, given what is typed. */
export function fieldsInHand(
  service: WorkflowService,
  projection: Projection,
  act: Act,
  ctx: ActContext,
): Field[] {
  const values = ruleValues({ ...projection.stepFields, ...act.data.fields }, act.at, ctx)
  return (sourceOf(service, projection, act)?.fields ?? []).filter(({ when }) => service.holds(when, values))
}

/** What the act is done on: the opinion whose task it is, else the step in hand. */
function sourceOf(service: WorkflowService, projection: Projection, act: Act): Step | Opinion | undefined {
  const task = projection.tasks.find(({ id }) => id === act.taskId)
  // An answer is to what the step in hand asks, whichever task it was given beside.
  const isOnBranch = act.name !== 'answer' && task?.purpose === 'branch'
  return isOnBranch ? taskSource(service, task) : findStep(service, projection.step)
}

function checkFields(
  service: WorkflowService,
  projection: Projection,
  act: Act,
  ctx: ActContext,
): Refusal | undefined {
  const typed: Answers = act.data.fields ?? {}
  const known = new Set(sourceOf(service, projection, act)?.fields?.map(({ id }) => id))
  const unknown = Object.keys(typed).filter(id => !known.has(id))
  if (unknown.length > 0) return refused('unknown-field', unknown)
  const missing = fieldsInHand(service, projection, act, ctx)
    .filter(field => !field.optional && isBlank(typed[field.id]))
    .map(({ id }) => id)
  return missing.length > 0 ? refused('fields-required', missing) : undefined
}

/** The step's proofs that are asked for, given what is typed. */
export function proofsInHand(
  service: WorkflowService,
  projection: Projection,
  act: Act,
  ctx: ActContext,
): Proof[] {
  const values = ruleValues({ ...projection.stepFields, ...act.data.fields }, act.at, ctx)
  return (sourceOf(service, projection, act)?.proofs ?? []).filter(({ when }) => service.holds(when, values))
}

function checkProofs(
  service: WorkflowService,
  projection: Projection,
  act: Act,
  ctx: ActContext,
): Refusal | undefined {
  const given = act.data.proofs ?? []
  const known = new Set(sourceOf(service, projection, act)?.proofs?.map(({ id }) => id))
  const unknown = given.filter(({ id }) => !known.has(id)).map(({ id }) => id)
  if (unknown.length > 0) return refused('unknown-proof', unknown)
  const missing = proofsInHand(service, projection, act, ctx)
    .filter(proof => !proof.optional && !given.some(({ id }) => id === proof.id))
    .map(({ id }) => id)
  return missing.length > 0 ? refused('proof-required', missing) : undefined
}

/** Silence is not taken for an answer before its day. */
function checkLapse(projection: Projection, { at }: Act): Refusal | undefined {
  const dueAt = mainTask(projection)?.dueAt
  return dueAt !== undefined && at >= dueAt ? undefined : refused('not-yet')
}

function checkGround({ definition: { grounds } }: WorkflowService, act: Act): Refusal | undefined {
  if (!grounds) return undefined
  if (!act.data.ground) return refused('ground-required')
  const ground = grounds.find(({ id }) => id === act.data.ground)
  if (!ground) return refused('unknown-ground')
  return ground.inWords && !act.note?.trim() ? refused('note-required') : undefined
}

function isBlank(answer: Answer | undefined): boolean {
  if (answer === undefined) return true
  if (typeof answer === 'string') return answer.trim() === ''
  return Array.isArray(answer) && answer.length === 0
}
