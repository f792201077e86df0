import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvCell, csvLine } from './csv.ts'

test('no cell begins as a formula does, whatever somebody calls themselves', () => {
  for (const name of [
    '=1+1',
    '+cmd',
    '-1+1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\0=1',
    '=HYPERLINK("http://x","y")',
  ])
    expect(csvCell(name)).toMatch(/^"?'/)
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      const [[back = ''] = []] = parse(`${csvCell(text)},x\r\n`) as string[][]
      expect(/^[=+\-@\t\r\0]/.test(back) && !/^-[\d.,٠-٩]+$/.test(back)).toBe(false)
    }),
  )
})

test('a negative number stays a number, in the file of a present program that is to be mended and taken in again', () => {
  expect([csvCell('-12.50'), csvCell(-3), csvCell('-١٢')]).toEqual(['-12.50', '-3', '-١٢'])
})

test('a line read again holds the cells that were written, commas, quotes and line ends in them too', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 6 }), cells => {
      const [back = []] = parse(csvLine(cells), { relax_column_count: true }) as string[][]
      const read = back.map((cell, at) => (cell === `'${cells[at]}` ? cells[at] : cell))
      expect(read).toEqual(cells)
    }),
  )
})
