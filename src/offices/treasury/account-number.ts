import { toWesternDigits } from '../../lib/arabic.ts'

/** Two digits for the kinds nearly every town has; what a town adds of its own shares 90. */
const kindCodes: Readonly<Record<string, string>> = {
  fees: '10',
  electricity: '20',
  water: '30',
  sewage: '35',
  waste: '40',
  property: '50',
  licence: '60',
  rent: '70',
  fine: '80',
}

/** Damm's table: it catches every single wrong digit and every pair of neighbours swapped. */
const damm = [
  [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
  [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
  [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
  [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
  [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
  [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
  [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
  [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
  [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
  [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
]

const checkDigit = (digits: string): number =>
  [...digits].reduce((state, digit) => damm[state]?.[Number(digit)] ?? 0, 0)

/** The two digits of a kind. */
export const accountCode = (kind: string): string =>
  (Object.hasOwn(kindCodes, kind) ? kindCodes[kind] : undefined) ?? '90'

/** 20-004178-3: the kind, the running number, and a digit that catches a slip of the pen. */
export function accountNumber(kind: string, running: number): string {
  const code = accountCode(kind)
  const figures = String(running).padStart(6, '0')
  return `${code}-${figures}-${checkDigit(`${code}${figures}`)}`
}

/** Reads an account number as people type it, with or without dashes, in either digits; undefined when a digit is wrong. */
export function readAccountNumber(text: string): string | undefined {
  const match = /^(\d{2})(\d{6,9})(\d)$/.exec(toWesternDigits(text).replace(/[\s\-–—./]/g, ''))
  if (!match || checkDigit(match[0]) !== 0) return undefined
  return `${match[1]}-${match[2]}-${match[3]}`
}
