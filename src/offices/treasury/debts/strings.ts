import type { Locale } from '../../../lib/localized.ts'
import { type TextValue, texts, translate } from '../../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const debtTexts = texts({ ar, en })
export type DebtWord = keyof typeof ar

/** A text about what is owed, outside a page's parts. */
export const debtText = (
  locale: Locale,
  key: DebtWord,
  values?: Readonly<Record<string, TextValue>>,
): string => translate(debtTexts, locale, key, values)
