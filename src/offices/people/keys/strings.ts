import type { Locale } from '../../../lib/localized.ts'
import { type TextValue, texts, translate } from '../../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const keyTexts = texts({ ar, en })
export type KeyText = keyof typeof ar

/** A text of the page of keys, outside its parts. */
export const keyText = (locale: Locale, key: KeyText, values?: Readonly<Record<string, TextValue>>): string =>
  translate(keyTexts, locale, key, values)
