import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  composed,
  isolate,
  isPlausibleName,
  namesIn,
  normaliseForSearch,
  plural,
  searchTokens,
  stripControls,
  toWesternDigits,
} from './arabic.ts'

const same = (a: string, b: string) => expect(searchTokens(a)).toEqual(searchTokens(b))

test('what people equate is found the same', () => {
  same('أحمد إبراهيم', 'احمد ابراهيم')
  same('فاطمة', 'فاطمه')
  same('هُدَى', 'هدي')
  same('محمـــد', 'محمد')
  same('عبد الله', 'عبدالله')
  same('عبد الرحمن أبو خالد', 'عبدالرحمن ابوخالد')
  same('صلاح الدين', 'صلاحالدين')
  same('الحاج محمد بن علي آل ناصر', 'محمد علي ناصر')
  same('م. خالد الخطيب', 'خالد خطيب')
  same('ﷲ', 'الله')
  same('٤١٧٨/٢٠٢٦', '4178 2026')
  same('José SALEM', 'jose salem')
  same('عبد ربه', 'عبدربه')
  same('أبو علاء الدين', 'ابوعلاءالدين')
})

test('a title alone is still searched for', () => {
  expect(searchTokens('الشيخ')).toEqual(['شيخ'])
  expect(searchTokens('')).toEqual([])
  expect(searchTokens('٪؟')).toEqual([])
})

test('normalising twice changes nothing, and no token holds a space', () => {
  const letters = fc.string({ unit: fc.constantFrom(...'ابتةىأإآءؤئمحدعلنيوک ـًَ٣۳3aÉ.-') })
  fc.assert(
    fc.property(fc.oneof(letters, fc.string()), text => {
      const once = normaliseForSearch(text)
      expect(normaliseForSearch(once).split(' ').length).toBeLessThanOrEqual(once.split(' ').length)
      for (const token of searchTokens(text)) expect(token).toMatch(/^\S+$/)
    }),
  )
})

test('Arabic and Persian digits become Western', () => {
  expect(toWesternDigits('٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹')).toBe('0123456789 0123456789')
})

test('counting takes the form the number asks for', () => {
  const days = { one: 'يوم واحد', two: 'يومان', few: '# أيام', many: '# يومًا', other: '# يوم' }
  expect([1, 2, 3, 10, 11, 99, 100, 103].map(n => plural(n, days))).toEqual([
    'يوم واحد',
    'يومان',
    '3 أيام',
    '10 أيام',
    '11 يومًا',
    '99 يومًا',
    '100 يوم',
    '103 أيام',
  ])
})

test('direction marks and controls fall away, line ends stay', () => {
  expect(stripControls('\u202eأ\u0000ب\u200f\r\nت\u2069')).toBe('أب\nت')
  expect(isolate('2026/1234-B')).toBe('\u20662026/1234-B\u2069')
})

test('names are letters, spaces, hyphens and apostrophes', () => {
  for (const name of ['محمد أبو خالد', "Mary O'Neil-Salem", 'م. سعاد', 'هُدى', 'דוד']) {
    expect(isPlausibleName(name)).toBe(true)
  }
  for (const name of [
    '',
    'أ',
    'محمد😀',
    '0599000123',
    'محمد ٣',
    '<b>',
    'a@b.c',
    '--',
    'Иван',
    'ا'.repeat(121),
  ]) {
    expect(isPlausibleName(name)).toBe(false)
  }
})

test.each([
  ['عبد الرحمن محمد خضر نصار', ['عبد الرحمن', 'محمد', 'خضر', 'نصار']],
  ['نور الدين أبو خالد', ['نور الدين', 'أبو خالد']],
  ['عبد ربه  عبد الله', ['عبد ربه', 'عبد الله']],
  ['ليلى', ['ليلى']],
])('%s is so many names', (name, names) => {
  expect(namesIn(name)).toEqual(names)
})

test('letters are composed as Unicode says; of a tower of marks thirty stay, since ordering more takes ever longer', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), text => composed(text) === text.normalize('NFC')))
  const tower = `م${'\u064b\u064c\u0651'.repeat(30_000)}`
  expect(composed(tower)).toHaveLength(31)
  expect(composed(`${tower}ن`, 'NFKC').endsWith('ن')).toBe(true)
})
