import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import jsqr from 'jsqr'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { expect, test } from 'vitest'
import type { TownProfile } from '../../web/town.ts'
import { newCode, readCode } from './code.ts'
import { maskName } from './model.ts'
import { bodyFor } from './paper/body.ts'
import { type PaperFacts, sheetInputs } from './paper/sheet.ts'
import type { TownPaper } from './paper/town.ts'
import { hasTemplate, renderPdf } from './typst.ts'

const at = new Date('2026-11-09T08:31:00Z')
const levels = {
  block: { ar: 'الحوض', en: 'Block' },
  quarter: { ar: 'الحي', en: 'Quarter' },
  parcel: { ar: 'القطعة', en: 'Parcel' },
}
const profile = {
  phone: '02 220 0000',
  address: { ar: 'شارع البلدية', en: 'Municipality Street' },
  levels,
} as unknown as TownProfile
const town: TownPaper = {
  name: { ar: 'بلدية وادي السنديان', en: 'Wadi al-Sindyan' },
  profile,
  timeZone: 'Asia/Hebron',
  slug: 'sindyan',
  hosts: [],
}
const house = {
  config: { publicUrl: 'https://window.example.ps', host: '127.0.0.1', port: 8080 },
} as Parameters<typeof sheetInputs>[0]
const told = {
  answers: {
    residence: { quarter: 'البلدة القديمة', block: '12', parcel: '118/2', landmark: '' },
    livingSince: '2019-03-01',
    addressedTo: 'مدرسة النور رقم 2026/1234-B',
    owner: { first: 'زيد', number: '900000001' },
    body: 'سطر أول رقم 2026/1234-B.\nسطر ثان.',
    place: { quarter: 'السوق', block: '7', parcel: '9', landmark: '' },
    billing: 'prepaid',
  },
  stepFields: { inspection: { amperes: 40 } },
}
type Change = Omit<Partial<PaperFacts>, 'holder'> & { holder?: Partial<PaperFacts['holder']> }
const facts = (template: string, change: Change = {}): PaperFacts => ({
  title: 'شهادة سكن',
  number: '312/2026',
  requestNumber: '4178/2026',
  code: 'VV2J-T283-W8NS-JMAQ',
  signer: { name: 'رنا قطب', title: 'رئيسة البلدية' },
  signedAt: at,
  validUntil: '2027-02-07',
  body: bodyFor(template, told, { levels, timeZone: town.timeZone }),
  ...change,
  holder: {
    name: 'ليلى محمود أحمد الخطيب',
    sex: 'female',
    idKind: 'palestinian-id',
    idNumber: '904567123',
    motherName: 'فاطمة',
    birthDate: '1990-01-02',
    ...change.holder,
  },
})
const set = (template: string, change?: Change) => {
  const paper = facts(template, change)
  return renderPdf(template, sheetInputs(house, town, paper), at)
}

const fonts = `${dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))}/standard_fonts/`
const open = (pdf: Buffer) =>
  getDocument({ data: new Uint8Array(pdf), verbosity: 0, isEvalSupported: false, standardFontDataUrl: fonts })
    .promise

async function textOf(pdf: Buffer): Promise<string> {
  const document = await open(pdf)
  const content = await (await document.getPage(1)).getTextContent()
  await document.loadingTask.destroy()
  return content.items
    .map(item => ('str' in item ? item.str : ''))
    .join(' ')
    .normalize('NFKC')
    .replace(/[\u2066-\u2069]/g, '')
}
/** Arabic comes out word by word: the words of a line stand in it, whatever gaps the reader sees between them. */
const letters = (text: string) => text.replace(/\s/g, '')

test('every template sets on one sheet and keeps numbers whole and in their order', async () => {
  for (const template of [
    'residence-certificate',
    'electricity-contract',
    'water-contract',
    'clearance',
    'letter',
  ]) {
    const { pdf, pages } = set(template)
    expect(pages).toBe(1)
    const text = await textOf(pdf)
    for (const number of [
      '312/2026',
      '4178/2026',
      '904567123',
      '9/11/2026',
      'VV2J-T283-W8NS-JMAQ',
      '02 220 0000',
    ])
      expect(text).toContain(number)
    for (const word of ['ليلى', 'محمود', 'أحمد', 'رنا', 'قطب']) expect(letters(text)).toContain(word)
  }
})

test('a picture or a letter no font draws is a square on paper, and keeps no paper from being set', async () => {
  const written = 'ليلى 🌈 🏳️\u200d🌈 字 \ufffd \u0001 الخطيب'
  const { pdf, pages } = set('letter', { holder: { name: written } })
  expect(pages).toBe(1)
  const text = letters(await textOf(pdf))
  for (const word of ['ليلى', '□', 'الخطيب']) expect(text).toContain(word)
})

const generalSheet = {
  paragraphs: [
    [{ text: 'يُرخّص للسيد/ة ' }, { slot: 'name' }, { text: '، هوية ' }, { slot: 'idNumber' }, { text: '،' }],
    [{ text: 'بقرار المجلس 31/2026-B في ' }, { slot: 'day' }, { text: '.' }],
  ],
  rows: [{ label: 'رقم العداد', value: 'M-2231/7' }],
  tables: [
    {
      label: 'الطوابق',
      columns: ['الطابق', 'المساحة'],
      rows: [
        ['الأرضي', '120.5'],
        ['الأول', '118'],
      ],
    },
  ],
} as const

test('the general sheet says the service’s own words, with its rows and tables', async () => {
  const body = bodyFor('paper', { sheet: generalSheet }, { levels, timeZone: 'UTC' })
  const { pdf, pages } = set('paper', { body, title: 'رخصة بسطة' })
  expect(pages).toBe(1)
  const text = await textOf(pdf)
  for (const number of ['904567123', '31/2026-B', 'M-2231/7', '120.5', '7/2/2027'])
    expect(text).toContain(number)
  for (const word of ['ليلى', 'العداد', 'الأرضي']) expect(letters(text)).toContain(word)
})

test('a clearance says what it rests on', async () => {
  const based = (basis: string) =>
    set('clearance', {
      body: bodyFor(
        'clearance',
        { stepFields: { check: { basis, basisWords: '12/2026' } } },
        { levels, timeZone: 'UTC' },
      ),
    }).pdf
  expect(letters(await textOf(based('clear')))).toContain('مستحقة')
  const plan = await textOf(based('plan'))
  expect(letters(plan)).toContain('بتقسيط')
  expect(plan).toContain('12/2026')
  expect(letters(await textOf(based('exception')))).toContain('ذمم')
})

test('a number somebody wrote among Arabic words is not turned round', async () => {
  expect(await textOf(set('letter').pdf)).toContain('2026/1234-B')
  expect(bodyFor('letter', told, { levels, timeZone: 'UTC' }).paragraphs).toEqual([
    'سطر أول رقم \u20662026/1234-B\u2069.',
    'سطر ثان.',
  ])
})

test('wording follows the person', async () => {
  const woman = letters(await textOf(set('residence-certificate').pdf))
  const man = letters(await textOf(set('residence-certificate', { holder: { sex: 'male' } }).pdf))
  const either = letters(await textOf(set('residence-certificate', { holder: { sex: undefined } }).pdf))
  expect([woman.includes('حاملة'), woman.includes('تسكن')]).toEqual([true, true])
  expect([man.includes('حاملة'), man.includes('يسكن')]).toEqual([false, true])
  expect(either).toContain('حامل/ة')
})

test('somebody without a number is told from namesakes by mother and birth', async () => {
  const text = await textOf(set('residence-certificate', { holder: { idNumber: undefined } }).pdf)
  expect(text).toContain('2/1/1990')
  expect(letters(text)).toContain('فاطمة')
  expect(await textOf(set('residence-certificate').pdf)).not.toContain('2/1/1990')
})

test('markup in what people wrote stays text', async () => {
  const evil = '#panic("x") $1/0$ *b* #read("/etc/passwd") \\u{41} <a> @b'
  const { pdf } = set('residence-certificate', {
    holder: { name: evil },
    title: evil,
    body: { ...facts('residence-certificate').body, addressedTo: evil },
  })
  const text = letters(await textOf(pdf))
  for (const piece of ['panic("x")', '$1/0$', '*b*', 'read("/etc/passwd")', '\\u{41}'])
    expect(text).toContain(piece)
  expect(text).not.toContain('root:')
})

test('is PDF/A-2b, with its title, and the same bytes for the same facts', async () => {
  const { pdf } = set('letter')
  expect(set('letter').pdf.equals(pdf)).toBe(true)
  const document = await open(pdf)
  const { info, metadata } = await document.getMetadata()
  expect((info as { Title?: string }).Title).toContain('312/2026')
  expect([metadata?.get('pdfaid:part'), metadata?.get('pdfaid:conformance')]).toEqual(['2', 'B'])
  await document.loadingTask.destroy()
})

test('the square code leads to the page of this paper, and is 26 mm or more', async () => {
  const document = await open(set('residence-certificate').pdf)
  const page = await document.getPage(1)
  const viewport = page.getViewport({ scale: 2 })
  const { createCanvas } = await import('@napi-rs/canvas')
  const canvas = createCanvas(Math.round(viewport.width), Math.round(viewport.height))
  const context = canvas.getContext('2d')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  await page.render({ canvas: canvas as never, canvasContext: context as never, viewport }).promise
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
  const scan = jsqr as unknown as typeof jsqr.default
  const found = scan(data, canvas.width, canvas.height)
  expect(found?.data).toBe('https://window.example.ps/~sindyan/verify/VV2J-T283-W8NS-JMAQ')
  const { topLeftCorner: left, topRightCorner: right } = found?.location ?? {}
  const points = Math.hypot((right?.x ?? 0) - (left?.x ?? 0), (right?.y ?? 0) - (left?.y ?? 0)) / 2
  expect((points / 72) * 25.4).toBeGreaterThan(26)
  await document.loadingTask.destroy()
})

test('a warm press needs some milliseconds', () => {
  const times = Array.from({ length: 20 }, (_, turn) => {
    const start = performance.now()
    set('residence-certificate', { number: `${turn}/2026`, code: newCode() })
    return performance.now() - start
  })
  const median = times.sort((a, b) => a - b)[10] ?? 0
  expect(median).toBeLessThan(250)
})

test('answers that do not stand on the paper are not kept with it', () => {
  const kept = JSON.stringify(bodyFor('residence-certificate', told, { levels, timeZone: 'UTC' }))
  expect(kept).not.toContain('900000001')
  expect(JSON.stringify(bodyFor('electricity-contract', told, { levels, timeZone: 'UTC' }))).toContain('"40"')
})

test('only templates that are there can be named', () => {
  expect(['letter', 'base', '../typst', 'none', ''].map(hasTemplate)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ])
})

test('a code is read as people type it', () => {
  const code = 'VV2J-T283-W8NS-JMA0'
  for (const typed of [
    'vv2j t283 w8ns jma0',
    'VV2JT283W8NSJMAO',
    ' vv2j-t٢٨٣-w8ns-jmao ',
    'VV2J–T283–W8NS–JMA0',
  ])
    expect(readCode(typed)).toBe(code)
  for (const typed of ['', 'VV2J', 'VV2J-T283-W8NS-JMAU', 'x'.repeat(5000), 'VV2J-T283-W8NS-JMA0-1'])
    expect(readCode(typed)).toBeUndefined()
  const codes = new Set(Array.from({ length: 500 }, newCode))
  expect(codes.size).toBe(500)
  for (const each of codes) expect(readCode(each)).toBe(each)
})

test('a masked name lets a holder compare and tells a stranger little', () => {
  const name = { first: 'عبد الله', father: 'محمود', grandfather: 'أحمد', family: 'الخطيب' }
  expect(maskName('natural', name)).toBe('عبد الله م. أ. خ.')
  expect(maskName('organisation', { first: 'شركة النور', father: '', grandfather: '', family: '' })).toBe(
    'شركة النور',
  )
})
