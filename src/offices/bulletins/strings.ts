import type { Locale } from '../../lib/localized.ts'
import { type TextValue, texts, translate } from '../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const bulletinTexts = texts({ ar, en })
export type BulletinText = keyof typeof ar

/** A text of the bulletins outside a page's parts. */
export const bulletinText = (
  locale: Locale,
  key: BulletinText,
  values?: Readonly<Record<string, TextValue>>,
): string => translate(bulletinTexts, locale, key, values)
