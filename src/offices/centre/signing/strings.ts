import type { Locale } from '../../../lib/localized.ts'
import { type TextValue, texts, translate } from '../../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const signingTexts = texts({ ar, en })
export type SigningKey = keyof typeof ar

export const signingText = (
  locale: Locale,
  key: SigningKey,
  values?: Readonly<Record<string, TextValue>>,
): string => translate(signingTexts, locale, key, values)

/** Why a paper was not signed, in words. */
export const whyKey = (code: string): SigningKey =>
  `why-${code}` in ar ? (`why-${code}` as SigningKey) : 'why-other'
