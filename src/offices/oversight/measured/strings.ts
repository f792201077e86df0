import type { Locale } from '../../../lib/localized.ts'
import { texts, translate } from '../../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export type MeasuredKey = keyof typeof ar
export const measuredTexts = texts({ ar, en })

/** What a part of the run is called; its own short name where it has no other. */
export function partName(name: string, locale: Locale): string {
  const key = `part-${name}`
  return key in ar ? translate(measuredTexts, locale, key as MeasuredKey) : name
}

/** Several of them, one after the other. */
export const partNames = (names: readonly string[], locale: Locale): string =>
  names.map(name => partName(name, locale)).join(locale === 'ar' ? '، ' : ', ')
