import { toWesternDigits } from '../../../../lib/arabic.ts'
import { type CalendarDate, isCalendarDate } from '../../../../lib/calendar.ts'
import type { Typed } from '../../../../web/call.ts'

/** One value as typed. */
export const typedOne = (typed: Typed, name: string): string => {
  const value = typed[name]
  return Array.isArray(value) ? (value.at(-1) ?? '') : (value ?? '')
}

/** All values as typed. */
export const typedAll = (typed: Typed, name: string): string[] => {
  const value = typed[name]
  return value === undefined ? [] : Array.isArray(value) ? value : [value]
}

/** A day typed as people write it, 9/11/2026; `missing` where nothing is, `bad` where it is no day. */
export function readDay(text: string): CalendarDate | 'missing' | 'bad' {
  const typed = toWesternDigits(text).trim()
  if (typed === '') return 'missing'
  const [, day = '', month = '', year = ''] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(typed) ?? []
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isCalendarDate(date) ? date : 'bad'
}
