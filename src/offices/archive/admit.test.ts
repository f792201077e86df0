import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, describe, expect, test } from 'vitest'
import {
  aHandmadePdf,
  aHeic,
  aJpeg,
  anExe,
  aPdf,
  aPixelBomb,
  aPng,
  aTiff,
  packed,
} from '../../../test/builders/files.ts'
import { diskFiles } from '../../platform/files/index.ts'
import { openLog } from '../../platform/telemetry/log.ts'
import { type AdmitSource, admitFile, closeWorkshop, mostBytes, readContent } from './index.ts'

const town = '0190b5a0-0000-7000-8000-000000000001'
const folder = mkdtempSync(join(tmpdir(), 'shubbak-archive-'))
const house = { files: diskFiles(folder), scanner: undefined, log: openLog('silent') }
afterAll(async () => {
  await closeWorkshop()
  rmSync(folder, { recursive: true, force: true })
})

const admit = (source: AdmitSource, name = 'paper') => admitFile(house, town, source, name)
const faultOf = async (source: AdmitSource, name?: string) => (await admit(source, name)).fault?.code
const script = '<</S/JavaScript/JS(app.alert\\(1\\))>>'

describe('a file is taken in by what it holds', () => {
  test('each kind the archive keeps, with its pages', async () => {
    expect((await admit(aPdf(3))).admitted).toMatchObject({ type: 'application/pdf', pages: 3 })
    expect((await admit(await aJpeg())).admitted).toMatchObject({ type: 'image/jpeg', pages: undefined })
    expect((await admit(await aPng())).admitted).toMatchObject({ type: 'image/png' })
    expect((await admit(await aTiff(2))).admitted).toMatchObject({ type: 'image/tiff', pages: 2 })
    expect((await admit(aHeic())).admitted).toMatchObject({ type: 'image/heic' })
  })

  test('the bytes stand on the shelf as they came, under their own hash', async () => {
    const bytes = await aJpeg(200, 100)
    const { admitted } = await admit(Readable.from([bytes.subarray(0, 100), bytes.subarray(100)]), 'a.jpg')
    if (!admitted) throw new Error('refused')
    expect(admitted.sha256).toEqual(createHash('sha256').update(bytes).digest())
    expect(admitted.size).toBe(bytes.length)
    expect(await readContent(house, town, admitted.sha256)).toEqual(bytes)
  })

  test('a wrong ending changes nothing, and a name keeps no folders and no tricks', async () => {
    const { admitted } = await admit(await aPng(), '..\\..\\etc/\u202egnp.exe"<b>.pdf')
    expect(admitted).toMatchObject({ type: 'image/png', fileName: 'gnp.exeb.pdf' })
  })

  test('a program that calls itself a paper is refused', async () => {
    expect(await faultOf(anExe(), 'هوية.pdf')).toBe('file-type-refused')
    expect(await faultOf(Buffer.concat([anExe(), aPdf()]), 'هوية.pdf')).toBe('file-type-refused')
  })

  test('text, web pages and SVG are refused', async () => {
    expect(await faultOf(Buffer.from('<html><script>1</script>'))).toBe('file-type-refused')
    expect(await faultOf(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toBe('file-type-refused')
  })

  test('nothing is refused as nothing', async () => {
    expect(await faultOf(Buffer.alloc(0))).toBe('file-empty')
  })
})

describe('size', () => {
  test('26 MB are refused with the limit, and not read to their end', async () => {
    let read = 0
    async function* endless() {
      for (;;) {
        read += 1024 * 1024
        yield Buffer.alloc(1024 * 1024)
      }
    }
    const { fault } = await admit(Readable.from(endless()))
    expect(fault).toEqual({ code: 'file-too-large', values: { megabytes: 25, max: 25 } })
    expect(read).toBeLessThan(mostBytes + 4 * 1024 * 1024)
    expect(await faultOf(Buffer.alloc(26 * 1024 * 1024))).toBe('file-too-large')
  })

  test('an image that unfolds to more than a large scan is refused unseen', async () => {
    expect(await faultOf(aPixelBomb(50_000))).toBe('image-too-large')
  })

  test('a broken image is told to its sender at once', async () => {
    const bytes = await aJpeg()
    expect(await faultOf(bytes.subarray(0, bytes.length / 2))).toBe('image-unreadable')
  })
})

describe('a PDF', () => {
  test.each([
    ['a script when it opens', aHandmadePdf(`/OpenAction ${script}`)],
    ['a script written with escapes', aHandmadePdf('/OpenAction<</S/J#61vaScript/J#53(1)>>')],
    ['a script among packed objects', aHandmadePdf('', [packed(script)])],
    ['a script by name', aHandmadePdf('/Names<</JavaScript<</Names[(a) 4 0 R]>>>>', [script])],
    ['acts of its own', aHandmadePdf('/AA<</WC 4 0 R>>', ['<</S/GoTo/D[3 0 R/Fit]>>'])],
    ['a program to start', aHandmadePdf('/OpenAction<</S/Launch/F(cmd.exe)>>')],
    [
      'a file inside',
      aHandmadePdf('/Names<</EmbeddedFiles<</Names[(a) 4 0 R]>>>>', ['<</Type/Filespec/F(a)/EF<<>>>>']),
    ],
    ['a film', aHandmadePdf('', ['<</Type/Annot/Subtype/RichMedia>>'])],
  ])('with %s is refused', async (_, bytes) => {
    expect(await faultOf(bytes)).toBe('pdf-active-content')
  })

  test('that only opens at a page is taken in', async () => {
    expect(await faultOf(aHandmadePdf('/OpenAction[3 0 R/Fit]'))).toBeUndefined()
  })

  test('that is locked or broken is refused', async () => {
    const lock = `<</Filter/Standard/V 1/R 2/P -4/O<${'41'.repeat(32)}>/U<${'42'.repeat(32)}>>>`
    expect(await faultOf(aHandmadePdf('', [lock], '/Encrypt 4 0 R/ID[<00><00>]'))).toBe('pdf-unreadable')
    expect(await faultOf(aPdf().subarray(0, 2000))).toBe('pdf-unreadable')
    expect(await faultOf(Buffer.from('%PDF-1.7 and nothing else'))).toBe('pdf-unreadable')
  })
})
