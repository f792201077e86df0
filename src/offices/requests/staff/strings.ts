import type { Locale } from '../../../lib/localized.ts'
import { type TextValue, texts, translate } from '../../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const staffTexts = texts({ ar, en })

export type StaffKey = keyof typeof ar

/** A text of these pages outside their parts. */
export const staffText = (locale: Locale, key: StaffKey, values?: Record<string, TextValue>): string =>
  translate(staffTexts, locale, key, values)
