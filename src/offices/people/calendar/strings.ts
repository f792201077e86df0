import type { Locale } from '../../../lib/localized.ts'
import { texts, translate } from '../../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const calendarTexts = texts({ ar, en })
export type CalendarText = keyof typeof ar

/** A text of the calendar outside a page's parts. */
export const calendarText = (locale: Locale, key: CalendarText): string =>
  translate(calendarTexts, locale, key)
