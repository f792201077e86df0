import {
  addWorkingDays,
  addWorkingMinutes,
  dateIn,
  hoursOn,
  type WorkCalendar,
  workingDaysBetween,
  workingMinutesBetween,
} from '../../../lib/calendar.ts'
import type { ClockState } from '../../../ui/index.ts'

/** A deadline: from when it ran, until when, and whether it stands now. */
export type Deadline = { from: Date; due: Date | undefined; held: boolean }

const hour = 60
/** With less than this left, hours are told instead of «ends today». */
const soonMinutes = 3 * hour

/** How a deadline stands, in what the town counts: working days, and hours on the last one. */
export function clockOf(
  { from, due, held }: Deadline,
  now: Date,
  calendar: WorkCalendar,
): ClockState | undefined {
  if (held) return { kind: 'held' }
  if (!due) return undefined
  if (due < now) return late(due, now, calendar)
  const total = Math.max(1, workingDaysBetween(calendar, from, due))
  if (dateIn(due, calendar.timeZone) !== dateIn(now, calendar.timeZone)) {
    const remaining = workingDaysBetween(calendar, now, due)
    return { kind: remaining < 1 ? 'near' : 'fine', remaining, total, unit: 'days' }
  }
  const minutes = Math.floor(workingMinutesBetween(calendar, now, due))
  if (minutes > soonMinutes || minutes === 0) return { kind: 'near', remaining: 0, total, unit: 'days' }
  const wholeMinutes = Math.max(minutes, workingMinutesBetween(calendar, from, due))
  return minutes >= hour
    ? {
        kind: 'near',
        remaining: Math.floor(minutes / hour),
        total: Math.ceil(wholeMinutes / hour),
        unit: 'hours',
      }
    : { kind: 'near', remaining: minutes, total: wholeMinutes, unit: 'minutes' }
}

function late(due: Date, now: Date, calendar: WorkCalendar): ClockState {
  const days = workingDaysBetween(calendar, due, now)
  if (days >= 1) return { kind: 'late', over: days, unit: 'days' }
  const minutes = Math.floor(workingMinutesBetween(calendar, due, now))
  if (minutes >= hour) return { kind: 'late', over: Math.floor(minutes / hour), unit: 'hours' }
  return { kind: 'late', over: minutes, unit: 'minutes' }
}

/** The first opening on a date after today, or on the next working day after that date. */
export function openingOn(date: string, now: Date, calendar: WorkCalendar): Date {
  const noon = new Date(Date.parse(`${date}T12:00:00Z`))
  const days = workingDaysBetween(calendar, now, noon)
  const before = addWorkingDays(calendar, now, Math.max(0, hoursOn(calendar, date) ? days - 1 : days))
  return addWorkingMinutes(calendar, before, 0)
}
