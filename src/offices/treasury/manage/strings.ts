import type { Locale } from '../../../lib/localized.ts'
import { type TextValue, texts, translate } from '../../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const manageTexts = texts({ ar, en })

/** A text of the settings outside a page's parts. */
export const manageText = (
  locale: Locale,
  key: keyof typeof ar,
  values?: Readonly<Record<string, TextValue>>,
): string => translate(manageTexts, locale, key, values)
