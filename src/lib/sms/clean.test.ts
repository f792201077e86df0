import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanSms, longestSms } from './clean.ts'

const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      ...'ابتةىء\u064b\u0651\u0640 aZ09\n\t\r\u0000\u001b\u0085\u00a0\u00ad\u061c\u200b\u200c\u200d\u200e\u200f',
    ),
    fc.constantFrom(
      '\u202a',
      '\u202e',
      '\u2066',
      '\u2069',
      '\u2028',
      '\ufeff',
      '\ud83d',
      '\ude00',
      '\ue000',
      '\uffff',
    ),
    fc.constantFrom('👨‍👩‍👧', '❤️', '👍🏽', 'e\u0301', '\u0627\u0653', '\u1112\u1161'),
    fc.string({ unit: 'binary', maxLength: 3 }),
  ),
  maxLength: 900,
})

test('what was cleaned shows itself as it is: nothing unseen, well formed, composed, bounded', () => {
  fc.assert(
    fc.property(anyText, text => {
      const clean = cleanSms(text)
      expect(clean.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
      expect(clean).not.toMatch(/[\u00ad\u061c\u200b\u200c\u200f\u2028-\u202e\u2060-\u2069\ufeff]/)
      expect(clean.isWellFormed()).toBe(true)
      expect(clean).toBe(clean.normalize('NFC'))
      expect(clean).toBe(clean.trim())
      expect(clean.length).toBeLessThanOrEqual(longestSms)
    }),
  )
})

test('cleaning again changes nothing', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 5, max: 700 }), (text, most) => {
      const clean = cleanSms(text, most)
      expect(cleanSms(clean, most)).toBe(clean)
    }),
  )
})

test('words, line ends and joined signs stay', () => {
  expect(cleanSms('طلبك 4178/2026\r\nجاهز 👨‍👩‍👧 ❤️')).toBe('طلبك 4178/2026\nجاهز 👨‍👩‍👧 ❤️')
  expect(cleanSms('شُبّاك \u200e+970')).toBe('شُبّاك \u200e+970')
})

test('what would show a text otherwise than it is falls away', () => {
  expect(cleanSms('ادفع \u202e00.001\u202c شيكل')).toBe('ادفع 00.001 شيكل')
  expect(cleanSms('ra\u200bm\u2066al\u2069\u0000lah')).toBe('ramallah')
  expect(cleanSms(`م${'\u0651'.repeat(40)}`)).toBe(`م${'\u0651'.repeat(3)}`)
  expect(cleanSms(' \u0007\u200f \n ')).toBe('')
})

test('what is too long ends in an ellipsis, between two letters', () => {
  expect(cleanSms('👍🏽'.repeat(10), 10)).toBe('👍🏽👍🏽…')
  expect(cleanSms('ا'.repeat(5_000_000))).toBe(`${'ا'.repeat(669)}…`)
})
