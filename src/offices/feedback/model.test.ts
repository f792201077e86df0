import { expect, test } from 'vitest'
import { readStars, readWords } from './model.ts'

test('stars are one to five, in either kind of digits', () => {
  expect(['1', '٣', '5'].map(readStars)).toEqual([1, 3, 5])
  expect(['0', '6', '', '4.5', 'x'].map(readStars)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})

test('words of nothing but spaces are no words', () => {
  expect(readWords(' \u200f\n ', 'words')).toMatchObject({ ok: false, fault: { code: 'words-missing' } })
  expect(readWords('س', 'words', 1)).toEqual({ ok: true, value: 'س' })
  expect(readWords('سس', 'words', 1)).toMatchObject({ fault: { code: 'too-long' } })
})
