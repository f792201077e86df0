import type { Locale } from '../../lib/localized.ts'
import { texts, translate } from '../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const peopleTexts = texts({ ar, en })

/** A text of this office outside a page's parts. */
export const peopleText = (locale: Locale, key: keyof typeof ar): string =>
  translate(peopleTexts, locale, key)
