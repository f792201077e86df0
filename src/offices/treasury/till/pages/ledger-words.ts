import type { Locale } from '../../../../lib/localized.ts'
import { ar } from '../strings.ar.ts'
import { type TillText, tillText } from '../strings.ts'

const known = (key: string): key is TillText => Object.hasOwn(ar, key)

/** A kind of due in words; a kind of the town's own stays as the town writes it. */
function dueWords(locale: Locale, kind: string): string {
  const key = `due-${kind}`
  return known(key) ? tillText(locale, key) : kind
}

/** A kind of income: of a due, or put on account. */
export const kindWords = (locale: Locale, kind: string): string =>
  kind.startsWith('advance:') ? ledgerWords(locale, kind) : dueWords(locale, kind)

/** A ledger in words: «ذمم كهرباء»، «صندوق نقد A». */
export function ledgerWords(locale: Locale, ledger: string): string {
  const [name = '', of] = ledger.split(':')
  const whole = `ledger-${ledger.replace(':', '-')}`
  if (known(whole)) return tillText(locale, whole)
  const key = `ledger-${name}`
  if (!known(key) || of === undefined) return ledger
  return tillText(locale, key, { of: dueWords(locale, of) })
}
