/**
 * Putting a task off to a date (تأجيل). By the step's rule the promise runs on, or it stands: then the promise and the task move on by the
 * opening hours until that date, and give back what is left of them when somebody takes the task up before it.
 */

import { workingMinutesBetween } from '../../lib/calendar.ts'
import { movedBack, movedOn } from './clock.ts'
import type { Task } from './model.ts'
import { findStep } from './route.ts'
import { changeTask, type Turn, takenByActor } from './turn.ts'

export function defer(turn: Turn): void {
  const { action, ctx } = turn
  const { until } = action.data
  changeTask(turn, action.taskId, task => ({
    ...takenByActor(turn, task),
    state: 'deferred',
    ...(until && { deferredUntil: until }),
  }))
  if (until) shift(turn, deadline => movedOn(deadline, action.at, until, ctx.calendar))
}

/** An act on a task that was put off, before its date: the time that was granted and is not used is taken back. */
export function takeUpEarly(turn: Turn): void {
  const { action, ctx, next } = turn
  const task = next.tasks.find(({ id }) => id === action.taskId)
  if (task?.state !== 'deferred' || !task.deferredUntil || task.deferredUntil <= action.at) return
  const left = workingMinutesBetween(ctx.calendar, action.at, task.deferredUntil)
  shift(turn, deadline => movedBack(deadline, left, ctx.calendar))
}

/** Moves the promise and the deadline of the step's task, where the step's clock stands while it is put off. */
function shift(turn: Turn, move: (deadline: Date) => Date): void {
  const { action, next, service } = turn
  const task = next.tasks.find(({ id }) => id === action.taskId)
  if (task?.purpose !== 'step' || findStep(service, task.step)?.deferral !== 'stands') return
  if (next.dueAt) next.dueAt = move(next.dueAt)
  changeTask(turn, task.id, (each): Task => (each.dueAt ? { ...each, dueAt: move(each.dueAt) } : each))
}
