/** What visits, committees, parts and the acts of the system ask for besides fields and proofs. */

import { isCalendarDate } from '../../lib/calendar.ts'
import type { Act, ActContext } from './act.ts'
import { dateAt } from './clock.ts'
import { joinOfParts } from './join.ts'
import type { Projection } from './model.ts'
import { type Refusal, refused } from './refusal.ts'
import { findStep, type WorkflowService } from './route.ts'
import { escalatesAt } from './system.ts'
import { mainTask } from './turn.ts'

/** A committee decides in a session that has been. */
export function checkSession(
  service: WorkflowService,
  projection: Projection,
  act: Act,
  { calendar }: ActContext,
): Refusal | undefined {
  if (findStep(service, projection.step)?.kind !== 'committee') return undefined
  const { number = '', date = '', decision = '' } = act.data.session ?? {}
  const missing = [
    ...(number.trim() ? [] : ['number']),
    ...(isCalendarDate(date) && date <= dateAt(act.at, calendar) ? [] : ['date']),
    ...(decision.trim() ? [] : ['decision']),
  ]
  return missing.length > 0 ? refused('session-required', missing) : undefined
}

/** Goes on when enough have ended; when too few can, people are asked, once. */
export function checkParts(service: WorkflowService, projection: Projection, act: Act): Refusal | undefined {
  const joined = joinOfParts(findStep(service, projection.step), act.data.parts)
  if (joined === 'met') return undefined
  const isAsked = mainTask(projection)?.state === 'open'
  return joined === 'unmet' && !isAsked ? undefined : refused('not-yet')
}

/** Nobody above is told before the hours of the rung have passed. */
export function checkEscalation(
  service: WorkflowService,
  projection: Projection,
  act: Act,
  { calendar }: ActContext,
): Refusal | undefined {
  const task = projection.tasks.find(({ id }) => id === act.taskId)
  const when = task && escalatesAt(service, projection, task, calendar)
  return when && when <= act.at ? undefined : refused('not-yet')
}

/** Moves what has a deadline, and nothing else. */
export function checkDeadlines(projection: Projection, { data }: Act): Refusal | undefined {
  const { promise, tasks = [] } = data.deadlines ?? {}
  if (!promise && tasks.length === 0) return refused('deadline-required')
  const isOpen = (id: string) => projection.tasks.some(task => task.id === id && task.state !== 'closed')
  if (promise && !projection.dueAt) return refused('not-available')
  return tasks.every(({ id }) => isOpen(id)) ? undefined : refused('not-available')
}
