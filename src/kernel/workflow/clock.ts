/**
 * The clock of a request. It runs in opening hours of the town, stands while the request waits for the citizen or has ended, and the
 * promise moves on by the opening hours it stood. A paused request keeps exactly the working time it had left.
 */

import {
  addWorkingDays,
  addWorkingMinutes,
  type CalendarDate,
  dateIn,
  type WorkCalendar,
  workingMinutesBetween,
} from '../../lib/calendar.ts'
import type { ServiceDefinition } from '../definition/model.ts'

/** The promise printed in the guide, counted from the moment the request is accepted; what waits for the budget promises no day. */
export function promiseFrom(
  time: ServiceDefinition['guide']['time'],
  at: Date,
  calendar: WorkCalendar,
): Date | undefined {
  if (time.budget) return undefined
  switch (time.unit) {
    case 'minutes':
      return addWorkingMinutes(calendar, at, time.value)
    case 'hours':
      return addWorkingMinutes(calendar, at, time.value * 60)
    case 'workingDays':
      return addWorkingDays(calendar, at, time.value)
  }
}

/** When the next rung of a ladder is told of a task that was due. */
export const rungDue = (dueAt: Date, afterHours: number, calendar: WorkCalendar): Date =>
  addWorkingMinutes(calendar, dueAt, afterHours * 60)

/** When a task that opens now is late. */
export const taskDue = (hours: number, at: Date, calendar: WorkCalendar): Date =>
  addWorkingMinutes(calendar, at, hours * 60)

/** The end of the last opening day on which an answer is waited for. */
export const lapseOf = (days: number, at: Date, calendar: WorkCalendar): Date =>
  addWorkingDays(calendar, at, days)

/** A deadline moved on by the opening hours between two instants; by none, it is the very same instant. */
export function movedOn(deadline: Date, from: Date, to: Date, calendar: WorkCalendar): Date {
  const stood = to > from ? workingMinutesBetween(calendar, from, to) : 0
  return stood > 0 ? addWorkingMinutes(calendar, deadline, stood) : deadline
}

/** A deadline moved back by so many minutes of opening hours: what `movedOn` gave is taken again. */
export function movedBack(deadline: Date, minutes: number, calendar: WorkCalendar): Date {
  if (minutes <= 0) return deadline
  let late = deadline.getTime()
  let early = late - 86_400_000
  while (workingMinutesBetween(calendar, new Date(early), deadline) < minutes) early -= late - early
  // The latest instant that leaves that much time, to the second.
  while (late - early > 1000) {
    const middle = Math.floor((early + late) / 2)
    if (workingMinutesBetween(calendar, new Date(middle), deadline) >= minutes) early = middle
    else late = middle
  }
  return addWorkingMinutes(calendar, new Date(early), 0)
}

/** The closing of a day, or of the next working day. */
export const closingOf = (date: CalendarDate, calendar: WorkCalendar): Date =>
  addWorkingDays(calendar, new Date(Date.parse(`${date}T00:00:00Z`)), 0)

/** The town's date at an instant. */
export const dateAt = (at: Date, calendar: WorkCalendar): string => dateIn(at, calendar.timeZone)
