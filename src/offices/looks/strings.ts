import type { Locale } from '../../lib/localized.ts'
import { type TextValue, texts, translate } from '../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const lookTexts = texts({ ar, en })
export type LookKey = keyof typeof ar

export const lookText = (
  locale: Locale,
  key: LookKey,
  values?: Readonly<Record<string, TextValue>>,
): string => translate(lookTexts, locale, key, values)
