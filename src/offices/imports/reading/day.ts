import { stripControls, toWesternDigits } from '../../../lib/arabic.ts'
import { addDays, type CalendarDate, isCalendarDate } from '../../../lib/calendar.ts'
import type { DateOrder } from '../model.ts'

const months: readonly (readonly string[])[] = [
  ['كانون الثاني', 'يناير', 'jan'],
  ['شباط', 'فبراير', 'feb'],
  ['اذار', 'آذار', 'مارس', 'mar'],
  ['نيسان', 'ابريل', 'أبريل', 'apr'],
  ['ايار', 'أيار', 'مايو', 'may'],
  ['حزيران', 'يونيو', 'jun'],
  ['تموز', 'يوليو', 'jul'],
  ['اب', 'آب', 'اغسطس', 'أغسطس', 'aug'],
  ['ايلول', 'أيلول', 'سبتمبر', 'sep'],
  ['تشرين الاول', 'تشرين الأول', 'اكتوبر', 'أكتوبر', 'oct'],
  ['تشرين الثاني', 'نوفمبر', 'nov'],
  ['كانون الاول', 'كانون الأول', 'ديسمبر', 'dec'],
]

/** A year of two figures is of this century up to the year of today, else of the last. */
const century = (year: number, today: CalendarDate) =>
  year <= Number(today.slice(2, 4)) ? 2000 + year : 1900 + year

/** No day is written longer. */
const longestDay = 60

/**
 * A day as present programs write it: 3/11/1988, ٣-١١-٨٨, 1988-11-03 00:00:00, 3 تشرين الثاني 1988, or Excel's count of days. Undefined
 * when it is none, is after today or more than 130 years ago.
 */
export function readDay(text: string, order: DateOrder, today: CalendarDate): CalendarDate | undefined {
  const typed = toWesternDigits(stripControls(text)).trim().toLowerCase()
  const day = typed.length > longestDay ? undefined : parts(typed, order, today)
  if (!day || !isCalendarDate(day) || day > today) return undefined
  return Number(day.slice(0, 4)) < Number(today.slice(0, 4)) - 130 ? undefined : day
}

function parts(typed: string, order: DateOrder, today: CalendarDate): string | undefined {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ t].*)?$/.exec(typed)
  if (iso) return written(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const figures = /^(\d{1,2})[-/.\\،](\d{1,2})[-/.\\،](\d{4}|\d{2})(?:[ t].*)?$/.exec(typed)
  if (figures) {
    const [one, two, third] = [Number(figures[1]), Number(figures[2]), Number(figures[3])]
    const year = figures[3]?.length === 2 ? century(third, today) : third
    // Where only one reading is a day, the habit does not matter.
    const monthFirst = order === 'mdy' ? two > 12 || one <= 12 : two > 12
    return monthFirst ? written(year, one, two) : written(year, two, one)
  }
  const spoken = /^(\d{1,2})[ -]+(\p{L}[\p{L} ]*?)[ ,-]+(\d{4})$/u.exec(typed)
  if (spoken) {
    const name = spoken[2] ?? ''
    const month = months.findIndex(names => names.some(each => name === each || name.startsWith(each)))
    return month < 0 ? undefined : written(Number(spoken[3]), month + 1, Number(spoken[1]))
  }
  const compact = /^((?:19|20)\d{2})(\d{2})(\d{2})$/.exec(typed)
  if (compact) return written(Number(compact[1]), Number(compact[2]), Number(compact[3]))
  const serial = /^\d{4,5}$/.test(typed) ? Number(typed) : 0
  return serial >= 3000 ? dayOfSerial(serial) : undefined
}

const written = (year: number, month: number, day: number) =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`

/** Excel counts days from the last of 1899, as though 1900 had had a 29th of February. */
export function dayOfSerial(serial: number, from1904 = false): string {
  return addDays(from1904 ? '1904-01-01' : '1899-12-30', serial)
}
