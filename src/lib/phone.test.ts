import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatPhone, maskPhone, parsePhone } from './phone.ts'

const read = (text: string) => {
  const result = parsePhone(text)
  return result.ok ? `${result.value.e164} ${result.value.kind}` : result.code
}

test('every way of writing one mobile is one telephone', () => {
  for (const text of [
    '0599000123',
    '0599 000-123',
    '٠٥٩٩٠٠٠١٢٣',
    '۰۵۹۹۰۰۰۱۲۳',
    '00970599000123',
    '+970 599 000 123',
    '970599000123',
    '+972599000123',
    '00972599000123',
    '972599000123',
    '599000123',
    '\u202a+970599000123\u202c',
  ]) {
    expect(read(text)).toBe('+970599000123 mobile')
  }
  expect(read('0569000123')).toBe('+970569000123 mobile')
  expect(read('+972569000123')).toBe('+970569000123 mobile')
})

test('fixed lines and foreign telephones are told apart', () => {
  expect(read('02 223 4567')).toBe('+97022234567 fixed')
  expect(read('08 282 4567')).toBe('+97082824567 fixed')
  expect(read('0502345678')).toBe('+972502345678 foreign')
  expect(read('+962791234567')).toBe('+962791234567 foreign')
})

test('what is no telephone is refused', () => {
  expect(read('')).toBe('phone-missing')
  for (const text of [
    '115',
    '05990001',
    'abc',
    '0599000123456',
    '+1',
    '0000000000',
    '05990001234',
    '059900012a',
  ]) {
    expect(read(text)).toBe('phone-malformed')
  }
})

test('a telephone is shown whole to its owner and masked to others', () => {
  expect(formatPhone('+970599000123')).toBe('0599 000 123')
  expect(maskPhone('+970599000123')).toBe('05** *** 123')
})

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map(each => each.join(''))
/** A mobile of the country without what stands before it: 59 or 56, a 2 to 9, six more. */
const mobile = fc
  .tuple(fc.constantFrom('59', '56'), digits(7))
  .map(([network, rest]) => network + rest)
  .filter(number => read(`+970${number}`) === `+970${number} mobile`)
const prefix = fc.constantFrom('+970', '+972', '00970', '00972', '970', '972', '0', '')
const between = fc.constantFrom('', ' ', '-', '.', '\u2013', ')', '(', '/', '\u202a', '\u200f')
const numerals = fc.constantFrom('0123456789', '٠١٢٣٤٥٦٧٨٩', '۰۱۲۳۴۵۶۷۸۹')

test('a mobile of the country is one number however it is written: +972 59 and 56 are +970', () => {
  fc.assert(
    fc.property(mobile, prefix, fc.infiniteStream(between), numerals, (number, before, gaps, signs) => {
      const plain = before + number
      const typed = [...plain]
        .map(sign => (/\d/.test(sign) ? (signs[Number(sign)] ?? '') : sign) + gaps.next().value)
        .join('')
      expect(read(typed)).toBe(`+970${number} mobile`)
    }),
  )
})

test('a number once read is read again as itself, from what is kept and from what is shown', () => {
  const anything = fc.oneof(
    fc.tuple(prefix, mobile).map(parts => parts.join('')),
    fc
      .tuple(fc.constantFrom('+', '00', '', '0'), fc.integer({ min: 1, max: 15 }).chain(digits))
      .map(parts => parts.join('')),
    fc.string({ maxLength: 20 }),
  )
  fc.assert(
    fc.property(anything, typed => {
      const first = parsePhone(typed)
      if (!first.ok) return
      const { e164, display } = first.value
      expect(parsePhone(e164)).toEqual(first)
      expect(read(display)).toBe(read(typed))
      expect(e164).toMatch(/^\+[1-9]\d{6,14}$/)
      expect(e164).not.toMatch(/^\+9725[69]/)
    }),
    { numRuns: 2000 },
  )
})
