import type { Locale } from '../../../lib/localized.ts'
import { type TextValue, texts, translate } from '../../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const staffingTexts = texts({ ar, en })
export type StaffingText = keyof typeof ar

/** A text of the pages about the staff, outside a page's parts. */
export const staffingText = (
  locale: Locale,
  key: StaffingText,
  values?: Readonly<Record<string, TextValue>>,
): string => translate(staffingTexts, locale, key, values)
