import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Decimal } from './decimal.ts'

const decimal = (text: string): Decimal => {
  const value = Decimal.parse(text)
  if (!value) throw new Error(`not a decimal: ${text}`)
  return value
}
const decimals = fc
  .tuple(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.integer({ min: 0, max: 9 }))
  .map(([units, scale]) => new Decimal(units, scale))

test('a tenth and two tenths are three tenths', () => {
  expect(decimal('0.1').add(decimal('0.2')).equals(decimal('0.3'))).toBe(true)
})

test('text goes in and comes out the same number', () => {
  for (const [text, shown] of [
    ['12', '12'],
    ['-0.50', '-0.5'],
    ['.5', '0.5'],
    ['1e3', '1000'],
    ['12e-4', '0.0012'],
    ['-0', '0'],
    ['0e5', '0'],
  ]) {
    expect(decimal(text ?? '').toString()).toBe(shown)
  }
  fc.assert(fc.property(decimals, value => decimal(value.toString()).equals(value)))
})

test('what is no decimal, or too precise, or out of range, is refused', () => {
  for (const text of [
    '',
    '.',
    '-',
    '1.2.3',
    '1e99999',
    'NaN',
    '1'.repeat(35),
    '1e6200',
    '0x10',
    '1'.repeat(200),
  ]) {
    expect(Decimal.parse(text)).toBeUndefined()
  }
  expect(() => Decimal.of(Number.NaN)).toThrow(RangeError)
})

test('sums and products are those of exact integers', () => {
  fc.assert(
    fc.property(decimals, decimals, decimals, (a, b, c) => {
      expect(a.add(b).sub(b).equals(a)).toBe(true)
      expect(a.mul(b).equals(b.mul(a))).toBe(true)
      expect(
        a
          .add(b)
          .add(c)
          .equals(a.add(b.add(c))),
      ).toBe(true)
    }),
  )
})

test('a quotient is within half a unit of its last digit', () => {
  fc.assert(
    fc.property(decimals, decimals, (a, b) => {
      fc.pre(b.sign() !== 0)
      const error = a.div(b).mul(b).sub(a).abs()
      expect(error.compare(a.abs().mul(decimal('1e-32'))) <= 0).toBe(true)
    }),
  )
  expect(decimal('1').div(decimal('3')).toString()).toBe(`0.${'3'.repeat(34)}`)
  expect(decimal('2').div(decimal('3')).toString()).toBe(`0.${'6'.repeat(33)}7`)
  expect(decimal('10').div(decimal('4')).toString()).toBe('2.5')
  expect(() => decimal('1').div(Decimal.zero)).toThrow(RangeError)
})

test('halves round as asked, also below zero', () => {
  const rounded = ['2.5', '3.5', '-2.5', '2.51'].map(text =>
    (['half-up', 'half-down', 'half-even'] as const).map(way => decimal(text).round(0, way).toString()),
  )
  expect(rounded).toEqual([
    ['3', '2', '2'],
    ['4', '3', '4'],
    ['-3', '-2', '-2'],
    ['3', '3', '3'],
  ])
})

test('floor and ceiling stand on either side', () => {
  fc.assert(
    fc.property(decimals, value => {
      expect(value.floor().compare(value) <= 0 && value.ceil().compare(value) >= 0).toBe(true)
      expect(value.ceil().sub(value.floor()).compare(Decimal.of(1)) <= 0).toBe(true)
    }),
  )
  expect([decimal('-1.5').floor().toString(), decimal('-1.5').ceil().toString()]).toEqual(['-2', '-1'])
})

test('long chains stay bounded at 34 digits and overflow loudly', () => {
  let value = decimal('1.1')
  for (let step = 0; step < 10; step += 1) value = value.mul(value)
  expect(value.toString().replace('.', '').replace(/^0+/, '').length).toBeLessThanOrEqual(45)
  expect(() => {
    let large = decimal('1e100')
    for (let step = 0; step < 20; step += 1) large = large.mul(large)
  }).toThrow(RangeError)
})
