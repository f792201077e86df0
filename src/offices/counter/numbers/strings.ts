import type { Locale } from '../../../lib/localized.ts'
import { texts, translate } from '../../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const numberTexts = texts({ ar, en })

export const numberText = (
  locale: Locale,
  key: keyof typeof ar,
  values?: Record<string, string | number>,
): string => translate(numberTexts, locale, key, values)
