import type { Locale } from '../../../lib/localized.ts'
import { type TextValue, texts, translate } from '../../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const copyTexts = texts({ ar, en })
export type CopyKey = keyof typeof ar

/** A text of the copies outside a page's parts. */
export const copyText = (
  locale: Locale,
  key: CopyKey,
  values?: Readonly<Record<string, TextValue>>,
): string => translate(copyTexts, locale, key, values)
