import type { Locale } from '../../../lib/localized.ts'
import { texts, translate } from '../../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const contactTexts = texts({ ar, en })
export type ContactText = keyof typeof ar

export const contactText = (
  locale: Locale,
  key: ContactText,
  values?: Record<string, string | number>,
): string => translate(contactTexts, locale, key, values)
