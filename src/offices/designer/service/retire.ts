import { isoDate } from '../../../kernel/form/index.ts'
import { type CalendarDate, isCalendarDate } from '../../../lib/calendar.ts'
import type { Fault } from '../../../lib/errors.ts'
import type { Localized } from '../../../lib/localized.ts'

export type TypedEnd = { day: string; ar: string; en: string }

const longest = 300

/** Reads when a service ends and what people are told: a day to come, and words. */
export function readEnd(
  typed: TypedEnd,
  today: CalendarDate,
): { ok: true; value: { day: CalendarDate; words: Localized } } | { ok: false; faults: Fault[] } {
  const faults: Fault[] = []
  const day = isoDate(typed.day)
  if (!day || !isCalendarDate(day)) faults.push({ field: 'day', code: 'not-a-date' })
  else if (day <= today) faults.push({ field: 'day', code: 'date-not-to-come' })
  const [ar, en] = [typed.ar.trim(), typed.en.trim()]
  if (ar === '') faults.push({ field: 'ar', code: 'required' })
  for (const [field, text] of Object.entries({ ar, en }))
    if (text.length > longest) faults.push({ field, code: 'too-long', values: { max: longest } })
  return faults.length === 0 && day
    ? { ok: true, value: { day, words: { ar, en: en === '' ? ar : en } } }
    : { ok: false, faults }
}
