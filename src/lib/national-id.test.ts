import fc from 'fast-check'
import { expect, test } from 'vitest'
import { computeCheckDigit, maskId, parseNationalId } from './national-id.ts'

test('known numbers agree with their check digit', () => {
  for (const digits of ['123456782', '000000018', '400000006', '900000001', '850000001', '999999998']) {
    expect(parseNationalId(digits)).toEqual({ ok: true, value: { digits, checkDigitOk: true } })
  }
})

test('a wrong check digit warns and is kept', () => {
  expect(parseNationalId('123456789')).toEqual({
    ok: true,
    value: { digits: '123456789', checkDigitOk: false },
  })
})

test('Arabic digits and spaces are read, short numbers filled with zeros', () => {
  expect(parseNationalId('٩٠٠ ٠٠٠ ٠٠١')).toMatchObject({ value: { digits: '900000001' } })
  expect(parseNationalId('1234567')).toMatchObject({ value: { digits: '001234567' } })
})

test('one wrong digit, or two neighbours exchanged, is noticed', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^\d{8}$/),
      fc.nat({ max: 8 }),
      fc.integer({ min: 1, max: 9 }),
      (eight, place, shift) => {
        const digits = [...eight, computeCheckDigit(eight)]
        digits[place] = String((Number(digits[place]) + shift) % 10)
        const result = parseNationalId(digits.join(''))
        expect(result.ok && result.value.checkDigitOk).toBe(false)
      },
    ),
  )
})

test('what is no number is refused with its reason', () => {
  const code = (text: string) => {
    const result = parseNationalId(text)
    return result.ok ? 'ok' : result.code
  }
  expect(['', 'AB1234567', '1234567890', '123', '000000000'].map(code)).toEqual([
    'national-id-missing',
    'national-id-malformed',
    'national-id-too-long',
    'national-id-too-short',
    'national-id-malformed',
  ])
})

test('on paper only the last four digits stand', () => {
  expect(maskId('900000001')).toBe('*****0001')
})
