import type { Locale } from '../localized.ts'
import { type Currency, currencyWord, minorDigits } from '../money.ts'

/** What one part costs, in thousandths of the minor unit: 4.5 agorot are 4500. */
export type PartPrice = { readonly milli: number; readonly currency: Currency }

/** An amount in thousandths of the minor unit, with the figures it needs and the currency's word: «0.045 شيكل», «1,240.50 شيكل». */
export function milliInWords({ milli, currency }: PartPrice, locale: Locale): string {
  const digits = minorDigits[currency]
  const text = String(Math.round(milli)).padStart(digits + 4, '0')
  const whole = text.slice(0, -(digits + 3)).replace(/\B(?=(\d{3})+$)/g, ',')
  const rest = text.slice(-(digits + 3))
  const kept = rest.slice(0, digits) + rest.slice(digits).replace(/(?<!0)0+$/, '')
  return `${whole}.${kept} ${currencyWord(currency, locale)}`
}

/** What a message of so many parts costs. */
export const costInWords = ({ milli, currency }: PartPrice, parts: number, locale: Locale): string =>
  milliInWords({ milli: milli * parts, currency }, locale)
