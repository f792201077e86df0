import type { Locale } from '../../../lib/localized.ts'
import { type TextValue, texts, translate } from '../../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const providerTexts = texts({ ar, en })
export type ProviderText = keyof typeof ar

/** A text of these pages outside their parts. */
export const providerText = (
  locale: Locale,
  key: ProviderText,
  values?: Readonly<Record<string, TextValue>>,
): string => translate(providerTexts, locale, key, values)
