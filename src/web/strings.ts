import type { Locale } from '../lib/localized.ts'
import { texts, translate } from '../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

const strings = texts({ ar, en })

/** The door's own texts. */
export function doorText(
  locale: Locale,
  key: keyof typeof ar,
  values?: Record<string, string | number>,
): string {
  return translate(strings, locale, key, values)
}
