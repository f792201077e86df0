import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { encodeArabic } from '../../../../test/builders/windows-1256.ts'
import type { Field, Reading } from '../model.ts'
import { readAmount } from './amount.ts'
import { readDay } from './day.ts'
import { guessColumns, guessKeys } from './guess.ts'
import { namesAgree, splitName } from './name.ts'
import { openFile } from './open.ts'
import { rowReader } from './row.ts'
import { skipReason, type TableRow } from './table.ts'

async function* pieces(bytes: Uint8Array, size = 7): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
async function tableOf(bytes: Uint8Array, size?: number) {
  const { headings, printed, rows, form } = await openFile(pieces(bytes, size))
  const all: TableRow[] = []
  for await (const row of rows) all.push(row)
  return { headings, printed, rows: all, form }
}
const text = 'رقم الاشتراك;اسم المشترك;الرصيد\n١٢;"سامي; محمد";١٥٫٥\n13;ليلى;-3\n'

describe('a file is read whatever wrote it', () => {
  test('in UTF-8, UTF-16 of both kinds and Windows-1256, cut anywhere', async () => {
    const wide = Buffer.from(`\ufeff${text}`, 'utf16le')
    const files = {
      'utf-8': Buffer.from(text),
      'utf-16le': wide,
      'utf-16be': Buffer.from(wide).swap16(),
      'windows-1256': encodeArabic(text),
    }
    for (const [encoding, bytes] of Object.entries(files)) {
      const { headings, rows, form } = await tableOf(bytes, 3)
      expect(form).toEqual({ form: 'csv', encoding, delimiter: ';' })
      expect(headings).toEqual(['رقم الاشتراك', 'اسم المشترك', 'الرصيد'])
      // Windows-1256 has no Arabic digits: a program that writes it writes Western ones.
      if (encoding !== 'windows-1256')
        expect(rows[0]).toEqual({ rowNo: 2, cells: ['١٢', 'سامي; محمد', '١٥٫٥'] })
      expect(rows[1]).toEqual({ rowNo: 3, cells: ['13', 'ليلى', '-3'] })
    }
  })

  test('with a title above and headings merged over two rows, totals and headings of the next page left out', async () => {
    const csv = [
      'كشف المشتركين 2026,,,,',
      ',,,,',
      'المشترك,,الاشتراك,,الرصيد',
      'الاسم,الهوية,رقم,رقم العداد,',
      'سامي قطب,904567123,7,M1,5',
      'الاسم,الهوية,رقم,رقم العداد,',
      'المجموع,,,,5',
      ',,,,',
    ].join('\r\n')
    const { headings, printed, rows } = await tableOf(Buffer.from(csv), 11)
    expect(headings).toEqual(['الاسم', 'الهوية', 'الاشتراك رقم', 'رقم العداد', 'الرصيد'])
    expect(guessColumns(headings)).toEqual({
      الاسم: 'name',
      الهوية: 'id',
      'الاشتراك رقم': 'subscription',
      'رقم العداد': 'meter',
      الرصيد: 'balance',
    })
    expect(rows.map(({ cells }) => skipReason(cells, printed))).toEqual([
      undefined,
      'heading',
      'total',
      'empty',
    ])
  })

  test('from Excel, with shared texts after the sheet, dates by their style and a gap of rows', async () => {
    const book = zipSync({
      'xl/worksheets/sheet1.xml': strToU8(`<worksheet><sheetData>
        <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="D1" t="inlineStr"><is><t>balance</t></is></c></row>
        <row r="3"><c r="A3"><v>9.04567123E8</v></c><c r="B3" s="1"><v>32450</v></c><c r="D3"><v>120.30000000000001</v></c></row>
        </sheetData></worksheet>`),
      'xl/workbook.xml': strToU8(
        '<workbook xmlns:r="x"><sheets><sheet name="a" state="hidden" r:id="r1"/><sheet name="b" r:id="r2"/></sheets></workbook>',
      ),
      'xl/_rels/workbook.xml.rels': strToU8(
        '<Relationships><Relationship Id="r1" Target="worksheets/none.xml"/><Relationship Id="r2" Target="worksheets/sheet1.xml"/></Relationships>',
      ),
      'xl/styles.xml': strToU8(
        '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
      ),
      'xl/sharedStrings.xml': strToU8(
        '<sst><si><t>رقم الهوية</t></si><si><r><t>تاريخ </t></r><r><t>الميلاد</t></r><rPh><t>x</t></rPh></si></sst>',
      ),
    })
    const { headings, rows, form } = await tableOf(book, 100)
    expect(form).toEqual({ form: 'xlsx' })
    expect(headings).toEqual(['رقم الهوية', 'تاريخ الميلاد', '', 'balance'])
    expect(rows).toEqual([
      { rowNo: 2, cells: [] },
      { rowNo: 3, cells: ['904567123', '1988-11-03', '', '120.30000000000001'] },
    ])
  })

  test('but not an old workbook, which it says', async () => {
    const old = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3, 4])
    await expect(tableOf(old)).rejects.toThrow('.xlsx')
  })
})

describe('amounts', () => {
  const habits = { decimal: '.', currency: 'ILS' } as const
  test.each([
    ['1,234.50', 123450],
    ['١٬٢٣٤٫٥', 123450],
    ['١٢٣', 12300],
    ['(120.00)', -12000],
    ['120-', -12000],
    ['-120', -12000],
    ['55 دائن', -5500],
    ['55 مدين', 5500],
    ['70 شيكل', 7000],
    ['-', 0],
    ['.5', 50],
    ['120.30000000000001', 12030],
    ['0.295', 30],
  ])('%s is %i', (typed, minor) => {
    expect(readAmount(typed, habits)).toMatchObject({ ok: true, minor })
  })

  test('of a comma before the decimals, and of a currency the cell names', () => {
    expect(readAmount('1.234,50', { decimal: ',', currency: 'ILS' })).toMatchObject({ minor: 123450 })
    expect(readAmount('12.5 دينار', habits)).toMatchObject({ minor: 12500, currency: 'JOD' })
  })

  test('that are none are refused, an empty cell says nothing', () => {
    expect(readAmount('', habits)).toBeUndefined()
    for (const typed of ['abc', '1.2.3', '12x', '9'.repeat(20)])
      expect(readAmount(typed, habits)).toMatchObject({ ok: false })
  })

  test('are read back as they were written, in either digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.boolean(), (minor, arabic) => {
        const plain = `${minor < 0 ? '-' : ''}${Math.floor(Math.abs(minor) / 100)}.${String(Math.abs(minor) % 100).padStart(2, '0')}`
        const typed = arabic
          ? plain.replace('.', '٫').replace(/\d/g, digit => String.fromCodePoint(0x660 + Number(digit)))
          : plain
        expect(readAmount(typed, habits)).toMatchObject({ minor })
      }),
    )
  })
})

describe('days', () => {
  test.each([
    ['3/11/1988', '1988-11-03'],
    ['٣-١١-٨٨', '1988-11-03'],
    ['1988-11-03 00:00:00', '1988-11-03'],
    ['3 تشرين الثاني 1988', '1988-11-03'],
    ['11/25/1988', '1988-11-25'],
    ['32450', '1988-11-03'],
    ['19881103', '1988-11-03'],
    ['3/11/25', '2025-11-03'],
  ])('%s is %s', (typed, day) => {
    expect(readDay(typed, 'dmy', '2026-03-01')).toBe(day)
  })
  test('that cannot be are none', () => {
    for (const typed of ['31/2/1990', '3/11/2030', '1/1/1800', 'غير معروف', '13/13/1990'])
      expect(readDay(typed, 'dmy', '2026-03-01')).toBeUndefined()
    expect(readDay('3/11/1988', 'mdy', '2026-03-01')).toBe('1988-03-11')
  })
})

describe('names', () => {
  test('are split into four, words that belong together kept so', () => {
    expect(splitName('عبد الله محمد سليم أبو خالد')).toEqual({
      first: 'عبد الله',
      father: 'محمد',
      grandfather: 'سليم',
      family: 'أبو خالد',
    })
    expect(splitName('سامي قطب')).toMatchObject({ first: 'سامي', father: '', family: 'قطب' })
  })
  test('agree in three spellings, and not with another person', () => {
    expect(namesAgree('إبراهيم أحمد القطب', 'ابراهيم احمد قطب')).toBe(true)
    expect(namesAgree('إبراهيم أحمد القطب', 'ابراهييم احمد القطب')).toBe(true)
    expect(namesAgree('فاطمة القطب', 'فاطمه حسن سليم القطب')).toBe(true)
    expect(namesAgree('إبراهيم أحمد القطب', 'خالد يوسف النجار')).toBe(false)
  })
})

const reading: Reading = {
  encoding: 'utf-8',
  delimiter: ',',
  dates: 'dmy',
  decimal: '.',
  currency: 'ILS',
  confirmed: true,
  dueKind: 'electricity',
  utility: 'electricity',
  billing: 'billed',
  keys: ['subscription'],
  columns: {},
}
const read = (cells: Partial<Record<Field, string>>, keys: Field[] = ['subscription']) => {
  const names = Object.keys(cells) as Field[]
  const columns = Object.fromEntries(names.map(name => [name, name]))
  const reader = rowReader({ ...reading, columns, keys }, names, '2026-03-01')
  return reader({ rowNo: 2, cells: [] }, Object.values(cells))
}

describe('a row', () => {
  test('of wrong numbers is taken with notes', () => {
    const row = read({
      subscription: '٧',
      name: 'سامي محمد قطب',
      id: '904567124',
      phone: '12',
      birth: '99/99/1990',
      balance: '-20',
    })
    expect(row).toMatchObject({
      ok: true,
      row: {
        key: '7',
        ident: 'id:palestinian-id:904567124',
        notes: ['credit', 'id-check-digit', 'date-unreadable', 'phone-unreadable'],
        content: { balances: [{ kind: 'electricity', currency: 'ILS', minor: -2000 }] },
      },
    })
  })
  test.each([
    [{ subscription: '', name: 'سامي' }, 'key-missing'],
    [{ subscription: '7', name: '' }, 'name-missing'],
    [{ subscription: '7', name: '12345' }, 'name-unreadable'],
    [{ subscription: '7', name: 'سامي قطب', balance: 'كثير' }, 'amount-unreadable'],
    [{ subscription: '7', name: 'سامي قطب', currency: 'ين' }, 'currency-unknown'],
    [{ subscription: '7', name: 'سامي قطب', kind: 'شيء', balance: '3' }, 'kind-unknown'],
    [{ subscription: '7', name: 'سامي قطب', utility: 'غاز' }, 'utility-unknown'],
  ])('that cannot be taken says why: %o', (cells, reason) => {
    expect(read(cells)).toMatchObject({ ok: false, reason })
  })
  test('sums debit and credit, and each kind by itself', () => {
    const row = read({
      subscription: '7',
      debit: '10',
      credit: '4',
      'balance:waste': '3',
      'balance:water': '0',
    })
    expect(row).toMatchObject({
      row: {
        content: {
          balances: [
            { kind: 'electricity', minor: 600 },
            { kind: 'waste', minor: 300 },
          ],
        },
      },
    })
  })
  test('is told from others by what the columns have', () => {
    expect(guessKeys(['name', 'id', 'subscription'])).toEqual(['subscription'])
    expect(guessKeys(['name', 'id', 'kind'])).toEqual(['id', 'kind'])
  })
})
