import type { Locale } from '../../../lib/localized.ts'
import { type TextValue, texts, translate } from '../../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const proofTexts = texts({ ar, en })
export type ProofText = keyof typeof ar

/** A text of the pages that prove what was said, outside their parts. */
export const proofText = (
  locale: Locale,
  key: ProofText,
  values?: Readonly<Record<string, TextValue>>,
): string => translate(proofTexts, locale, key, values)
