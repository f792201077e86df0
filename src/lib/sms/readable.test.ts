import bidiFactory, { type Bidi } from 'bidi-js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readable } from './readable.ts'

// The package says it is a module and is none.
const bidi = (bidiFactory as unknown as () => Bidi)()

/** Whether a telephone shows a token from left to right inside an Arabic text. */
function reads(before: string, token: string, after: string): boolean {
  const text = before + token + after
  const order = bidi.getReorderedIndices(text, bidi.getEmbeddingLevels(text, 'rtl'))
  const within = order.filter(
    at => at >= before.length && at < before.length + token.length && text.charAt(at) !== '\u200e',
  )
  return within.every((at, place) => place === 0 || at > (within[place - 1] ?? 0))
}

const plain = (token: string) => token.replaceAll('\u200e', '')
const places = [
  ['طلبك ', ' جاهز'],
  ['', ' رقم طلبك'],
  ['رقم طلبك ', ''],
  ['(', ')'],
  ['المبلغ: ', '، ادفعه'],
  ['يوم ', '.'],
] as const

const tokens = fc.oneof(
  fc.constantFrom(
    '4178/2026',
    '154.00',
    '1,711.10',
    '+970599000123',
    '0599 000 123',
    '059-900-0123',
    '12/11',
    '10:30–12:00',
    '50%',
    '-3',
  ),
  fc.constantFrom(
    'ELE-01',
    'https://dura.ps/s/ab2kx9',
    'a@dura.ps',
    '*****0001',
    '*131#',
    'C-7/2',
    '٠٥٩ ٩٠٠',
    '12 kWh',
    '9.5$',
  ),
  fc.string({ unit: fc.constantFrom(...'0123456789abZ +-*/.,:#%$&_=–٣'), minLength: 1, maxLength: 14 }),
)

test('a token reads from left to right wherever it stands in an Arabic text', () => {
  fc.assert(
    fc.property(
      fc.oneof(tokens, fc.constantFrom('(118)', 'a(1)', '[12-3]')),
      fc.constantFrom(...places),
      (token, [before, after]) => {
        expect(reads(before, readable(token), after)).toBe(true)
      },
    ),
    { numRuns: 2000 },
  )
})

test('it carries a mark only where it would be shown otherwise, so that none is paid for in vain', () => {
  fc.assert(
    fc.property(tokens, token => {
      const written = readable(token)
      if (!written.includes('\u200e')) return
      const everywhere = (text: string) => places.every(([before, after]) => reads(before, text, after))
      expect(everywhere(plain(written))).toBe(false)
      if (written.endsWith('\u200e')) expect(everywhere(written.slice(0, -1))).toBe(false)
    }),
    { numRuns: 2000 },
  )
})

test('numbers of requests, amounts and days need none', () => {
  for (const token of ['4178/2026', '154.00', '1,711.10', '12/11', '10:30', 'ELE-01', '482913'])
    expect(readable(token)).toBe(token)
})

test('telephones and hours from and to need one, before them', () => {
  for (const token of ['0599 000 123', '+970599000123', '10:30–12:00'])
    expect(readable(token)).toBe(`\u200e${token}`)
})

test('Arabic words stay as they are, digits become Western', () => {
  expect(readable('حي السوق')).toBe('حي السوق')
  expect(readable('٤١٧٨')).toBe('4178')
  expect(readable(readable('0599 000 123'))).toBe(readable('0599 000 123'))
})
