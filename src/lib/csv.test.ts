import { expect, test } from 'vitest'
import { toCsv } from './csv.ts'

test('keeps Arabic, quotes what needs it, and lets no text run as a formula', () => {
  expect(
    toCsv([
      ['الاسم', 'المبلغ'],
      ['سمير، قطب', '-12.50'],
      ['قال "نعم"', 3],
    ]),
  ).toBe('\ufeffالاسم,المبلغ\r\nسمير، قطب,-12.50\r\n"قال ""نعم""",3\r\n')
  expect(toCsv([['=cmd()', '+1+1', '@x', 'a,b', '-x']])).toBe("\ufeff'=cmd(),'+1+1,'@x,\"a,b\",'-x\r\n")
})
