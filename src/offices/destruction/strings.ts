import type { Locale } from '../../lib/localized.ts'
import { type TextValue, texts, translate } from '../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const destructionTexts = texts({ ar, en })
export type DestructionText = keyof typeof ar

export const destructionText = (
  locale: Locale,
  key: DestructionText,
  values?: Readonly<Record<string, TextValue>>,
): string => translate(destructionTexts, locale, key, values)
