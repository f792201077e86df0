import type { Locale } from '../../../lib/localized.ts'
import { type TextValue, texts, translate } from '../../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const wayTexts = texts({ ar, en })
export type WayText = keyof typeof ar

/** A text of the pages about ways in, outside a page's parts. */
export const wayText = (locale: Locale, key: WayText, values?: Readonly<Record<string, TextValue>>): string =>
  translate(wayTexts, locale, key, values)
