import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileService, type Field, parseService, type ServiceDefinition } from '../definition/index.ts'
import { smallService } from '../definition/testing/small.ts'
import { faultCodes, type RawForm, readPage, simulate } from './index.ts'

const small = parseService(smallService)
if (!small.ok) throw new Error('the small service does not read')
const base = small.definition
const label = { ar: 'سؤال', en: 'Question' }

/** A service whose first page asks just these questions. */
function asking(...fields: Omit<Field, 'label'>[]) {
  const page = { id: 'first', title: label, fields: fields.map(field => ({ ...field, label })) }
  const definition: ServiceDefinition = {
    ...base,
    form: { pages: [page] },
    papers: [],
    fees: [],
    steps: [],
  }
  return compileService(definition)
}

const ctx = { capacity: 'principal', channel: 'web', today: '2026-11-21', existing: {} } as const
const read = (field: Omit<Field, 'label' | 'id'>, raw: RawForm) =>
  readPage(asking({ id: 'q', ...field }), 'first', raw, ctx)
const answer = (field: Omit<Field, 'label' | 'id'>, typed: string) => read(field, { q: typed }).answers.q
const codes = (field: Omit<Field, 'label' | 'id'>, raw: RawForm) =>
  read(field, raw).faults.map(fault => `${fault.field}: ${fault.code}`)

describe('reading a form', () => {
  it('reads figures as they are written here', () => {
    expect(answer({ kind: 'whole-number' }, '١٬٢٠٠')).toBe(1200)
    expect(answer({ kind: 'decimal' }, '٣٫٥')).toBe(3.5)
    expect(answer({ kind: 'money', currency: 'JOD' }, '١٧٠٫٥')).toEqual({ minor: 170_500, currency: 'JOD' })
    expect(answer({ kind: 'date' }, '٣/١١/٢٠٢٦')).toBe('2026-11-03')
    expect(answer({ kind: 'date' }, '2026-11-03')).toBe('2026-11-03')
    expect(read({ kind: 'date' }, { 'q.day': '3', 'q.month': '11', 'q.year': '2026' }).answers.q).toBe(
      '2026-11-03',
    )
    expect(answer({ kind: 'phone' }, '٠٥٩٩ ١٢٣ ٤٥٦')).toBe('+970599123456')
    expect(answer({ kind: 'national-id' }, '٤٠٠٠٠٠٠٠٦')).toBe('400000006')
  })

  it('warns of a check digit and keeps the number', () => {
    const { answers, faults, warnings } = read({ kind: 'national-id' }, { q: '123456789' })
    expect(answers.q).toBe('123456789')
    expect(faults).toEqual([])
    expect(warnings).toEqual([{ field: 'q', code: 'national-id-check-digit' }])
  })

  it('reads an address by parcel or by landmark', () => {
    const place = { kind: 'address' } as const
    expect(read(place, { 'q.block': '٣', 'q.parcel': '١١٨ / ٢' }).answers.q).toEqual({
      block: '3',
      quarter: '',
      parcel: '118/2',
      landmark: '',
    })
    expect(read(place, { 'q.landmark': 'قرب المسجد الكبير' }).faults).toEqual([])
    expect(codes(place, { 'q.quarter': 'حي السوق' })).toEqual(['q: address-incomplete'])
    expect(read(place, { 'q.block': '3', 'q.parcel': '118ب' }).faults).toEqual([
      { field: 'q.parcel', code: 'digits-only', values: { found: 'ب' } },
    ])
  })

  it('reads a person by parts', () => {
    const person = { kind: 'person' } as const
    expect(read(person, { 'q.first': 'رنا', 'q.family': 'قطب', 'q.nationalId': '18' }).faults).toEqual([
      { field: 'q.nationalId', code: 'national-id-too-short' },
    ])
    expect(codes(person, { 'q.first': 'رنا 🌸' })).toEqual(['q.first: not-a-name', 'q.family: required'])
    expect(read(person, { 'q.first': ' رنا ', 'q.family': 'قطب' }).answers.q).toMatchObject({
      first: 'رنا',
    })
  })

  it('closes the gaps between rows and names a fault by the form’s own number', () => {
    const rooms = { kind: 'group', fields: [{ id: 'size', kind: 'whole-number', label }] } as const
    const field = { ...rooms, fields: [...rooms.fields] }
    expect(read(field, { 'q.0.size': '4', 'q.1.size': ' ', 'q.7.size': '٥' }).answers.q).toEqual([
      { size: 4 },
      { size: 5 },
    ])
    expect(codes(field, { 'q.0.size': '4', 'q.7.size': 'خمسة' })).toEqual(['q.7.size: not-a-number'])
  })

  it.each<[string, Omit<Field, 'label' | 'id'>, RawForm, string]>([
    ['a blank where an answer is needed', { kind: 'text' }, { q: '  ' }, 'q: required'],
    ['ten thousand characters', { kind: 'text' }, { q: 'ا'.repeat(10_000) }, 'q: too-long'],
    [
      'ten thousand characters in a long text',
      { kind: 'long-text' },
      { q: 'ا'.repeat(10_000) },
      'q: too-long',
    ],
    ['ten thousand figures', { kind: 'decimal' }, { q: '1'.repeat(10_000) }, 'q: too-long'],
    ['a picture in a line', { kind: 'text' }, { q: 'بيت 🏠' }, 'q: unfit-characters'],
    ['a fraction of a whole', { kind: 'whole-number' }, { q: '1.5' }, 'q: not-whole'],
    ['a number in words', { kind: 'decimal' }, { q: 'خمسة' }, 'q: not-a-number'],
    ['a number below its bound', { kind: 'decimal', min: 1 }, { q: '0.5' }, 'q: too-small'],
    ['money above its bound', { kind: 'money', currency: 'ILS', max: 10 }, { q: '10.01' }, 'q: too-large'],
    ['agorot of agorot', { kind: 'money', currency: 'ILS' }, { q: '1.005' }, 'q: amount-too-precise'],
    ['the thirtieth of February', { kind: 'date' }, { q: '30/2/2026' }, 'q: not-a-date'],
    ['a day to come', { kind: 'date', range: 'past' }, { q: '22/11/2026' }, 'q: date-in-future'],
    ['a day gone by', { kind: 'date', range: 'future' }, { q: '20/11/2026' }, 'q: date-in-past'],
    [
      'a choice nobody offered',
      { kind: 'choice', options: [{ id: 'a', label }] },
      { q: 'b' },
      'q: not-an-option',
    ],
    ['half a telephone', { kind: 'phone' }, { q: '0599' }, 'q: phone-malformed'],
    ['a place in the sea of another country', { kind: 'map-point' }, { q: '48.8, 2.3' }, 'q: place-outside'],
    ['an account with a path in it', { kind: 'account' }, { q: '../x' }, 'q: not-a-reference'],
  ])('refuses %s', (_what, field, raw, fault) => {
    const { answers, typed } = read(field, raw)
    expect(codes(field, raw)).toEqual([fault])
    expect(answers).toEqual({})
    expect(typed).toEqual(raw)
  })

  it('does not read a question that is not asked', () => {
    const service = asking({ id: 'has', kind: 'yes-no' }, { id: 'q', kind: 'text', when: 'has = true' })
    expect(readPage(service, 'first', { has: 'no', q: 'x' }, ctx).answers).toEqual({ has: false })
    expect(readPage(service, 'first', { has: 'yes' }, { ...ctx, existing: { has: false } }).faults).toEqual([
      { field: 'q', code: 'required' },
    ])
  })

  it('is total: whatever is posted gives answers or faults, and answers are right answers', () => {
    const options = [
      { id: 'a', label },
      { id: 'b', label },
    ]
    const inner: Field[] = [
      { id: 'x', kind: 'date', label },
      { id: 'y', kind: 'person', label, optional: true },
    ]
    const kinds: Omit<Field, 'label'>[] = [
      { id: 'a1', kind: 'text' },
      { id: 'a2', kind: 'long-text' },
      { id: 'a3', kind: 'whole-number' },
      { id: 'a4', kind: 'decimal' },
      { id: 'a5', kind: 'money', currency: 'JOD' },
      { id: 'a6', kind: 'date' },
      { id: 'a7', kind: 'choice', options },
      { id: 'a8', kind: 'multiple', options },
      { id: 'a9', kind: 'yes-no' },
      { id: 'b1', kind: 'national-id' },
      { id: 'b2', kind: 'phone' },
      { id: 'b3', kind: 'address' },
      { id: 'b4', kind: 'map-point' },
      { id: 'b5', kind: 'account' },
      { id: 'b6', kind: 'person' },
      { id: 'b7', kind: 'file' },
      { id: 'b8', kind: 'group', fields: inner },
    ]
    const service = asking(...kinds)
    const subs = [
      '',
      '.day',
      '.month',
      '.year',
      '.block',
      '.parcel',
      '.landmark',
      '.lat',
      '.lon',
      '.first',
      '.family',
      '.nationalId',
      '.0.x',
      '.3.x',
      '.0.y.first',
      '.x',
      '.-1.x',
    ]
    const key = fc.tuple(
      fc.constantFrom(...kinds.map(kind => kind.id), '__proto__', 'constructor'),
      fc.constantFrom(...subs),
    )
    const likely = fc.constantFrom(
      'a',
      'yes',
      '12',
      '٣٫٥',
      '3/11/2026',
      '0599123456',
      '400000006',
      'رنا',
      '31.5, 35.1',
      '\u0000',
      '\ud800',
      '🌸',
      '',
    )
    const text = fc.oneof(likely, fc.string({ unit: 'binary' }), fc.string())
    const raw = fc
      .array(fc.tuple(key, fc.oneof(text, fc.array(text))))
      .map(entries => Object.fromEntries(entries.map(([[id, sub], value]) => [id + sub, value])) as RawForm)
    fc.assert(
      fc.property(raw, posted => {
        const { answers, faults } = readPage(service, 'first', posted, ctx)
        for (const { id } of kinds) {
          expect(id in answers || faults.some(fault => fault.field.split('.')[0] === id)).toBe(true)
        }
        for (const fault of faults) expect(faultCodes).toContain(fault.code)
        const again = simulate(service, answers, ctx)
        const read = new Set(Object.keys(answers))
        expect(again.missing.filter(fault => read.has(fault.field.split('.')[0] ?? ''))).toEqual([])
        expect(JSON.parse(JSON.stringify(again.pruned))).toEqual(answers)
      }),
      { numRuns: 500 },
    )
  })
})
