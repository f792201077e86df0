import type { Locale } from '../../../lib/localized.ts'
import { type TextValue, texts, translate } from '../../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const signOnTexts = texts({ ar, en })
export type SignOnText = keyof typeof ar

/** A text of single sign-on outside a page's parts. */
export const signOnText = (
  locale: Locale,
  key: SignOnText,
  values?: Readonly<Record<string, TextValue>>,
): string => translate(signOnTexts, locale, key, values)
