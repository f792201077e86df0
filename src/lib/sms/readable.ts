import { toWesternDigits } from '../arabic.ts'

const leftToRight = '\u200e'
const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u

// A number in itself; then, if at all, words that read from the left, whatever stands between them.
const number = '[0-9]+(?:[:,./][0-9]+)*'
const reads = new RegExp(`^(?:${number})?(?:\\p{L}(?:.*(?:\\p{L}|[0-9][#$%]*))?)?$`, 'su')
const endsAsItIs = /(?:\p{L}|[0-9][#$%]*)$/u

/**
 * A number, code, amount, address or name in Latin letters as it is put into an Arabic message: as it stands where a telephone shows it from
 * left to right anyway (4178/2026, 154.00), and with marks of direction where it would be shown in pieces (059 900 0123, +970, 10:30–12:00).
 * A mark costs a unit, so there are no more than needed. Digits are written 0–9; words that read from the right stay as they are.
 */
export function readable(token: string): string {
  const text = toWesternDigits(token)
  if (text.length < 2 || rightToLeft.test(text) || text.includes(leftToRight) || reads.test(text)) return text
  return `${leftToRight}${text}${endsAsItIs.test(text) ? '' : leftToRight}`
}
