import type { Locale } from '../../../lib/localized.ts'
import { texts, translate } from '../../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const pinTexts = texts({ ar, en })

export const pinText = (locale: Locale, key: keyof typeof ar): string => translate(pinTexts, locale, key)
