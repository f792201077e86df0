/** Opening steps: the task of each, what is asked of whom, and the way from one to the next. */

import type { FeePoint, MessageEvent, Step } from '../definition/model.ts'
import { lapseOf, promiseFrom, taskDue } from './clock.ts'
import type { Task, TaskState } from './model.ts'
import { nextStep, officeOf, opinionsAsked, partsFiled } from './route.ts'
import { end, pause, ruleValues, type Turn, tell } from './turn.ts'

/** Opens a step's task; who sent it here and with which words go along. */
export function openStep(turn: Turn, step: Step, assignee?: string): void {
  const { action, ctx, next, service } = turn
  next.step = step.id
  const values = ruleValues(next.stepFields, action.at, ctx)
  const task: Task = {
    id: turn.newTaskId(),
    step: step.id,
    purpose: 'step',
    office: officeOf(service, step, values),
    role: step.role,
    state: stateAtRest(step),
    openedAt: action.at,
    ...dueOf(turn, step),
    ...(assignee !== undefined && { assignee }),
    ...(action.actor.kind === 'staff' && { from: action.actor }),
    ...(action.actor.kind === 'staff' && action.note !== undefined && { note: action.note }),
  }
  next.tasks = [...next.tasks, task]
  if (step.kind === 'opinions') askOpinions(turn, step, task)
  if (step.kind === 'parts') {
    for (const { id } of partsFiled(service, step, values)) {
      turn.consequences.push({ kind: 'file-part', step: step.id, part: id })
    }
  }
  if (step.kind === 'outside') {
    pause(turn)
    tell(turn, 'sent-outside')
  }
  if (step.kind === 'effect' && step.auto) {
    turn.consequences.push({ kind: 'auto-effect', step: step.id, taskId: task.id })
  }
  if (step.kind === 'payment' && step.feePoint) {
    pause(turn)
    askFee(turn, step.feePoint)
  }
  if (step.kind === 'confirmation') {
    pause(turn)
    tell(turn, 'answer-asked')
  }
  if (step.kind === 'handover') tell(turn, 'ready')
}

/** How a task of a step begins, and where it comes back to when missing papers have arrived. */
export function stateAtRest(step: Step): TaskState {
  // Nobody at the desk can do anything while the applicant, others outside or the system are asked.
  if (step.kind === 'confirmation' || step.kind === 'outside') return 'waiting'
  if (step.kind === 'effect' && step.auto) return 'waiting'
  return step.kind === 'opinions' || step.kind === 'parts' ? 'referred' : 'open'
}

/** Nobody in the town is late while the citizen has not paid; an answer is waited for until it lapses. */
function dueOf({ action, ctx }: Turn, step: Step): { dueAt?: Date } {
  if (step.kind === 'payment') return {}
  if (step.kind === 'confirmation') return { dueAt: lapseOf(step.lapseDays ?? 1, action.at, ctx.calendar) }
  if (step.kind === 'outside') return { dueAt: lapseOf(step.days ?? 1, action.at, ctx.calendar) }
  return { dueAt: taskDue(step.hours, action.at, ctx.calendar) }
}

function askFee(turn: Turn, feePoint: FeePoint): void {
  turn.consequences.push({ kind: 'raise-fees', feePoint })
  tell(turn, 'fee-due')
}

const isUnpaid = (turn: Turn, point: FeePoint): boolean =>
  (turn.action.data.feesDue ?? []).includes(point) && !turn.next.settledFeePoints.includes(point)

/** Whoever had the step before has it again. */
export function lastAssignee({ next }: Turn, step: Step): string | undefined {
  return next.tasks.findLast(task => task.purpose === 'step' && task.step === step.id)?.assignee
}

/** Opinions are asked side by side: each a task of its own at its office, anew each time, of whoever gave it before. */
function askOpinions(turn: Turn, step: Step, gathering: Task): void {
  const { action, ctx, next, service } = turn
  const fields = new Set((step.opinions ?? []).flatMap(opinion => (opinion.fields ?? []).map(({ id }) => id)))
  next.stepFields = Object.fromEntries(Object.entries(next.stepFields).filter(([id]) => !fields.has(id)))
  const values = ruleValues(next.stepFields, action.at, ctx)
  const asked = opinionsAsked(service, step, values).map((opinion): Task => {
    const before = next.tasks.findLast(task => task.step === step.id && task.branch === opinion.id)
    return {
      id: turn.newTaskId(),
      step: step.id,
      purpose: 'branch',
      branch: opinion.id,
      office: officeOf(service, opinion, values),
      role: opinion.role,
      state: 'open',
      openedAt: action.at,
      dueAt: taskDue(opinion.hours, action.at, ctx.calendar),
      ...(before?.assignee !== undefined && { assignee: before.assignee }),
      parent: gathering.id,
      ...(gathering.from && { from: gathering.from }),
      ...(gathering.note !== undefined && { note: gathering.note }),
    }
  })
  next.tasks = [...next.tasks, ...asked]
}

/** On to the step after `from`, or the end, which is told in the words of how it came. */
export function advance(turn: Turn, from: Step | undefined, ending: MessageEvent = 'completed'): void {
  const { service, action, ctx, next } = turn
  const values = ruleValues(next.stepFields, action.at, ctx)
  const step = nextStep(service, from, { values, projection: next, unpaid: point => isUnpaid(turn, point) })
  const { steps } = service.definition
  // Led back, it comes to the same hands.
  const isBack = step !== undefined && from !== undefined && steps.indexOf(step) < steps.indexOf(from)
  if (step) openStep(turn, step, isBack ? lastAssignee(turn, step) : undefined)
  else {
    end(turn, 'done')
    tell(turn, ending)
  }
}

/** The start of the way: first what is due before filing, else accepted at once. */
export function begin(turn: Turn): void {
  if (isUnpaid(turn, 'before-filing')) askFee(turn, 'before-filing')
  else accept(turn)
}

/** The town takes it on, and promises when it will be done. */
export function accept(turn: Turn): void {
  const { service, action, ctx, next } = turn
  const promise = promiseFrom(service.definition.guide.time, action.at, ctx.calendar)
  if (promise) next.dueAt ??= promise
  tell(turn, 'received')
  advance(turn, undefined)
}
