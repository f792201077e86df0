import type { Locale } from '../../lib/localized.ts'
import { type TextValue, texts, translate } from '../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const sealTexts = texts({ ar, en })
export type SealText = keyof typeof ar

/** A text of the seal outside a page's parts. */
export const sealText = (
  locale: Locale,
  key: SealText,
  values?: Readonly<Record<string, TextValue>>,
): string => translate(sealTexts, locale, key, values)
