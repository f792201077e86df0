import type { Locale } from '../../../lib/localized.ts'
import { texts, translate } from '../../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const presenceTexts = texts({ ar, en })

export const presenceText = (locale: Locale, key: keyof typeof ar): string =>
  translate(presenceTexts, locale, key)
