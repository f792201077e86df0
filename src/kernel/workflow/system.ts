/**
 * What the system does by itself: hands an effect it could not run to people, tells those above of what is late, and moves deadlines for
 * a closure announced late. Each is an act in the history like any other.
 */

import {
  addWorkingMinutes,
  type CalendarDate,
  startOfDay,
  type WorkCalendar,
  workingMinutesBetween,
} from '../../lib/calendar.ts'
import type { Rung } from '../definition/model.ts'
import { rungDue } from './clock.ts'
import type { ActData, Projection, Task } from './model.ts'
import { findStep, isEnded, type WorkflowService } from './route.ts'
import { changeTask, opened, type Turn, tell } from './turn.ts'

/** The effect is left to the office's people. */
export const effectFailed = (turn: Turn): void => changeTask(turn, turn.action.taskId, opened)

/** The ladder of a task's step. */
export const ladderOf = (service: WorkflowService, task: Task): readonly Rung[] =>
  findStep(service, task.step)?.ladder ?? service.definition.ladder ?? []

/** The rung to be told next of a task that is late, if its clock runs at all. */
export function nextRung(service: WorkflowService, projection: Projection, task: Task): Rung | undefined {
  if (isEnded(projection) || task.state === 'closed' || task.purpose === 'information') return undefined
  const kind = findStep(service, task.step)?.kind
  if (!task.dueAt || kind === 'payment' || kind === 'confirmation') return undefined
  if (projection.missingPapers.length > 0) return undefined
  // A task whose opinion is asked elsewhere keeps the time it had; one that gathers is late by itself.
  const isAway = task.state === 'referred' && kind !== 'opinions' && kind !== 'parts'
  if (isAway || (task.purpose === 'branch' && task.state === 'referred')) return undefined
  return ladderOf(service, task)[task.level ?? 0]
}

/** When the next rung of a late task is told, by the town's opening hours; undefined when none is. */
export function escalatesAt(
  service: WorkflowService,
  projection: Projection,
  task: Task,
  calendar: WorkCalendar,
): Date | undefined {
  const rung = nextRung(service, projection, task)
  return rung && task.dueAt ? rungDue(task.dueAt, rung.afterHours, calendar) : undefined
}

/** Whoever stands on the next rung reads that a task is late. */
export function escalate(turn: Turn): void {
  const { action, next, service } = turn
  const late = next.tasks.find(({ id }) => id === action.taskId)
  const level = action.data.level ?? 1
  const rung = late && ladderOf(service, late)[level - 1]
  if (!late || !rung) throw new RangeError(`action ${action.seq} goes up no ladder`)
  changeTask(turn, late.id, task => ({ ...task, level }))
  const told: Task = {
    id: turn.newTaskId(),
    step: late.step,
    purpose: 'information',
    office: rung.office ?? late.office,
    role: rung.role,
    state: 'open',
    openedAt: action.at,
    parent: late.id,
    from: action.actor,
  }
  next.tasks = [...next.tasks, told]
}

/** The deadlines named in the act hold from now on; the applicant is told of the promise alone. */
export function moveDeadlines(turn: Turn): void {
  const { next } = turn
  const { promise, tasks = [] } = turn.action.data.deadlines ?? {}
  for (const { id, until } of tasks) changeTask(turn, id, task => ({ ...task, dueAt: until }))
  if (!promise) return
  next.dueAt = promise
  tell(turn, 'deadline-moved')
}

/**
 * What a change of the calendar does to the deadlines of a request: each keeps the working time it had left. `since` is the first day that
 * changed, `at` now; a paused promise is counted from where it stands. Undefined when nothing moves.
 */
export function movedDeadlines(
  projection: Projection,
  calendars: { before: WorkCalendar; after: WorkCalendar },
  since: CalendarDate,
  at: Date,
): NonNullable<ActData['deadlines']> | undefined {
  if (isEnded(projection)) return undefined
  const { before, after } = calendars
  const changed = startOfDay(since, after.timeZone)
  const from = changed < at ? changed : at
  const moved = (deadline: Date, start: Date): Date | undefined => {
    if (deadline <= start) return undefined
    const left = workingMinutesBetween(before, start, deadline)
    const until = addWorkingMinutes(after, start, left)
    return until.getTime() === deadline.getTime() ? undefined : until
  }
  const stands = projection.pausedAt
  const promise =
    projection.dueAt && moved(projection.dueAt, stands !== undefined && stands < from ? stands : from)
  const tasks = projection.tasks.flatMap(({ id, state, dueAt }) => {
    const until = state !== 'closed' && dueAt ? moved(dueAt, from) : undefined
    return until ? [{ id, until }] : []
  })
  return promise || tasks.length > 0 ? { ...(promise && { promise }), tasks } : undefined
}
