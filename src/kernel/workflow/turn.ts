/** One turn of the fold: the projection being made from an action, and the moves the acts are made of. */

import type { WorkCalendar } from '../../lib/calendar.ts'
import type { RuleValues } from '../definition/compiled.ts'
import type { Answers, Capacity, Channel, MessageEvent, StepKind } from '../definition/model.ts'
import { dateAt, movedOn } from './clock.ts'
import type { Action, Appointment, Consequence, Projection, RequestState, Task } from './model.ts'
import { awaitedFeePoint, findStep, isEnded, type WorkflowService } from './route.ts'

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

export const tell = (turn: Turn, event: MessageEvent, at?: Appointment): void => {
  turn.consequences.push({ kind: 'message', event, ...(at && { at }) })
}

/** Steps at which the clock stands for somebody outside the town; the day they are awaited until is their own, and does not move. */
const outsideKinds: readonly (StepKind | undefined)[] = ['confirmation', 'outside']

/** The step task in hand: the main path has one at a time. Opinions asked side by side are branches of it. */
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
  if (outsideKinds.includes(findStep(turn.service, next.step)?.kind)) return
  const main = mainTask(next)
  const waited = ({ id, purpose, state }: Task) =>
    // What a branch was away for is given back when its answer comes.
    id === main?.id || (purpose === 'branch' && state !== 'closed' && state !== 'referred')
  next.tasks = next.tasks.map(task =>
    task.dueAt && waited(task) ? { ...task, dueAt: later(task.dueAt) } : task,
  )
}

/** Leaves the step in hand. A fee asked here and not paid, or an opinion not given, is not asked any more. */
export function leaveStep(turn: Turn): void {
  const { next } = turn
  const awaited = awaitedFeePoint(turn.service, next)
  if (awaited && !next.settledFeePoints.includes(awaited)) {
    turn.consequences.push({ kind: 'cancel-fees', feePoint: awaited })
  }
  next.missingPapers = []
  resume(turn)
  changeTask(turn, mainTask(next)?.id, task => closed(turn, task))
  next.tasks = next.tasks.map(task =>
    task.state !== 'closed' && (task.purpose === 'branch' || task.purpose === 'opinion')
      ? closed(turn, task)
      : task,
  )
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
  if (kind === 'outside') return 'awaiting-outside'
  if (kind === 'decision' || kind === 'signature' || kind === 'committee') return 'in-review'
  const touched = next.tasks.some(task => task.assignee !== undefined || task.state === 'closed')
  return touched ? 'in-process' : 'submitted'
}
