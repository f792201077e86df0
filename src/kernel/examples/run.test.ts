import { describe, expect, it } from 'vitest'
import { type Example, parseService, type ServiceDefinition } from '../definition/index.ts'
import { smallService } from '../definition/testing/small.ts'
import { wideService } from '../definition/testing/wide.ts'
import { checkExamples, runExamples, tryExample } from './index.ts'

function definitionOf(source: string, examples: readonly Example[] = []): ServiceDefinition {
  const read = parseService(source)
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  return { ...read.definition, examples: [...examples] }
}

const place = { block: '3', quarter: '', parcel: '118', landmark: '' }
const words = { ar: 'مثال', en: 'Example' }
const nothing = { papers: [], fees: {}, way: [], messages: [], state: 'done', due: 'none' }

const small = (rest: Partial<Example>): Example => ({
  id: 'small',
  name: words,
  answers: { kind: 'small' },
  acts: [],
  expect: nothing,
  ...rest,
})
const cameOf = (example: Example, source = smallService) =>
  runExamples(definitionOf(source, [example])).examples[0]
const codesOf = (examples: readonly Example[], source = smallService) =>
  checkExamples(definitionOf(source, examples)).map(({ code, path }) => `${code} ${path}`)

const toTheEnd = [
  'pay',
  { step: 'review', fields: { measured: false } },
  'decision',
  'signature',
  'execution',
  'handover',
]

describe('an example', () => {
  it('is lived through, and says what came of it', () => {
    const run = cameOf(small({ acts: toTheEnd }))
    expect(run?.halt).toBeUndefined()
    expect(run?.came).toEqual({
      papers: [],
      fees: { application: '10 ILS' },
      way: ['review', 'decision', 'signature', 'execution', 'handover'],
      // The service has no words for having been paid, being approved and ready: nothing is told.
      messages: ['fee-due', 'received', 'completed'],
      state: 'done',
      due: '2026-02-04',
    })
    expect(run?.differs).toEqual(['fees', 'way', 'messages', 'due'])
    expect(run?.moments.map(({ act, step }) => [act, step])).toContainEqual(['approve', 'signature'])
  })

  it('holds when all of it is as it says, amounts by what they are worth', () => {
    const { came } = cameOf(small({ acts: toTheEnd })) ?? {}
    const expect_ = { ...(came ?? nothing), fees: { application: '10.00 ILS' } }
    expect(cameOf(small({ acts: toTheEnd, expect: expect_ }))?.differs).toEqual([])
  })

  it('takes the amounts of its day', () => {
    expect(cameOf(small({ today: '2026-08-02' }))?.came.fees).toEqual({ application: '12 ILS' })
  })

  it('waits: the promise stands while papers are missing', () => {
    const missing = (wait: number) =>
      cameOf(
        small({
          answers: { kind: 'large', area: 200, rooms: [{ size: 4 }] },
          acts: ['pay', { act: 'ask-papers', papers: ['plan'] }, { act: 'supply-papers', wait }],
        }),
      )?.came
    expect(missing(0)).toMatchObject({ papers: ['plan'], due: '2026-02-04', state: 'in-process' })
    expect(missing(48)?.due).toBe('2026-02-08')
  })

  it.each<[string, Partial<Example>, string, string]>([
    ['a question without an answer', { answers: {} }, 'answers', 'kind'],
    ['a question nobody asks', { answers: { kind: 'small', colour: 'red' } }, 'answers', 'colour'],
    ['a choice there is not', { answers: { kind: 'huge' } }, 'answers', 'kind'],
    ['a step that is not in hand', { acts: ['pay', 'survey'] }, 'acts[1]', 'review'],
    ['what officers did not fill in', { acts: ['pay', 'review'] }, 'acts[1]', 'measured'],
    [
      'what officers filled in wrongly',
      { acts: ['pay', { fields: { measured: 'yes' } }] },
      'acts[1]',
      'measured',
    ],
    ['an act the step has no room for', { acts: ['pay', 'reject'] }, 'acts[1]', 'reject'],
    ['an act after the end', { acts: [...toTheEnd, 'handover'] }, 'acts[6]', 'handover'],
    ['paying twice', { acts: ['pay', 'pay'] }, 'acts[1]', 'pay'],
  ])('is refused for %s', (_what, rest, path, word) => {
    const [fault] = checkExamples(definitionOf(smallService, [small(rest)])).filter(
      ({ code }) => code === 'example-refused',
    )
    expect(fault?.path).toBe(`examples[0].${path}`)
    expect(fault?.message.ar).toContain(word)
  })

  it('may be tried without standing in the definition', () => {
    const { came, halt } = tryExample(definitionOf(smallService), small({ acts: ['pay'] }))
    expect([came.state, came.way, halt]).toEqual(['submitted', ['review'], undefined])
  })
})

describe('the examples of a service', () => {
  const large: Example = small({
    id: 'large',
    answers: { kind: 'large', area: 200, rooms: [{ size: 4 }] },
    acts: [
      'pay',
      { step: 'review', fields: { measured: true } },
      'survey',
      'decision',
      'pay',
      'signature',
      'execution',
      'handover',
    ],
  })
  const plain = small({ acts: toTheEnd })
  const middling = small({
    id: 'middling',
    answers: { kind: 'large', area: 50, rooms: [{ size: 4 }] },
    acts: ['pay'],
  })

  it('take both sides of every condition, or the branch is named', () => {
    expect(codesOf([plain]).filter(fault => fault.startsWith('branch'))).toEqual([
      'branch-untaken form.pages[0].fields[1].when',
      'branch-untaken form.pages[1].when',
      'branch-untaken papers[0].when',
      'branch-untaken fees[1].when',
      'branch-untaken steps[0].next[0].when',
    ])
    expect(codesOf([plain, large, middling]).filter(fault => fault.startsWith('branch'))).toEqual([])
  })

  it('count the ways into each if by its place', () => {
    const source = smallService.replace(
      'amount: tariff.perMetre * area',
      'amount: if area > 100 then tariff.perMetre * area else if area > 50 then tariff.perMetre else tariff.perMetre * 2',
    )
    const untaken = runExamples(definitionOf(source, [plain, large, middling])).branches.filter(
      ({ taken }) => !taken,
    )
    expect(
      untaken.map(({ side, rule }) => [side.way, 'at' in side && rule.slice(side.at, side.at + 9)]),
    ).toEqual([
      ['else', 'if area >'],
      ['then', 'if area >'],
      ['else', 'if area >'],
    ])
  })

  it('are missing where there are none, and known by their names', () => {
    expect(codesOf([])).toEqual(['examples-missing examples'])
    expect(codesOf([plain, plain])).toContain('duplicate-id examples[1].id')
  })

  it('leave the service as it was', () => {
    const definition = definitionOf(smallService, [plain, large])
    const before = structuredClone(definition)
    runExamples(definition)
    expect(definition).toEqual(before)
  })
})

describe('every kind of step', () => {
  const plant: Example = {
    id: 'plant',
    name: words,
    capacity: 'agent',
    answers: { place, phone: '0599123456', use: 'plant', workers: 80, begins: '2026-03-01', food: true },
    acts: [
      'intake',
      'pay',
      { step: 'views', opinion: 'works', fields: { metres: 120 } },
      { step: 'views', opinion: 'health' },
      'appoint',
      'missed',
      { act: 'appoint', appointment: { from: '2026-02-08T11:00', to: '2026-02-08T12:00' } },
      { step: 'visit', fields: { sound: false } },
      { step: 'mending', fields: { mended: true } },
      'appoint',
      { step: 'visit', fields: { sound: true } },
      { step: 'defence', fields: { letter: '12/2026' }, wait: 24 },
      { step: 'council', session: { number: '4/2026', date: '2026-02-01', decision: 'موافقة' } },
      'pay',
      'parts-ended',
      'effect-failed',
      'entry',
      'signature',
      'handover',
    ],
    expect: nothing,
  }
  const silent: Example = {
    ...plant,
    id: 'silent',
    answers: { place, phone: '0599123456', use: 'shop', begins: '2026-03-01', food: false },
    acts: [
      'intake',
      'pay',
      { step: 'views', opinion: 'planning', fields: { zone: 'ب' } },
      { step: 'views', opinion: 'works', fields: { metres: 20 } },
      'appoint',
      { step: 'visit', fields: { sound: false } },
      'lapse',
      'council',
      'pay',
      'signature',
      'handover',
    ],
  }

  it('is gone through: opinions, visits, others outside, a committee, parts, an effect left to people', () => {
    const run = cameOf(plant, wideService)
    expect(run?.halt).toBeUndefined()
    expect(run?.came).toMatchObject({
      papers: ['power-of-attorney', 'plan'],
      fees: { study: '20 ILS', licence: '360 ILS' },
      state: 'done',
    })
    expect(run?.came.way).toEqual([
      'intake',
      'study-fee',
      'views',
      'visit',
      'mending',
      'visit',
      'defence',
      'council',
      'licence-fee',
      'others',
      'entry',
      'signature',
      'handover',
    ])
    expect(run?.came.messages).toEqual(
      expect.arrayContaining(['appointment', 'visit-missed', 'answer-asked', 'reopened', 'sent-outside']),
    )
  })

  it('runs effects by itself, and lets silence last until its day', () => {
    const run = cameOf(silent, wideService)
    expect(run?.halt).toBeUndefined()
    expect(run?.came.way).toContain('entry')
    expect(run?.moments.find(({ act }) => act === 'lapse')?.at.getTime()).toBeGreaterThan(
      Date.parse('2026-02-12'),
    )
  })
})
