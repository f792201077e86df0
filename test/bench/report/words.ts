import type { Locale } from '../../../src/lib/localized.ts'
import { type TextValue, texts, translate } from '../../../src/lib/texts.ts'
import { baselineNames, figureNames, partNames, unitNames } from './names.ar.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export type ReportKey = keyof typeof ar
const reportTexts = texts({ ar, en })

export type Say = (key: ReportKey, values?: Record<string, TextValue>) => string

export const sayIn =
  (locale: Locale): Say =>
  (key, values) =>
    translate(reportTexts, locale, key, values)

export const english: Say = sayIn('en')

const dictionaries = { part: partNames, figure: figureNames, unit: unitNames, baseline: baselineNames }

/** A word that a part of the bench chose, in the language of the report where it is known; `foreign` where it stays English in an Arabic one. */
export function worded(
  kind: keyof typeof dictionaries,
  word: string,
  locale: Locale,
): { text: string; foreign: boolean } {
  if (locale === 'en') return { text: word, foreign: false }
  const known = dictionaries[kind][word]
  if (known) return { text: known, foreign: false }
  const [, goal] = /^the (?:goal|promise) of (.+)$/.exec(word) ?? []
  if (kind === 'baseline' && goal) return { text: `الهدف ${isolated(goal)}`, foreign: false }
  return { text: word, foreign: true }
}

/** Held together in whatever direction the words around it run. */
const isolated = (text: string) => `\u2068${text}\u2069`
