import { toWesternDigits } from './arabic.ts'
import { Decimal } from './decimal.ts'
import { type Parsed, parsed, unparsed } from './errors.ts'
import type { Locale } from './localized.ts'

export type Currency = 'ILS' | 'JOD' | 'USD'

/** An amount: a whole number of minor units (agora, fils, cent). Amounts of two currencies are never added. */
export type Money = { readonly minor: number; readonly currency: Currency }

export const currencies: readonly Currency[] = ['ILS', 'JOD', 'USD']

export const minorDigits: Readonly<Record<Currency, number>> = { ILS: 2, JOD: 3, USD: 2 }

const words: Record<Currency, Record<Locale, string>> = {
  ILS: { ar: 'شيكل', en: 'shekels' },
  JOD: { ar: 'دينار', en: 'dinars' },
  USD: { ar: 'دولار', en: 'dollars' },
}

/** How many of `to` one unit of `from` is worth, as written in the decision: '5.03'. */
export type ExchangeRate = { readonly from: Currency; readonly to: Currency; readonly rate: Decimal }

export const isCurrency = (text: string): text is Currency => Object.hasOwn(minorDigits, text)

/** An amount of minor units; refuses what is not a whole, safely countable number. */
export function money(minor: number, currency: Currency): Money {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`not a number of minor units: ${minor}`)
  return { minor: minor === 0 ? 0 : minor, currency }
}

export const zero = (currency: Currency): Money => ({ minor: 0, currency })

function sameCurrency(a: Money, b: Money): void {
  if (a.currency !== b.currency) throw new TypeError(`${a.currency} and ${b.currency} are not one sum`)
}

export function add(a: Money, b: Money): Money {
  sameCurrency(a, b)
  return money(a.minor + b.minor, a.currency)
}

export function subtract(a: Money, b: Money): Money {
  sameCurrency(a, b)
  return money(a.minor - b.minor, a.currency)
}

export const negate = (amount: Money): Money => money(-amount.minor, amount.currency)

/** Negative, zero or positive, as `a` stands to `b`. */
export function compare(a: Money, b: Money): number {
  sameCurrency(a, b)
  return Math.sign(a.minor - b.minor)
}

/** One sum for each currency that occurs, in the order ILS, JOD, USD. */
export function sumByCurrency(amounts: Iterable<Money>): Money[] {
  const sums = new Map<Currency, Money>()
  for (const amount of amounts) {
    sums.set(amount.currency, add(sums.get(amount.currency) ?? zero(amount.currency), amount))
  }
  return currencies.flatMap(currency => sums.get(currency) ?? [])
}

const grouped = /^\d{1,3}(?:,\d{3})+(?:\.\d*)?$/
const plain = /^\d*(?:\.\d*)?$/

/** No amount is written longer, blanks and all. */
const longestAmount = 200

/** Reads what a person typed: ١٧٠٫٥ or 1,711.10; the code says what is wrong with it. */
export function parseAmount(text: string, currency: Currency): Parsed<Money> {
  if (text.length > longestAmount) return unparsed('amount-malformed')
  const typed = toWesternDigits(text)
    .replace(/[\s\u200e\u200f\u061c]/g, '')
    .replaceAll('٫', '.')
    .replace(/[٬،]/g, ',')
  if (typed === '') return unparsed('amount-missing')
  if (/^[-−]/.test(typed)) return unparsed('amount-negative')
  if (!/\d/.test(typed) || !(grouped.test(typed) || plain.test(typed))) return unparsed('amount-malformed')
  const [whole = '', fraction = ''] = typed.replaceAll(',', '').split('.')
  const digits = minorDigits[currency]
  const significant = fraction.replace(/(?<!0)0+$/, '')
  if (significant.length > digits) return unparsed('amount-too-precise')
  const minor = Number(whole + significant.padEnd(digits, '0'))
  return Number.isSafeInteger(minor) ? parsed(money(minor, currency)) : unparsed('amount-too-large')
}

/** Figures without separators, for machines and the API: '170.000'. */
export function toDecimal(amount: Money): string {
  const digits = minorDigits[amount.currency]
  const figures = String(Math.abs(amount.minor)).padStart(digits + 1, '0')
  return `${amount.minor < 0 ? '-' : ''}${figures.slice(0, -digits)}.${figures.slice(-digits)}`
}

/** Figures for people: '1,711.10'. */
export function formatFigures(amount: Money): string {
  return toDecimal(amount).replace(/\B(?=(\d{3})+\.)/g, ',')
}

/** The currency as people say it: «شيكل». */
export const currencyWord = (currency: Currency, locale: Locale): string => words[currency][locale]

/** Figures and the currency's word: «1,711.10 شيكل»; pages that set figures apart take the two parts. */
export function formatMoney(amount: Money, locale: Locale): string {
  return `${formatFigures(amount)} ${currencyWord(amount.currency, locale)}`
}

/** An amount times a factor, rounded half up to the minor unit. */
export function multiply(amount: Money, factor: Decimal): Money {
  return money(factor.mul(Decimal.of(amount.minor)).round(0, 'half-up').toNumber(), amount.currency)
}

/** The amount in the rate's other currency, rounded half up to its minor unit. */
export function convert(amount: Money, { from, to, rate }: ExchangeRate): Money {
  if (amount.currency !== from)
    throw new TypeError(`the rate is for ${from}, the amount is in ${amount.currency}`)
  const shift = minorDigits[to] - minorDigits[from]
  const exact = rate.mul(Decimal.of(amount.minor))
  return money(new Decimal(exact.units, exact.scale - shift).round(0, 'half-up').toNumber(), to)
}
