import { stripControls, toWesternDigits } from '../../../lib/arabic.ts'
import { type Currency, minorDigits } from '../../../lib/money.ts'
import type { DecimalSign } from '../model.ts'

export type ReadAmount =
  | { ok: true; minor: number; currency: Currency; rounded: boolean }
  | { ok: false; code: 'amount-unreadable' | 'amount-too-large' }

const currencyWords: readonly (readonly [RegExp, Currency])[] = [
  [/شيكل|شيقل|شواكل|شيكلا|ش\.ج|₪|nis|ils/giu, 'ILS'],
  [/دينار|دنانير|د\.ا|jod|jd/giu, 'JOD'],
  [/دولار|\$|usd/giu, 'USD'],
]

/** The currency a cell names: «شيكل», JOD, $; undefined when it names none we take. */
export function readCurrency(text: string): Currency | undefined {
  return currencyWords.find(([words]) => new RegExp(words.source, 'iu').test(text))?.[1]
}

/**
 * An amount as present programs write it: ١٢٣٫٤٥, 1,234.50, (120.00) and 120- for a credit, 55 دائن, 120 شيكل. More decimals than the
 * currency has (a sum of floating-point numbers) are rounded, and it says so. Undefined for an empty cell; a dash is zero.
 */
export function readAmount(
  text: string,
  habits: { decimal: DecimalSign; currency: Currency },
): ReadAmount | undefined {
  let typed = toWesternDigits(stripControls(text)).trim()
  if (typed === '') return undefined
  if (/^[-–—ـ]+$/.test(typed)) return { ok: true, minor: 0, currency: habits.currency, rounded: false }
  let currency = habits.currency
  for (const [words, named] of currencyWords) {
    const without = typed.replace(words, '')
    if (without !== typed) currency = named
    typed = without
  }
  const isCredit = /دائن|credit|\bcr\b/iu.test(typed)
  typed = typed.replace(/دائن|مدين|credit|debit|\bcr\b|\bdr\b/giu, '').trim()
  const negative =
    isCredit || /^\(.*\)$/.test(typed) || /^[-−–]/.test(typed) || (/[-−–]$/.test(typed) && typed.length > 1)
  const figures = wholeAndFraction(typed.replace(/[()\s−–+-]/g, ''), habits.decimal)
  if (!figures) return { ok: false, code: 'amount-unreadable' }
  const { whole, fraction } = figures
  const digits = minorDigits[currency]
  const rest = fraction.slice(digits).replace(/(?<!0)0+$/, '')
  const kept = Number(whole + fraction.slice(0, digits).padEnd(digits, '0'))
  const minor = kept + (rest !== '' && rest >= '5' ? 1 : 0)
  if (!Number.isSafeInteger(minor) || minor > 1e12) return { ok: false, code: 'amount-too-large' }
  return { ok: true, minor: negative && minor !== 0 ? -minor : minor, currency, rounded: rest !== '' }
}

function wholeAndFraction(
  text: string,
  decimal: DecimalSign,
): { whole: string; fraction: string } | undefined {
  const arabic = text.includes('٫') || text.includes('٬')
  const plain = arabic
    ? text.replaceAll('٬', '').replaceAll('٫', '.')
    : decimal === ','
      ? text.replaceAll('.', '').replace(/[،,]/g, '.')
      : text.replace(/[,،'’]/g, '')
  const match = /^(\d*)(?:\.(\d*))?$/.exec(plain)
  if (!match || !/\d/.test(plain)) return undefined
  return { whole: match[1] || '0', fraction: match[2] ?? '' }
}
