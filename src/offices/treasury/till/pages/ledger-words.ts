import type { Locale } from '../../../../lib/localized.ts'
import { isTillText, tillText } from '../strings.ts'

/** A kind of due in words; a kind of the town's own stays as the town writes it. */
function dueWords(locale: Locale, kind: string): string {
  const key = `due-${kind}`
  return isTillText(key) ? tillText(locale, key) : kind
}

/** A kind of income: of a due, or put on account. */
export const kindWords = (locale: Locale, kind: string): string =>
  kind.startsWith('advance:') ? ledgerWords(locale, kind) : dueWords(locale, kind)

/** A ledger in words: «ذمم كهرباء»، «صندوق نقد A». */
export function ledgerWords(locale: Locale, ledger: string): string {
  const [name = '', of] = ledger.split(':')
  const whole = `ledger-${ledger.replace(':', '-')}`
  if (isTillText(whole)) return tillText(locale, whole)
  const key = `ledger-${name}`
  if (!isTillText(key) || of === undefined) return ledger
  return tillText(locale, key, { of: dueWords(locale, of) })
}
