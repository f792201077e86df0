import type { Locale } from '../../lib/localized.ts'
import { type TextValue, texts, translate } from '../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const backupTexts = texts({ ar, en })

/** A text of backups outside a page's parts. */
export const backupText = (
  locale: Locale,
  key: keyof typeof ar,
  values?: Readonly<Record<string, TextValue>>,
): string => translate(backupTexts, locale, key, values)
