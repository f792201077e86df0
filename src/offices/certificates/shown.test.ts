import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shownText, shownWhole } from './shown.ts'

const arabic = (code: number) => (code >= 0x600 && code <= 0x6ff) || code === 32

test('what the font draws stays as it was written, with its marks of direction', () => {
  const letter = fc.constantFrom(...'ابتثجحخ ءآ\u064b\u0651\u2066\u2069\u200f\n')
  fc.assert(
    fc.property(fc.array(letter), all => {
      expect(shownText(all.join(''), arabic)).toBe(all.join(''))
    }),
  )
})

test('a picture of several signs is one square; half a sign and a control are none', () => {
  expect(shownText('بيت 👩‍👩‍👧‍👦 جديد', arabic)).toBe('بيت □ جديد')
  expect(shownText('\ud800\u0007ب', arabic)).toBe('□ ب')
})

test('texts are found however deep they stand, and nothing else is touched', () => {
  const inputs = { rows: [{ name: '🌈', count: 3, none: null }], paid: true }
  expect(shownWhole(inputs, arabic)).toEqual({ rows: [{ name: '□', count: 3, none: null }], paid: true })
})
