import type { Locale } from '../../../lib/localized.ts'
import { type TextValue, texts, translate } from '../../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const sentenceTexts = texts({ ar, en })
export type SentenceKey = keyof typeof ar

/** A word of sentences in a language. */
export const sentenceWord = (
  locale: Locale,
  key: SentenceKey,
  values?: Readonly<Record<string, TextValue>>,
): string => translate(sentenceTexts, locale, key, values)
