import type { Locale } from '../../../lib/localized.ts'
import { type TextValue, texts, translate } from '../../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const todayTexts = texts({ ar, en })

export const todayText = (
  locale: Locale,
  key: keyof typeof ar,
  values?: Readonly<Record<string, TextValue>>,
): string => translate(todayTexts, locale, key, values)
