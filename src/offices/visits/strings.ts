import type { Locale } from '../../lib/localized.ts'
import { texts, translate } from '../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const visitTexts = texts({ ar, en })
export type VisitText = keyof typeof ar

export const visitText = (locale: Locale, key: VisitText, values?: Record<string, string | number>): string =>
  translate(visitTexts, locale, key, values)
