import type { Locale } from '../../lib/localized.ts'
import { type TextValue, texts, translate } from '../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const designerTexts = texts({ ar, en })
export type DesignerText = keyof typeof ar

/** A text of the designer outside a page's parts. */
export const designerText = (
  locale: Locale,
  key: DesignerText,
  values?: Readonly<Record<string, TextValue>>,
): string => translate(designerTexts, locale, key, values)
