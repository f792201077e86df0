import type { Locale } from '../../lib/localized.ts'
import { type TextValue, texts, translate } from '../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const feedbackTexts = texts({ ar, en })
export type FeedbackKey = keyof typeof ar

export const feedbackText = (
  locale: Locale,
  key: FeedbackKey,
  values?: Readonly<Record<string, TextValue>>,
): string => translate(feedbackTexts, locale, key, values)
