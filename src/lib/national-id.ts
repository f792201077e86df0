import { stripControls, toWesternDigits } from './arabic.ts'
import { type Parsed, parsed, unparsed } from './errors.ts'

/** The nine digits as text, and whether the last one agrees: a wrong check digit warns, it never blocks. */
export type NationalId = { readonly digits: string; readonly checkDigitOk: boolean }

/** The ninth digit that belongs to eight: weights 1, 2, 1, 2 … and nine cast out of each product. */
export function computeCheckDigit(firstEight: string): string {
  let sum = 0
  for (let place = 0; place < 8; place += 1) {
    const product = Number(firstEight[place]) * (place % 2 === 0 ? 1 : 2)
    sum += product > 9 ? product - 9 : product
  }
  return String((10 - (sum % 10)) % 10)
}

/** Reads an identity number; older, shorter ones are filled with zeros on the left. */
export function parseNationalId(text: string): Parsed<NationalId> {
  const typed = toWesternDigits(stripControls(text)).replace(/[\s-]/g, '')
  if (typed === '') return unparsed('national-id-missing')
  if (!/^\d+$/.test(typed)) return unparsed('national-id-malformed')
  if (typed.length > 9) return unparsed('national-id-too-long')
  if (typed.length < 5) return unparsed('national-id-too-short')
  const digits = typed.padStart(9, '0')
  if (digits === '000000000') return unparsed('national-id-malformed')
  return parsed({ digits, checkDigitOk: computeCheckDigit(digits.slice(0, 8)) === digits[8] })
}

/** What may stand on paper and screens that others see: '*****0001'. */
export function maskId(digits: string): string {
  return `${'*'.repeat(Math.max(0, digits.length - 4))}${digits.slice(-4)}`
}
