import type { Locale } from '../../../lib/localized.ts'
import { type TextValue, texts, translate } from '../../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const correctionTexts = texts({ ar, en })
export type CorrectionKey = keyof typeof ar

/** A text of the corrections outside a page's parts. */
export const correctionText = (
  locale: Locale,
  key: CorrectionKey,
  values?: Readonly<Record<string, TextValue>>,
): string => translate(correctionTexts, locale, key, values)
