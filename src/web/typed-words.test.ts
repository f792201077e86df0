import { expect, test } from 'vitest'
import { sentencesOf } from './typed-words.tsx'

test('of a form that cannot be shown again, sentences are given back: no secrets, ids, numbers, nor what the form carries for itself', () => {
  const typed = {
    ...{
      _key: 'a key of words',
      password: 'a secret of words',
      code: '12 34 56',
      clientSecret: 'one two three',
      'rule.was': 'if a then b',
    },
    ...{ id: '0198a000-0000-7000-8000-00000000c011', name: 'سعاد النجار', amount: '1,000.00' },
    ...{ answer: ' زارت اللجنة الموقع وأصلحت الحفرة ', note: ['حفرة في الشارع الرئيسي', 'قصيرة'] },
  }
  expect(sentencesOf(typed)).toEqual(['زارت اللجنة الموقع وأصلحت الحفرة', 'حفرة في الشارع الرئيسي'])
})

test('a text without an end is looked at once', () => {
  expect(sentencesOf({ note: 'x'.repeat(1_000_000), other: `${'س '.repeat(400_000)}` })).toHaveLength(1)
})
