import type { Locale } from '../../../src/lib/localized.ts'
import { type TextValue, texts, translate } from '../../../src/lib/texts.ts'
import type { Results } from '../../../src/offices/oversight/measured/file.ts'
import { measuredTexts, partName } from '../../../src/offices/oversight/measured/strings.ts'
import { actNames, baselineNames, faultNames, figureNames, loadNames, unitNames } from './names.ar.ts'
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

/** What a figure was held against, where that is a goal: `the goal of 50 kB` gives `50 kB`. */
export const goalWritten = (baseline: string): string | undefined =>
  /^the (?:goal|promise) of (.+)$/.exec(baseline)?.[1]

/** A word that a part of the bench chose, in the language of the report where it is known; `foreign` where it stays English in an Arabic one. */
export function worded(
  kind: 'part' | keyof typeof dictionaries,
  word: string,
  locale: Locale,
): { text: string; foreign: boolean } {
  if (kind === 'part') return { text: partName(word, locale), foreign: false }
  if (locale === 'en') return { text: word, foreign: false }
  const known = dictionaries[kind][word] ?? (kind === 'figure' ? composed(word) : undefined)
  return { text: known ?? word, foreign: known === undefined }
}

/** Names put together of a shape and an act, of a script of faults, or round a number. */
function composed(name: string): string | undefined {
  const large = /^load-5m-(.+)$/.exec(name)?.[1]
  if (large) {
    const small = figureNames[`load-${large}`] ?? composed(`load-${large}`)
    return small && `${small}، وفي البلدة خمسة ملايين طلب`
  }
  const load = /^load-(bill-day|[a-z]+)-(.+)$/.exec(name)
  if (load) {
    const [shape, act] = [loadNames[load[1] ?? ''], actNames[load[2] ?? '']]
    return shape && act && `${shape}: ${act}`
  }
  const fault = faultNames[/^faults: (.+)$/.exec(name)?.[1] ?? '']
  if (fault) return `أعطال: ${fault}`
  const entries = /^seal: (\d+) entries verified$/.exec(name)?.[1]
  if (entries) return `فحص ${Number(entries).toLocaleString('en')} سطر مختوم`
  const [, bills, whole] = /^bulletins: (\d+) bills(, from the rule)?/.exec(name) ?? []
  if (!bills) return undefined
  return `${Number(bills).toLocaleString('en')} فاتورة، ${whole ? 'من القاعدة إلى الرسالة' : 'تخطيط رسائلها'}`
}
