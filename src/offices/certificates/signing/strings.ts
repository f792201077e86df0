import type { Locale } from '../../../lib/localized.ts'
import { type TextValue, texts, translate } from '../../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const authorityTexts = texts({ ar, en })
export type AuthorityKey = keyof typeof ar

export const authorityText = (
  locale: Locale,
  key: AuthorityKey,
  values?: Readonly<Record<string, TextValue>>,
): string => translate(authorityTexts, locale, key, values)
