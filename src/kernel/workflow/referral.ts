/**
 * Referral (إحالة). For an opinion, the task waits, referred, until every opinion asked of it has come back, and its own deadline moves on
 * by the time it was away; the promise to the citizen runs on. For information, another office gets a task of its own and mine goes on.
 */

import { movedOn, taskDue } from './clock.ts'
import type { Task } from './model.ts'
import { findStep } from './route.ts'
import { changeTask, closed, mainTask, opened, type Turn, takenByActor } from './turn.ts'
import { anyRole } from './who.ts'

export function refer(turn: Turn): void {
  const { action, ctx, next, service } = turn
  const { to } = action.data
  const hours = findStep(service, next.step)?.hours
  if (!to || hours === undefined) throw new RangeError(`action ${action.seq} refers to nowhere`)
  changeTask(turn, action.taskId, task => {
    const mine = takenByActor(turn, opened(task))
    return to.purpose === 'opinion' ? { ...mine, state: 'referred' } : mine
  })
  const task: Task = {
    id: turn.newTaskId(),
    step: next.step ?? '',
    purpose: to.purpose,
    office: to.office,
    role: anyRole,
    state: 'open',
    openedAt: action.at,
    ...(to.purpose === 'opinion' && { dueAt: taskDue(hours, action.at, ctx.calendar) }),
    ...(to.staffId !== undefined && { assignee: to.staffId }),
    from: action.actor,
    ...(action.note !== undefined && { note: action.note }),
  }
  next.tasks = [...next.tasks, task]
}

export function referBack(turn: Turn): void {
  const { action, ctx, next } = turn
  const mine = next.tasks.find(({ id }) => id === action.taskId)
  changeTask(turn, action.taskId, task => closed(turn, task))
  if (mine?.purpose !== 'opinion') return
  const origin = mainTask(next)
  const isAwaited = next.tasks.some(
    task => task.purpose === 'opinion' && task.step === mine.step && task.state !== 'closed',
  )
  if (isAwaited || origin?.state !== 'referred') return
  changeTask(turn, origin.id, task => ({
    ...opened(task),
    ...(task.dueAt && { dueAt: movedOn(task.dueAt, mine.openedAt, action.at, ctx.calendar) }),
  }))
}
