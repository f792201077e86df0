import type { Locale } from '../../../lib/localized.ts'
import { type TextValue, texts, translate } from '../../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const consentTexts = texts({ ar, en })
export type ConsentKey = keyof typeof ar

export const consentText = (
  locale: Locale,
  key: ConsentKey,
  values?: Readonly<Record<string, TextValue>>,
): string => translate(consentTexts, locale, key, values)
