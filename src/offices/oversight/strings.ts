import type { Locale } from '../../lib/localized.ts'
import { type TextValue, texts, translate } from '../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const oversightTexts = texts({ ar, en })
export type OversightKey = keyof typeof ar

export const oversightText = (
  locale: Locale,
  key: OversightKey,
  values?: Readonly<Record<string, TextValue>>,
): string => translate(oversightTexts, locale, key, values)
