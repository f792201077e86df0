import type { Locale } from '../../lib/localized.ts'
import { type TextValue, texts, translate } from '../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const counterTexts = texts({ ar, en })

export type CounterText = keyof typeof ar

/** A text of the counter outside a page's parts. */
export const counterText = (
  locale: Locale,
  key: CounterText,
  values?: Readonly<Record<string, TextValue>>,
): string => translate(counterTexts, locale, key, values)
