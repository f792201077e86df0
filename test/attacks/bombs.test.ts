import { deflateSync } from 'node:zlib'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { admitFile } from '../../src/offices/archive/index.ts'
import { openFile } from '../../src/offices/imports/reading/open.ts'
import { aHandmadePdf, aHeic, aJpeg, aPixelBomb } from '../builders/files.ts'
import { aHouse } from '../builders/house.ts'
import { testDatabase } from '../database.ts'

const mb = 1024 * 1024
const db = await testDatabase()
const house = aHouse(db)
const town = '00000000-0000-7000-8000-000000000001'

/** What is kept of a file, or why it is not. */
async function admitted(bytes: Buffer): Promise<string> {
  const taken = await admitFile(house, town, bytes, 'paper')
  return taken.admitted ? taken.admitted.type : taken.fault.code
}

describe('an image', () => {
  test('that unfolds to more than a large scan is refused by its first bytes, of whatever kind', async () => {
    expect(await admitted(aPixelBomb(60_000))).toBe('image-too-large')
    const jpeg = await aJpeg(64, 64)
    const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]))
    jpeg.writeUInt16BE(60_000, frame + 5)
    jpeg.writeUInt16BE(60_000, frame + 7)
    expect(await admitted(jpeg)).toBe('image-too-large')
    const heic = aHeic()
    for (let at = heic.indexOf('ispe'); at >= 0; at = heic.indexOf('ispe', at + 4)) {
      heic.writeUInt32BE(60_000, at + 8)
      heic.writeUInt32BE(60_000, at + 12)
    }
    expect(await admitted(heic)).toMatch(/^image-(too-large|unreadable)$/)
  })

  test('that is a drawing with entities or scripts is no image here', async () => {
    const laughs = `<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(1_000)}">]>`
    for (const head of ['', '<?xml version="1.0"?>', laughs])
      expect(
        await admitted(Buffer.from(`${head}<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>`)),
      ).toBe('file-type-refused')
  })
})

describe('a PDF', () => {
  const stream = (body: Buffer, more = '') =>
    Buffer.concat([
      Buffer.from(`<</Filter/FlateDecode/Length ${body.length}${more}>>\nstream\n`, 'latin1'),
      body,
      Buffer.from('\nendstream', 'latin1'),
    ])

  test('whose packed objects unfold to two hundred megabytes is not unfolded, and the next one is read', async () => {
    const bomb = deflateSync(Buffer.alloc(200 * mb, 32))
    expect(bomb.length).toBeLessThan(mb)
    expect(await admitted(aHandmadePdf('', [stream(bomb, '/Type/ObjStm/N 1/First 5')]))).toBe(
      'pdf-unreadable',
    )
    expect(await admitted(aHandmadePdf(''))).toBe('application/pdf')
  })

  test('that leads round and round, or says it has a billion pages, is answered', async () => {
    const round = aHandmadePdf('', ['<</Type/Pages/Kids[4 0 R]/Count 1>>'], '').toString('latin1')
    expect(
      await admitted(Buffer.from(round.replace('Kids[3 0 R]/Count 1', 'Kids[2 0 R]/Count 1'), 'latin1')),
    ).toBe('pdf-unreadable')
    const many = round.replace('Kids[3 0 R]/Count 1', 'Kids[3 0 R]/Count 9')
    expect(await admitted(Buffer.from(many, 'latin1'))).toMatch(/^(pdf-unreadable|application\/pdf)$/)
  })
})

describe('a workbook', () => {
  const sheet = (rows: string) => `<worksheet><sheetData>${rows}</sheetData></worksheet>`
  const around = {
    'xl/workbook.xml': strToU8(
      '<workbook xmlns:r="x"><sheets><sheet name="b" r:id="r2"/></sheets></workbook>',
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      '<Relationships><Relationship Id="r2" Target="worksheets/sheet1.xml"/></Relationships>',
    ),
  }
  const head =
    '<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c><c r="B1" t="inlineStr"><is><t>id</t></is></c></row>'
  const book = (parts: Record<string, Uint8Array>) => zipSync({ ...around, ...parts })
  /** Every row of the table; what keeps it from being read is thrown. */
  async function rowsOf(bytes: Uint8Array): Promise<{ cells: readonly string[] }[]> {
    const { rows } = await openFile(
      (async function* () {
        yield bytes
      })(),
    )
    const all: { cells: readonly string[] }[] = []
    for await (const row of rows) all.push(row)
    return all
  }

  test('of a thousand times its size is refused before it is unpacked, whichever part swells', async () => {
    const swollen = new Uint8Array(32 * mb).fill(65)
    for (const part of [
      'xl/worksheets/sheet1.xml',
      'xl/sharedStrings.xml',
      'xl/styles.xml',
      'xl/workbook.xml',
    ])
      await expect(
        rowsOf(book({ 'xl/worksheets/sheet1.xml': strToU8(sheet(head)), [part]: swollen })),
      ).rejects.toThrow('too large')
  })

  test('that says less of its size than is in it is stopped where it said it ends', async () => {
    const bytes = Buffer.from(book({ 'xl/worksheets/sheet1.xml': strToU8(sheet(head.repeat(5_000))) }))
    const size = sheet(head.repeat(5_000)).length
    const lie = Buffer.alloc(4)
    lie.writeUInt32LE(64)
    const truth = Buffer.alloc(4)
    truth.writeUInt32LE(size)
    for (let at = bytes.indexOf(truth); at >= 0; at = bytes.indexOf(truth, at)) lie.copy(bytes, at)
    await expect(rowsOf(bytes)).rejects.toThrow()
  })

  test('of more parts than a workbook has is refused', async () => {
    const many = Object.fromEntries(Array.from({ length: 2_500 }, (_, at) => [`x/${at}`, new Uint8Array()]))
    await expect(rowsOf(book({ ...many, 'xl/worksheets/sheet1.xml': strToU8(sheet(head)) }))).rejects.toThrow(
      'too large',
    )
  })

  test('whose texts refer to themselves a billion times is refused, and no file or address is read for it', async () => {
    const levels = Array.from(
      { length: 9 },
      (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`,
    ).join('')
    for (const type of [
      `<!DOCTYPE x [<!ENTITY l0 "ha">${levels}]>`,
      '<!DOCTYPE x [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
    ])
      await expect(
        rowsOf(
          book({ 'xl/worksheets/sheet1.xml': strToU8(`${type}${sheet(head.replace('name', '&l9;'))}`) }),
        ),
      ).rejects.toThrow()
  })

  test('with a cell in column ten billion and a row a billion further down costs no more than it says', async () => {
    const far =
      '<row r="999999999"><c r="ZZZZZZZ9" t="n"><v>1</v></c><c r="A9" t="s"><v>99999999</v></c><c r="B9"><v>7</v></c></row>'
    const rows = await rowsOf(book({ 'xl/worksheets/sheet1.xml': strToU8(sheet(head + far)) }))
    expect(rows.length).toBeLessThan(110)
    expect(Math.max(...rows.map(({ cells }) => cells.length))).toBeLessThanOrEqual(200)
  })

  test('with a day after the last of days keeps the number', async () => {
    const styles = strToU8('<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>')
    const far = `<row r="2"><c r="A2" s="0"><v>${'9'.repeat(400)}</v></c><c r="B2" s="0"><v>32450</v></c></row>`
    const rows = await rowsOf(
      book({ 'xl/worksheets/sheet1.xml': strToU8(sheet(head + far)), 'xl/styles.xml': styles }),
    )
    expect(rows[0]?.cells).toEqual(['9'.repeat(400), '1988-11-03'])
  })
})
