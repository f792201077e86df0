import type { Locale } from '../../lib/localized.ts'
import { type TextValue, texts, translate } from '../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const payTexts = texts({ ar, en })
export type PayWord = keyof typeof ar

/** A text of this office outside a page's parts. */
export const payText = (locale: Locale, key: PayWord, values?: Readonly<Record<string, TextValue>>): string =>
  translate(payTexts, locale, key, values)
