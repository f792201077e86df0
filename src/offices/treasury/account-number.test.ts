import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accountNumber, readAccountNumber } from './account-number.ts'

const running = fc.integer({ min: 1, max: 999_999 })
const kinds = fc.constantFrom('fees', 'electricity', 'water', 'a-kind-of-its-own')

test('a number says its kind, counts in six figures and ends in a check digit', () => {
  expect(accountNumber('fees', 4178)).toMatch(/^10-004178-\d$/)
  expect(accountNumber('cemetery', 1)).toMatch(/^90-000001-\d$/)
  expect(accountNumber('constructor', 1)).toMatch(/^90-/)
})

test('a number is read back without its dashes and in Arabic digits', () => {
  fc.assert(
    fc.property(kinds, running, (kind, n) => {
      const number = accountNumber(kind, n)
      const arabic = number.replace(/\d/g, digit => '٠١٢٣٤٥٦٧٨٩'[Number(digit)] ?? '')
      expect(readAccountNumber(number.replaceAll('-', ''))).toBe(number)
      expect(readAccountNumber(` ${arabic} `)).toBe(number)
    }),
  )
})

test('one wrong digit is noticed, and so are two neighbours that changed places', () => {
  fc.assert(
    fc.property(
      kinds,
      running,
      fc.integer({ min: 0, max: 8 }),
      fc.integer({ min: 1, max: 9 }),
      (kind, n, place, step) => {
        const digits = accountNumber(kind, n).replaceAll('-', '')
        const at = (i: number) => digits[i] ?? ''
        const wrong = digits.slice(0, place) + ((Number(at(place)) + step) % 10) + digits.slice(place + 1)
        expect(readAccountNumber(wrong)).toBeUndefined()
        if (place === 8 || at(place) === at(place + 1)) return
        const swapped = digits.slice(0, place) + at(place + 1) + at(place) + digits.slice(place + 2)
        expect(readAccountNumber(swapped)).toBeUndefined()
      },
    ),
  )
})
