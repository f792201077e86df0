import { isoDate } from '../../../../kernel/form/index.ts'
import { type CalendarDate, isCalendarDate } from '../../../../lib/calendar.ts'
import type { Fault } from '../../../../lib/errors.ts'

/** A typed day; a fault where it is none, undefined where nothing was typed. */
export function typedDay(text: string, field: string, faults: Fault[]): CalendarDate | undefined {
  const typed = text.trim()
  if (typed === '') return undefined
  const day = isoDate(typed)
  if (day !== undefined && isCalendarDate(day)) return day
  faults.push({ field, code: 'not-a-date' })
  return undefined
}
