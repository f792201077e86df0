import type { Locale } from '../../../../lib/localized.ts'
import { texts, translate } from '../../../../lib/texts.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const incomingTexts = texts({ ar, en })
export type IncomingWord = keyof typeof ar

export const incomingText = (locale: Locale, key: IncomingWord, values?: Record<string, string>): string =>
  translate(incomingTexts, locale, key, values)
