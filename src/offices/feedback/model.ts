import { stripControls, toWesternDigits } from '../../lib/arabic.ts'
import type { Fault } from '../../lib/errors.ts'

/** One to five, five the best. */
export type Stars = 1 | 2 | 3 | 4 | 5
export const allStars: readonly Stars[] = [1, 2, 3, 4, 5]

export const longestComment = 500
const longestWords = 4000

/** Ratings of one of the staff are shown only from here on: fewer would tell who said what. */
export const leastOfPerson = 5

/** Days after asking during which an answer by SMS is taken for it. */
export const answerDays = 14

/** Reads the stars as sent by a form or a text. */
export function readStars(text: string): Stars | undefined {
  const digit = toWesternDigits(text).trim()
  return /^[1-5]$/.test(digit) ? (Number(digit) as Stars) : undefined
}

/** What somebody wrote, without what cannot be seen. */
export const tidy = (text: string): string => stripControls(text).trim()

/** Reads words somebody must write. */
export function readWords(
  text: string,
  field: string,
  max = longestWords,
): { ok: true; value: string } | { ok: false; fault: Fault } {
  const words = tidy(text)
  if (words === '') return { ok: false, fault: { field, code: 'words-missing' } }
  if (words.length > max) return { ok: false, fault: { field, code: 'too-long', values: { max } } }
  return { ok: true, value: words }
}

export type WordState = 'open' | 'answered' | 'closed'

/** What people read: 12/2026. */
export const wordNumber = (of: { number: number; year: number }): string => `${of.number}/${of.year}`
