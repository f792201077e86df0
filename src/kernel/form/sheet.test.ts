import { describe, expect, test } from 'vitest'
import { compileService, parseService } from '../definition/index.ts'
import { smallService } from '../definition/testing/small.ts'
import { namesOfSheet, sheetOf } from './sheet.ts'

const read = parseService(smallService)
if (!read.ok) throw new Error('the small service does not read')
const service = compileService(read.definition)
const facts = {
  answers: { kind: 'large', area: 120.5, rooms: [{ size: 3 }, { size: 4 }] },
  stepFields: { measured: true },
  sessions: { council: { number: '7/2026', date: '2026-02-03', decision: '31/2026' } },
}
const body = (ar: string) => ({ body: { ar, en: 'x' } })

describe('the general sheet of an output', () => {
  test('fills in answers of the form and of the offices, in the words they were read in', () => {
    const { paragraphs } = sheetOf(service, body('النوع {kind}، المساحة {area}، قيس: {measured}.'), facts)
    expect(paragraphs).toEqual([
      ['النوع ', 'كبير', '، المساحة ', '120.5', '، قيس: ', 'نعم', '.'].map(text => ({ text })),
    ])
  })

  test('leaves the holder’s name and number to whoever sets it, and parts paragraphs at blank lines', () => {
    const { paragraphs } = sheetOf(
      service,
      body('تشهد البلدية بأن {name}\nهوية {idNumber}.\n\nحرر في {day}.'),
      facts,
    )
    expect(paragraphs).toEqual([
      [
        { text: 'تشهد البلدية بأن ' },
        { slot: 'name' },
        { text: ' هوية ' },
        { slot: 'idNumber' },
        { text: '.' },
      ],
      [{ text: 'حرر في ' }, { slot: 'day' }, { text: '.' }],
    ])
  })

  test('tells how a committee decided', () => {
    const { paragraphs } = sheetOf(
      service,
      body('{decision.council} في {session.council} يوم {sessionDate.council}'),
      facts,
    )
    expect(paragraphs[0]?.map(piece => 'text' in piece && piece.text).join('')).toContain(
      '31/2026 في 7/2026 يوم',
    )
  })

  test('shows answers as rows and lists as tables, without those nobody gave', () => {
    const sheet = sheetOf(
      service,
      { rows: ['kind', 'area', 'measured', 'rooms'] },
      { ...facts, stepFields: {} },
    )
    expect(sheet.rows).toEqual([
      { label: 'النوع', value: 'كبير' },
      { label: 'المساحة', value: '120.5' },
    ])
    expect(sheet.tables).toEqual([{ label: 'الغرف', columns: ['السعة'], rows: [['3'], ['4']] }])
  })

  test('says nothing for a name without answer, and never a brace', () => {
    const { paragraphs } = sheetOf(service, body('{area}{decision.council}{unknown}'), {
      answers: {},
      stepFields: {},
    })
    expect(paragraphs).toEqual([[]])
  })

  test('names what its paragraphs hold, once each', () => {
    expect(namesOfSheet('{name} {decision.council} {name}')).toEqual(['name', 'decision.council'])
  })
})
