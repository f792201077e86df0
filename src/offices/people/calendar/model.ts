/** The town's opening hours as they are changed: read from a form, and written into its calendar. Nothing in it is ever edited. */

import { toWesternDigits } from '../../../lib/arabic.ts'
import { addDays, type CalendarDate, isCalendarDate, type WorkCalendar } from '../../../lib/calendar.ts'
import type { Fault } from '../../../lib/errors.ts'

/** The calendar as the town's row keeps it: instants are texts. */
export type KeptCalendar = {
  week: WorkCalendar['week']
  closures: readonly { date: CalendarDate; reason: string; announcedAt?: string; withdrawnAt?: string }[]
  special?: readonly {
    from: CalendarDate
    to: CalendarDate
    week: WorkCalendar['week']
    reason?: string
    announcedAt?: string
    withdrawnAt?: string
  }[]
}

export type Closure = { kind: 'closure'; from: CalendarDate; to: CalendarDate; reason: string }
export type Hours = {
  kind: 'hours'
  from: CalendarDate
  to: CalendarDate
  reason: string
  week: WorkCalendar['week']
}
export type Change = Closure | Hours

/** As many days as one closure may last; longer is a slip of the pen. */
const mostDays = 30
/** Hours that hold from a day on. */
export const forGood: CalendarDate = '2999-12-31'

type Typed = (name: string) => string
type Reading = { ok: true; change: Change } | { ok: false; faults: Fault[] }

/** Reads a closure (days and a reason) or other hours (days, opening, closing, days of the week that are open). */
export function readChange(typed: Typed, openDays: readonly string[], today: CalendarDate): Reading {
  const faults: Fault[] = []
  const kind = typed('kind') === 'hours' ? 'hours' : 'closure'
  const from = dayOf(typed('from'))
  if (from === undefined) faults.push({ field: 'from', code: 'not-a-date' })
  else if (from < addDays(today, kind === 'closure' ? -7 : 1))
    faults.push({ field: 'from', code: 'date-in-past' })
  const last = typed('to').trim()
  const to = last === '' ? (kind === 'closure' ? from : forGood) : dayOf(last)
  if (to === undefined) faults.push({ field: 'to', code: 'not-a-date' })
  else if (from !== undefined && to < from) faults.push({ field: 'to', code: 'ends-before-start' })
  else if (kind === 'closure' && from !== undefined && to > addDays(from, mostDays))
    faults.push({ field: 'to', code: 'closure-too-long' })
  const reason = typed('reason').trim().slice(0, 80)
  if (reason === '') faults.push({ field: 'reason', code: 'required' })
  if (kind === 'closure') {
    return faults.length > 0 || from === undefined || to === undefined
      ? { ok: false, faults }
      : { ok: true, change: { kind, from, to, reason } }
  }
  const opens = timeOf(typed('opens'))
  const closes = timeOf(typed('closes'))
  if (opens === undefined) faults.push({ field: 'opens', code: 'not-a-time' })
  if (closes === undefined) faults.push({ field: 'closes', code: 'not-a-time' })
  else if (opens !== undefined && closes <= opens) faults.push({ field: 'closes', code: 'ends-before-start' })
  const open = [0, 1, 2, 3, 4, 5, 6].filter(day => openDays.includes(String(day)))
  if (open.length === 0) faults.push({ field: 'days', code: 'required' })
  if (
    faults.length > 0 ||
    from === undefined ||
    to === undefined ||
    opens === undefined ||
    closes === undefined
  )
    return { ok: false, faults }
  const week = [0, 1, 2, 3, 4, 5, 6].map(day => (open.includes(day) ? { from: opens, to: closes } : null))
  return { ok: true, change: { kind, from, to, reason, week } }
}

/** 8/2/2027, with either kind of digits. */
function dayOf(text: string): CalendarDate | undefined {
  const [, day = '', month = '', year = ''] =
    /^(\d{1,2})[/.\-،](\d{1,2})[/.\-،](\d{4})$/.exec(toWesternDigits(text).replace(/\s/g, '')) ?? []
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isCalendarDate(date) ? date : undefined
}

/** 7:30 or 14.30. */
function timeOf(text: string): string | undefined {
  const [, hours = '', minutes = ''] = /^(\d{1,2})[:.](\d{2})$/.exec(toWesternDigits(text).trim()) ?? []
  return Number(hours) < 24 && Number(minutes) < 60 && hours !== ''
    ? `${hours.padStart(2, '0')}:${minutes}`
    : undefined
}

/** The calendar with a change announced at an instant. A day that is closed already is not closed twice. */
export function withChange(calendar: KeptCalendar, change: Change, at: Date): KeptCalendar {
  const announcedAt = at.toISOString()
  const { from, to, reason } = change
  if (change.kind === 'hours') {
    const entry = { from, to, week: change.week, reason, announcedAt }
    return { ...calendar, special: [...(calendar.special ?? []), entry] }
  }
  const closed = new Set(calendar.closures.filter(each => !each.withdrawnAt).map(({ date }) => date))
  const days: CalendarDate[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) if (!closed.has(day)) days.push(day)
  return {
    ...calendar,
    closures: [...calendar.closures, ...days.map(date => ({ date, reason, announcedAt }))],
  }
}

/** The calendar with a closed day, or hours that begin on a day, taken back at an instant; undefined when there is no such thing. */
export function withoutChange(
  calendar: KeptCalendar,
  kind: Change['kind'],
  from: CalendarDate,
  at: Date,
): KeptCalendar | undefined {
  const withdrawnAt = at.toISOString()
  const key = kind === 'closure' ? 'closures' : 'special'
  const entries = calendar[key] ?? []
  const dayOfEntry = (entry: (typeof entries)[number]) => ('date' in entry ? entry.date : entry.from)
  if (!entries.some(entry => dayOfEntry(entry) === from && !entry.withdrawnAt)) return undefined
  return {
    ...calendar,
    [key]: entries.map(entry =>
      dayOfEntry(entry) === from && !entry.withdrawnAt ? { ...entry, withdrawnAt } : entry,
    ),
  }
}
