/**
 * Referral (إحالة). For an opinion, the task waits, referred, until every opinion asked of it has come back, and its own deadline moves on
 * by the time it was away; the promise to the citizen runs on. Whoever is asked may ask on: the answers return down the chain. For
 * information, another office gets a task of its own and mine goes on; such copies (نسخة للاطلاع) can go along with any referral. What
 * nobody has read yet can be called back by whoever sent it.
 */

import { closingOf, movedOn, taskDue } from './clock.ts'
import type { Task } from './model.ts'
import { taskSource } from './route.ts'
import { changeTask, closed, mainTask, opened, type Turn, takenByActor } from './turn.ts'
import { anyRole } from './who.ts'

export function refer(turn: Turn): void {
  const { action, ctx, next, service } = turn
  const { to, copies = [] } = action.data
  const hours = taskSource(
    service,
    next.tasks.find(({ id }) => id === action.taskId),
  )?.hours
  if (!to || hours === undefined) throw new RangeError(`action ${action.seq} refers to nowhere`)
  changeTask(turn, action.taskId, task => {
    const mine = takenByActor(turn, opened(task))
    return to.purpose === 'opinion' ? { ...mine, state: 'referred' } : mine
  })
  const due =
    to.by !== undefined
      ? closingOf(to.by, ctx.calendar)
      : to.purpose === 'opinion'
        ? taskDue(hours, action.at, ctx.calendar)
        : undefined
  const send = (
    purpose: 'opinion' | 'information',
    office: string,
    staffId?: string,
    dueAt?: Date,
  ): Task => ({
    id: turn.newTaskId(),
    step: next.step ?? '',
    purpose,
    office,
    role: anyRole,
    state: 'open',
    openedAt: action.at,
    ...(dueAt !== undefined && { dueAt }),
    ...(staffId !== undefined && { assignee: staffId }),
    ...(action.taskId !== undefined && { parent: action.taskId }),
    from: action.actor,
    ...(action.note !== undefined && { note: action.note }),
  })
  next.tasks = [
    ...next.tasks,
    send(to.purpose, to.office, to.staffId, due),
    ...copies.map(copy => send('information', copy.office, copy.staffId)),
  ]
}

export function referBack(turn: Turn): void {
  const { action, next } = turn
  const mine = next.tasks.find(({ id }) => id === action.taskId)
  if (!mine) throw new RangeError(`action ${action.seq} answers nothing`)
  changeTask(turn, action.taskId, task => closed(turn, task))
  comeBack(turn, mine)
}

/** What nobody has read yet is called back: it closes unanswered, and whoever sent it goes on. */
export function recall(turn: Turn): void {
  const { action, next } = turn
  const mine = next.tasks.find(({ id }) => id === action.taskId)
  if (!mine) throw new RangeError(`action ${action.seq} recalls nothing`)
  changeTask(turn, mine.id, task => ({ ...opened(task), state: 'closed', closedAt: action.at }))
  comeBack(turn, mine)
}

/** The task an opinion was asked from stands open again, once no other is awaited there. */
function comeBack(turn: Turn, mine: Task): void {
  const { action, ctx, next } = turn
  if (mine.purpose !== 'opinion') return
  const origin = next.tasks.find(({ id }) => id === mine.parent) ?? mainTask(next)
  const isAwaited = next.tasks.some(
    task => task.purpose === 'opinion' && task.parent === mine.parent && task.state !== 'closed',
  )
  if (isAwaited || origin?.state !== 'referred') return
  // While papers are missing a branch waits with the rest; the time from then on is given back when they come.
  const held = origin.purpose === 'branch' && next.missingPapers.length > 0
  const until = next.pausedAt !== undefined && held ? next.pausedAt : action.at
  changeTask(turn, origin.id, task => ({
    ...opened(task),
    ...(held && { state: 'waiting' }),
    ...(task.dueAt && { dueAt: movedOn(task.dueAt, mine.openedAt, until, ctx.calendar) }),
  }))
}
