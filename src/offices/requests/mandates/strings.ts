import type { Locale } from '../../../lib/localized.ts'
import { texts, translate } from '../../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const mandateTexts = texts({ ar, en })

export const mandateText = (locale: Locale, key: keyof typeof ar, values?: Record<string, string>): string =>
  translate(mandateTexts, locale, key, values)
