import { Temporal } from 'temporal-polyfill'

/** A day of the calendar, 'YYYY-MM-DD'. */
export type CalendarDate = string

/** Opening hours of a day, '07:30' to '14:30' on the town's clock. */
export type DayHours = { readonly from: string; readonly to: string }

/** Seven days from Sunday; null is a day off. */
export type Week = readonly (DayHours | null)[]

export type WorkCalendar = {
  readonly timeZone: string
  readonly week: Week
  readonly closures: readonly ({ readonly date: CalendarDate; readonly reason: string } & Known)[]
  /** Hours that stand in for the week's between two dates, both included: Ramadan, a campaign. Of two, those that begin later hold. */
  readonly special?: readonly ({
    readonly from: CalendarDate
    readonly to: CalendarDate
    readonly week: Week
    readonly reason?: string
  } & Known)[]
}

/** When it became known, and when it was taken back: a feast moved by a day. Without them it always was, and stands. */
type Known = { readonly announcedAt?: Date; readonly withdrawnAt?: Date }

/** A day's opening as instants; a working day has at least a minute. */
type Opening = { readonly opens: number; readonly closes: number }

const minute = 60_000
const horizon = 3_700

const openings = new WeakMap<WorkCalendar, Map<CalendarDate, Opening | null>>()
const dayCounts = new WeakMap<WorkCalendar, Map<string, number>>()
const closedDates = new WeakMap<WorkCalendar, Map<CalendarDate, string>>()
const dateFormats = new Map<string, { write: Intl.DateTimeFormat; dates: Map<number, CalendarDate> }>()
const mostDates = 5_000

/** The calendar date an instant has in a time zone. */
export function dateIn(at: Date, timeZone: string): CalendarDate {
  let format = dateFormats.get(timeZone)
  if (!format) {
    const parts = { year: 'numeric', month: '2-digit', day: '2-digit' } as const
    format = { write: new Intl.DateTimeFormat('en-CA', { timeZone, ...parts }), dates: new Map() }
    dateFormats.set(timeZone, format)
  }
  // Days change on the minute, and a page or an act asks for the same instants again.
  const sinceEpoch = Math.floor(at.getTime() / minute)
  let date = format.dates.get(sinceEpoch)
  if (date === undefined) {
    date = format.write.format(at)
    if (format.dates.size >= mostDates) format.dates.clear()
    format.dates.set(sinceEpoch, date)
  }
  return date
}

/** The date some days later, or earlier when negative. */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10)
}

/** The instant a day begins in a time zone. */
export const startOfDay = (date: CalendarDate, timeZone: string): Date =>
  new Date(instantAt(date, '00:00', timeZone))

/** The instant a town's clock shows a time ('09:30') on a date. */
export const momentOf = (date: CalendarDate, time: string, timeZone: string): Date =>
  new Date(instantAt(date, time, timeZone))

/** The instant a town's clock shows a time, 'HH:MM', on a date. */
export const instantOn = (date: CalendarDate, time: string, timeZone: string): Date =>
  new Date(instantAt(date, time, timeZone))

/** Whether a text is a date that exists: 2026-02-30 is none. */
export function isCalendarDate(text: string): text is CalendarDate {
  if (!/^[12]\d{3}-\d{2}-\d{2}$/.test(text)) return false
  const time = Date.parse(text)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

const asKnown = new WeakMap<WorkCalendar, Map<number, WorkCalendar>>()

/**
 * The calendar as it was known at an instant: without what was announced later, with what was taken back later. The same object for the same
 * knowledge, and the calendar itself when nothing in it changed since.
 */
export function calendarAsOf(calendar: WorkCalendar, at: Date): WorkCalendar {
  const changes = [...calendar.closures, ...(calendar.special ?? [])].flatMap(
    ({ announcedAt, withdrawnAt }) => [announcedAt, withdrawnAt].flatMap(when => when?.getTime() ?? []),
  )
  if (changes.every(when => when <= at.getTime())) return calendar
  const last = Math.max(-Infinity, ...changes.filter(when => when <= at.getTime()))
  const views = asKnown.get(calendar) ?? new Map<number, WorkCalendar>()
  asKnown.set(calendar, views)
  const known = views.get(last)
  if (known) return known
  const thenKnown = <Entry extends Known>(entries: readonly Entry[]): Entry[] =>
    entries.flatMap(entry => {
      const { announcedAt, withdrawnAt, ...rest } = entry
      if (announcedAt !== undefined && announcedAt.getTime() > last) return []
      return withdrawnAt !== undefined && withdrawnAt.getTime() > last ? [rest as Entry] : [entry]
    })
  const view: WorkCalendar = {
    ...calendar,
    closures: thenKnown(calendar.closures),
    ...(calendar.special && { special: thenKnown(calendar.special) }),
  }
  views.set(last, view)
  return view
}

const stands = ({ withdrawnAt }: Known) => withdrawnAt === undefined

/** Why the office is closed on a date by decision, if it is. */
export function closureOn(calendar: WorkCalendar, date: CalendarDate): string | undefined {
  let reasons = closedDates.get(calendar)
  if (!reasons) {
    reasons = new Map(calendar.closures.filter(stands).map(closure => [closure.date, closure.reason]))
    closedDates.set(calendar, reasons)
  }
  return reasons.get(date)
}

/** The hours of a date, or null on a day off. */
export function hoursOn(calendar: WorkCalendar, date: CalendarDate): DayHours | null {
  if (closureOn(calendar, date) !== undefined) return null
  const special = calendar.special
    ?.filter(period => stands(period) && period.from <= date && date <= period.to)
    .reduce<(Known & { from: CalendarDate; week: Week }) | undefined>(
      (latest, period) => (latest && latest.from > period.from ? latest : period),
      undefined,
    )
  return (special?.week ?? calendar.week)[new Date(Date.parse(date)).getUTCDay()] ?? null
}

function instantAt(date: CalendarDate, time: string, timeZone: string): number {
  return Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(timeZone).epochMilliseconds
}

function openingOn(calendar: WorkCalendar, date: CalendarDate): Opening | null {
  let known = openings.get(calendar)
  if (!known) {
    known = new Map()
    openings.set(calendar, known)
  }
  const found = known.get(date)
  if (found !== undefined) return found
  const hours = hoursOn(calendar, date)
  const opens = hours ? instantAt(date, hours.from, calendar.timeZone) : 0
  const closes = hours ? instantAt(date, hours.to, calendar.timeZone) : 0
  const opening = closes > opens ? { opens, closes } : null
  if (known.size > 4_000) known.clear()
  known.set(date, opening)
  return opening
}

/** The openings from a date on; a calendar that never opens is a mistake of its settings. */
function* openingsFrom(
  calendar: WorkCalendar,
  first: CalendarDate,
): Generator<Opening & { date: CalendarDate }> {
  let date = first
  for (let idle = 0; idle < horizon; idle += 1) {
    const opening = openingOn(calendar, date)
    if (opening) {
      idle = 0
      yield { ...opening, date }
    }
    date = addDays(date, 1)
  }
  throw new RangeError('the calendar never opens')
}

/** Whether the office is open at an instant; the closing instant is after hours. */
export function isOpen(calendar: WorkCalendar, at: Date): boolean {
  const opening = openingOn(calendar, dateIn(at, calendar.timeZone))
  return opening !== null && at.getTime() >= opening.opens && at.getTime() < opening.closes
}

/** The instant by which so many minutes of opening hours have passed; with 0, the instant itself or the next opening. */
export function addWorkingMinutes(calendar: WorkCalendar, from: Date, minutes: number): Date {
  if (!(minutes >= 0)) throw new RangeError('working minutes run forward')
  let left = minutes * minute
  for (const { opens, closes } of openingsFrom(calendar, dateIn(from, calendar.timeZone))) {
    const start = Math.max(opens, from.getTime())
    if (start >= closes) continue
    if (left <= closes - start) return new Date(start + left)
    left -= closes - start
  }
  throw new RangeError('the calendar never opens')
}

/** Minutes of opening hours between two instants; negative when the second is earlier. */
export function workingMinutesBetween(calendar: WorkCalendar, a: Date, b: Date): number {
  if (b < a) return -workingMinutesBetween(calendar, b, a)
  const last = dateIn(b, calendar.timeZone)
  let total = 0
  for (let date = dateIn(a, calendar.timeZone); date <= last; date = addDays(date, 1)) {
    const opening = openingOn(calendar, date)
    if (!opening) continue
    total += Math.max(0, Math.min(opening.closes, b.getTime()) - Math.max(opening.opens, a.getTime()))
  }
  return total / minute
}

/**
 * The closing of the nth working day after the day of `from`, which itself is not counted.
 * With 0 it is the closing of that day, or of the next working day once it has closed.
 */
export function addWorkingDays(calendar: WorkCalendar, from: Date, days: number): Date {
  if (!(Number.isInteger(days) && days >= 0)) throw new RangeError('working days run forward')
  const today = dateIn(from, calendar.timeZone)
  let left = days
  for (const { date, closes } of openingsFrom(calendar, today)) {
    if (days === 0 ? closes > from.getTime() : date > today && --left === 0) return new Date(closes)
  }
  throw new RangeError('the calendar never opens')
}

/** How many working days lie after the day of `a` up to the day of `b`; negative when `b` is earlier. */
export function workingDaysBetween(calendar: WorkCalendar, a: Date, b: Date): number {
  const first = dateIn(a, calendar.timeZone)
  const last = dateIn(b, calendar.timeZone)
  if (last < first) return -workingDaysBetween(calendar, b, a)
  // The tasks of a list fell due on the same few days.
  const counted = dayCounts.get(calendar) ?? new Map<string, number>()
  dayCounts.set(calendar, counted)
  const days = `${first} ${last}`
  const known = counted.get(days)
  if (known !== undefined) return known
  let total = 0
  for (let date = addDays(first, 1); date <= last; date = addDays(date, 1)) {
    if (openingOn(calendar, date)) total += 1
  }
  if (counted.size >= mostDates) counted.clear()
  counted.set(days, total)
  return total
}
