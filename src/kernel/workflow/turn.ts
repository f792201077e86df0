/** One turn of the fold: the projection being made from an action, and the moves the acts are made of. */

import type { WorkCalendar } from '../../lib/calendar.ts'
import type { RuleValues } from '../definition/compiled.ts'
import type { Answers, Capacity, Channel, FeePoint, MessageEvent, Step } from '../definition/model.ts'
import { dateAt, lapseOf, movedOn, promiseFrom, taskDue } from './clock.ts'
import type { Action, Consequence, Projection, RequestState, Task } from './model.ts'
import { awaitedFeePoint, findStep, isEnded, nextStep, officeOf, type WorkflowService } from './route.ts'

/** What the fold needs besides the actions: as frozen on submission, and the town's calendar. */
export type FoldContext = { answers: Answers; capacity: Capacity; channel: Channel; calendar: WorkCalendar }

export type Turn = {
  service: WorkflowService
  action: Action
  ctx: FoldContext
  /** Being made; its lists are replaced, never changed in place. */
  next: Projection
  newTaskId: () => string
  consequences: Consequence[]
}

export function ruleValues(stepFields: Answers, at: Date, ctx: FoldContext): RuleValues {
  const { answers, capacity, channel, calendar } = ctx
  return { answers, stepFields, capacity, channel, today: dateAt(at, calendar) }
}

export const tell = (turn: Turn, event: MessageEvent): void => {
  turn.consequences.push({ kind: 'message', event })
}

/** The step task in hand: the main path has one at a time. */
export const mainTask = (projection: Projection): Task | undefined =>
  projection.tasks.find(task => task.purpose === 'step' && task.state !== 'closed')

export function changeTask(turn: Turn, id: string | undefined, change: (task: Task) => Task): void {
  turn.next.tasks = turn.next.tasks.map(task => (task.id === id ? change(task) : task))
}

/** Back on the officer's desk, if it was put off. */
export function opened({ deferredUntil: _, ...task }: Task): Task {
  return { ...task, state: 'open' }
}

/** Whoever acts on a task nobody had taken has taken it; who acts on the request as a whole has not. */
export function takenByActor({ action }: Turn, task: Task): Task {
  const staysAsIs = task.assignee !== undefined || action.taskId !== task.id
  if (staysAsIs || action.actor.kind !== 'staff') return task
  return { ...task, assignee: action.actor.id }
}

export function closed(turn: Turn, task: Task): Task {
  return { ...takenByActor(turn, opened(task)), state: 'closed', closedAt: turn.action.at }
}

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
    // Nobody at the desk can do anything while the applicant is asked.
    state: step.kind === 'confirmation' ? 'waiting' : 'open',
    openedAt: action.at,
    ...dueOf(turn, step),
    ...(assignee !== undefined && { assignee }),
    ...(action.actor.kind === 'staff' && { from: action.actor }),
    ...(action.actor.kind === 'staff' && action.note !== undefined && { note: action.note }),
  }
  next.tasks = [...next.tasks, task]
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

/** Nobody in the town is late while the citizen has not paid; an answer is waited for until it lapses. */
function dueOf({ action, ctx }: Turn, step: Step): { dueAt?: Date } {
  if (step.kind === 'payment') return {}
  if (step.kind === 'confirmation') return { dueAt: lapseOf(step.lapseDays ?? 1, action.at, ctx.calendar) }
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
  next.dueAt ??= promiseFrom(service.definition.guide.time, action.at, ctx.calendar)
  tell(turn, 'received')
  advance(turn, undefined)
}

export function pause({ action, next }: Turn): void {
  next.pausedAt ??= action.at
}

/** The clock moves on: the promise, and the task that waited with it, keep the working time they had left. */
export function resume(turn: Turn): void {
  const { action, ctx, next } = turn
  const since = next.pausedAt
  if (!since) return
  const later = (deadline: Date) => movedOn(deadline, since, action.at, ctx.calendar)
  next.pausedMs += Math.max(0, action.at.getTime() - since.getTime())
  next.pausedAt = undefined
  if (next.dueAt) next.dueAt = later(next.dueAt)
  // The day an answer lapses is the citizen's own, and was told: it does not move.
  if (findStep(turn.service, next.step)?.kind === 'confirmation') return
  changeTask(turn, mainTask(next)?.id, task => (task.dueAt ? { ...task, dueAt: later(task.dueAt) } : task))
}

/** Leaves the step in hand. A fee asked here and not paid is not asked any more. */
export function leaveStep(turn: Turn): void {
  const { next } = turn
  const awaited = awaitedFeePoint(turn.service, next)
  if (awaited && !next.settledFeePoints.includes(awaited)) {
    turn.consequences.push({ kind: 'cancel-fees', feePoint: awaited })
  }
  next.missingPapers = []
  resume(turn)
  changeTask(turn, mainTask(next)?.id, task => closed(turn, task))
}

/** Ends the request: whatever is still open, for opinion or information, is closed with it. */
export function end(turn: Turn, state: 'done' | 'rejected' | 'withdrawn'): void {
  const { action, next } = turn
  next.tasks = next.tasks.map(task =>
    task.state === 'closed' ? task : { ...opened(task), state: 'closed', closedAt: action.at },
  )
  next.state = state
  next.step = undefined
  next.closedAt = action.at
}

/** The name of where it now stands, read off the rest. */
export function stateOf(service: WorkflowService, next: Projection): RequestState {
  if (isEnded(next)) return next.state
  if (next.missingPapers.length > 0) return 'awaiting-papers'
  if (awaitedFeePoint(service, next)) return 'awaiting-fee'
  const kind = findStep(service, next.step)?.kind
  if (kind === 'confirmation') return 'awaiting-answer'
  if (kind === 'decision' || kind === 'signature') return 'in-review'
  const touched = next.tasks.some(task => task.assignee !== undefined || task.state === 'closed')
  return touched ? 'in-process' : 'submitted'
}
