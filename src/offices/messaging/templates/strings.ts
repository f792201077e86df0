import type { Locale } from '../../../lib/localized.ts'
import { type TextValue, texts, translate } from '../../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const templateTexts = texts({ ar, en })
export type TemplateText = keyof typeof ar

/** A text of these pages outside their parts. */
export const templateText = (
  locale: Locale,
  key: TemplateText,
  values?: Readonly<Record<string, TextValue>>,
): string => translate(templateTexts, locale, key, values)
