import fc from 'fast-check'
import { expect, test } from 'vitest'
import { smsParts } from './parts.ts'
import { savings } from './savings.ts'

test('a text says how many letters are too many for one part less, and how many are free', () => {
  expect(savings('ا'.repeat(75))).toMatchObject({ parts: 2, over: 5, spare: 59, ways: [] })
  expect(savings('ا'.repeat(60))).toMatchObject({ parts: 1, over: 0, spare: 10 })
  expect(savings('ا'.repeat(135))).toMatchObject({ parts: 3, over: 1 })
})

test('so many plain letters less are a part less', () => {
  fc.assert(
    fc.property(fc.constantFrom('ا', 'a'), fc.integer({ min: 1, max: 1000 }), (letter, length) => {
      const { over, parts } = savings(letter.repeat(length))
      expect(over === 0).toBe(parts === 1)
      if (parts === 1) return
      expect(smsParts(letter.repeat(length - over)).parts).toBe(parts - 1)
      expect(smsParts(letter.repeat(length - over + 1)).parts).toBe(parts)
    }),
  )
})

test('a Latin text is told which letters make it cost as Arabic does', () => {
  const text = `${'a'.repeat(90)}’s “fee” ٣`
  expect(savings(text).ways).toEqual([{ kind: 'unicode', letters: ['’', '“', '”', '٣'], parts: 1 }])
  expect(savings(`${'a'.repeat(90)} رسم`).ways).toEqual([])
  expect(savings('short ’').ways).toEqual([])
})

test('what costs without saying anything is counted', () => {
  expect(savings('استُلِم  الطلـــب !!').ways).toEqual([
    { kind: 'tatweel', units: 3 },
    { kind: 'tashkeel', units: 2 },
    { kind: 'spaces', units: 1 },
    { kind: 'repeated', units: 1 },
  ])
  expect(savings('تم 👍🏽\u200f').ways).toEqual([
    { kind: 'emoji', units: 4 },
    { kind: 'unseen', units: 1 },
  ])
})
