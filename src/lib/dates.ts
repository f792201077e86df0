import { addDays, type CalendarDate, dateIn } from './calendar.ts'
import type { Locale } from './localized.ts'

/** How a date is to be read: the language and the town's time zone. */
export type DateStyle = { readonly locale: Locale; readonly timeZone: string }

const months: Record<Locale, readonly string[]> = {
  ar: [
    'كانون الثاني',
    'شباط',
    'آذار',
    'نيسان',
    'أيار',
    'حزيران',
    'تموز',
    'آب',
    'أيلول',
    'تشرين الأول',
    'تشرين الثاني',
    'كانون الأول',
  ],
  en: 'January February March April May June July August September October November December'.split(' '),
}
const shortMonths: Record<Locale, readonly string[]> = {
  ar: 'ك2 شباط آذار نيسان أيار حزيران تموز آب أيلول ت1 ت2 ك1'.split(' '),
  en: 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' '),
}
const weekdays: Record<Locale, readonly string[]> = {
  ar: 'الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت'.split(' '),
  en: 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' '),
}
const nearDays: Record<Locale, Readonly<Record<number, string>>> = {
  ar: { 0: 'اليوم', 1: 'غدًا', [-1]: 'أمس' },
  en: { 0: 'today', 1: 'tomorrow', [-1]: 'yesterday' },
}
const comma: Record<Locale, string> = { ar: '،', en: ',' }
const halves: Record<Locale, readonly [string, string]> = { ar: ['ص', 'م'], en: ['am', 'pm'] }

type When = Date | CalendarDate

const dateOf = (at: When, timeZone: string): CalendarDate =>
  typeof at === 'string' ? at : dateIn(at, timeZone)

function partsOf(date: CalendarDate): { year: number; month: number; day: number; weekday: number } {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  return { year, month, day, weekday: new Date(Date.parse(date)).getUTCDay() }
}

/** The name of a weekday, 0 being Sunday. */
const weekdayName = (weekday: number, locale: Locale): string => weekdays[locale][weekday] ?? ''

/** The name of a month, 1 being January: «تشرين الثاني». */
export const monthName = (month: number, locale: Locale): string => months[locale][month - 1] ?? ''

/** «الاثنين، 9 تشرين الثاني 2026». */
export function longDate(at: When, { locale, timeZone }: DateStyle): string {
  const { year, month, day, weekday } = partsOf(dateOf(at, timeZone))
  return `${weekdayName(weekday, locale)}${comma[locale]} ${day} ${monthName(month, locale)} ${year}`
}

/** «9 تشرين الثاني», with the year when it is not the year of `now`. */
export function plainDate(at: When, now: When, { locale, timeZone }: DateStyle): string {
  const { year, month, day } = partsOf(dateOf(at, timeZone))
  const dayAndMonth = `${day} ${monthName(month, locale)}`
  return dateOf(now, timeZone).startsWith(`${year}-`) ? dayAndMonth : `${dayAndMonth} ${year}`
}

/** '9/11/2026', for documents. */
export function shortDate(at: When, { timeZone }: DateStyle): string {
  const { year, month, day } = partsOf(dateOf(at, timeZone))
  return `${day}/${month}/${year}`
}

/** '9/11': in a message each character counts, and what it tells is within the year. */
export function briefDate(at: When, { timeZone }: Pick<DateStyle, 'timeZone'>): string {
  const { month, day } = partsOf(dateOf(at, timeZone))
  return `${day}/${month}`
}

/** «9 ت2», for dense tables. */
export function denseDate(at: When, { locale, timeZone }: DateStyle): string {
  const { month, day } = partsOf(dateOf(at, timeZone))
  return `${day} ${shortMonths[locale][month - 1]}`
}

/** «اليوم», «أمس», «الأربعاء» within a week before or after; otherwise the plain date. */
export function relativeDate(at: When, now: When, style: DateStyle): string {
  const date = dateOf(at, style.timeZone)
  const today = dateOf(now, style.timeZone)
  const distance = Math.round((Date.parse(date) - Date.parse(today)) / 86_400_000)
  const near = nearDays[style.locale][distance]
  if (near !== undefined) return near
  if (Math.abs(distance) < 7) return weekdayName(partsOf(date).weekday, style.locale)
  return plainDate(date, today, style)
}

const clocks = new Map<string, { write: Intl.DateTimeFormat; times: Map<number, string> }>()
const mostTimes = 5_000

/** «10:31 ص». */
export function timeOfDay(at: Date, { locale, timeZone }: DateStyle): string {
  let clock = clocks.get(timeZone)
  if (!clock) {
    const parts = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
    clock = { write: new Intl.DateTimeFormat('en-GB', { timeZone, ...parts }), times: new Map() }
    clocks.set(timeZone, clock)
  }
  const minute = Math.floor(at.getTime() / 60_000)
  let time = clock.times.get(minute)
  if (time === undefined) {
    time = clock.write.format(at)
    if (clock.times.size >= mostTimes) clock.times.clear()
    clock.times.set(minute, time)
  }
  return clockTime(time, locale)
}

/** «10:31:07 ص»: for what is older than it may seem. */
export const exactTime = (at: Date, style: DateStyle): string =>
  timeOfDay(at, style).replace(/:\d\d/, `$&:${at.toISOString().slice(17, 19)}`)

/** «7:30 ص» from '07:30', as opening hours are kept. */
export function clockTime(time: string, locale: Locale): string {
  const [hour = 0, minute = '00'] = [Number(time.slice(0, 2)), time.slice(3, 5)]
  return `${hour % 12 === 0 ? 12 : hour % 12}:${minute} ${halves[locale][hour < 12 ? 0 : 1]}`
}

/** «9 تشرين الثاني 2026، 10:31 ص». */
export function dateTime(at: Date, style: DateStyle): string {
  const { year, month, day } = partsOf(dateIn(at, style.timeZone))
  return `${day} ${monthName(month, style.locale)} ${year}${comma[style.locale]} ${timeOfDay(at, style)}`
}

const hijri: Partial<Record<Locale, Intl.DateTimeFormat>> = {}

/** «29 جمادى الأولى 1448 هـ» by Umm al-Qura; `shift` is the town's correction of a day either way. */
export function hijriDate(at: When, { locale, timeZone }: DateStyle, shift = 0): string {
  hijri[locale] ??= new Intl.DateTimeFormat(`${locale}-u-ca-islamic-umalqura-nu-latn`, {
    dateStyle: 'long',
    timeZone: 'UTC',
  })
  return hijri[locale].format(Date.parse(addDays(dateOf(at, timeZone), shift)))
}

/** Completed years of life on a date. */
export function ageOn(birth: CalendarDate, on: CalendarDate): number {
  const years = Number(on.slice(0, 4)) - Number(birth.slice(0, 4))
  return on.slice(5) < birth.slice(5) ? years - 1 : years
}
