import type { Locale } from '../../../src/lib/localized.ts'
import { type TextValue, texts, translate } from '../../../src/lib/texts.ts'
import type { Results } from '../../../src/offices/oversight/measured/file.ts'
import { measuredTexts, partName } from '../../../src/offices/oversight/measured/strings.ts'
import { baselineNames, figureNames, unitNames } from './names.ar.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export type ReportKey = keyof typeof ar
const reportTexts = texts({ ar, en })

/** Why a run should not be taken at its word, as the page for mayors says it too. */
export const caveat = (of: Results['caveats'][number], locale: Locale): string =>
  translate(measuredTexts, locale, `caveat-${of}`)

export type Say = (key: ReportKey, values?: Record<string, TextValue>) => string

export const sayIn =
  (locale: Locale): Say =>
  (key, values) =>
    translate(reportTexts, locale, key, values)

const dictionaries = { figure: figureNames, unit: unitNames, baseline: baselineNames }

/** A word that a part of the bench chose, in the language of the report where it is known; `foreign` where it stays English in an Arabic one. */
export function worded(
  kind: 'part' | keyof typeof dictionaries,
  word: string,
  locale: Locale,
): { text: string; foreign: boolean } {
  if (kind === 'part') return { text: partName(word, locale), foreign: false }
  if (locale === 'en') return { text: word, foreign: false }
  const known = dictionaries[kind][word]
  if (known) return { text: known, foreign: false }
  const [, goal] = /^the (?:goal|promise) of (.+)$/.exec(word) ?? []
  if (kind === 'baseline' && goal) return { text: `الهدف ${isolated(goal)}`, foreign: false }
  return { text: word, foreign: true }
}

/** Held together in whatever direction the words around it run. */
const isolated = (text: string) => `\u2068${text}\u2069`
