import { describe, expect, test } from 'vitest'
import { readRatingText, readStars, readWords } from './model.ts'

describe('a rating by SMS', () => {
  test.each([
    ['4', { stars: 4, comment: '' }],
    [' ٥ ', { stars: 5, comment: '' }],
    ['3 خدمة جيدة', { stars: 3, comment: 'خدمة جيدة' }],
    ['1، انتظرت ساعتين', { stars: 1, comment: 'انتظرت ساعتين' }],
    ['2.\nلم يردّ أحد', { stars: 2, comment: 'لم يردّ أحد' }],
  ])('is read from «%s»', (text, rating) => expect(readRatingText(text)).toEqual(rating))

  test.each(['', '6', '0', '45', '4178/2026', 'دور', 'شكرا 5', '5678 9'])('is not read from «%s»', text =>
    expect(readRatingText(text)).toBeUndefined(),
  )

  test('keeps no more of a comment than fits', () => {
    expect(readRatingText(`5 ${'م'.repeat(900)}`)?.comment).toHaveLength(500)
  })
})

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
