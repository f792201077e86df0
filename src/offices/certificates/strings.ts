import type { Locale } from '../../lib/localized.ts'
import { type TextValue, texts, translate } from '../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const certificateTexts = texts({ ar, en })

/** A text of this office outside a page's parts. */
export const certificateText = (
  locale: Locale,
  key: keyof typeof ar,
  values?: Readonly<Record<string, TextValue>>,
): string => translate(certificateTexts, locale, key, values)
