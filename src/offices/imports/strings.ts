import type { Locale } from '../../lib/localized.ts'
import { type TextValue, texts, translate } from '../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const importsTexts = texts({ ar, en })
export type ImportsText = keyof typeof ar

/** A text of the imports outside a page's parts. */
export const importsText = (
  locale: Locale,
  key: ImportsText,
  values?: Readonly<Record<string, TextValue>>,
): string => translate(importsTexts, locale, key, values)
