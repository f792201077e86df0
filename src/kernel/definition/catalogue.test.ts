import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { longDate } from '../../lib/dates.ts'
import { currencyWord } from '../../lib/money.ts'
import { smsParts } from '../../lib/sms.ts'
import { formatMessage } from '../../lib/texts.ts'
import { simulate } from '../form/index.ts'
import { requiredPapers } from '../papers/index.ts'
import { type Answers, type Capacity, checkService, compileService, parseService } from './index.ts'

const folder = new URL('../../../catalogue/', import.meta.url)
const files = readdirSync(folder).filter(file => file.endsWith('.yaml'))
const around = {
  offices:
    'service-centre planning electricity finance legal mayor-office treasury archive water public-relations works health'.split(
      ' ',
    ),
  effects: [
    'utilities.open-subscription',
    'utilities.open-water-subscription',
    'utilities.convert-to-billed',
  ],
}

function load(file: string) {
  const read = parseService(readFileSync(new URL(file, folder), 'utf8'))
  if (!read.ok) throw new Error(`${file}: ${JSON.stringify(read.faults)}`)
  return read
}
const service = (code: string) => compileService(load(`${code}.yaml`).definition, around)

const values = (answers: Answers, capacity: Capacity = 'principal', stepFields: Answers = {}) =>
  ({ answers, stepFields, capacity, channel: 'web', today: '2026-11-21' }) as const

/** The papers asked of somebody who answered so. */
function papersOf(code: string, answers: Answers, capacity: Capacity): string[] {
  const compiled = service(code)
  const { pruned } = simulate(compiled, answers, values({}, capacity))
  return requiredPapers(compiled, values(pruned, capacity)).map(paper => paper.id)
}

describe('the catalogue', () => {
  it.each(files)('%s is clean', file => {
    const { definition, locate } = load(file)
    expect(checkService(definition, around, locate)).toEqual([])
    expect(`${definition.code}.yaml`).toBe(file)
  })

  it.each(files)('%s speaks in at most two parts of an SMS', file => {
    const { definition } = load(file)
    const longest = (locale: 'ar' | 'en') =>
      definition.papers.map(paper => paper.name[locale]).reduce((a, b) => (a.length > b.length ? a : b), '')
    const ground = (locale: 'ar' | 'en') =>
      (definition.grounds ?? [])
        .map(({ words }) => words[locale])
        .reduce((a, b) => (a.length > b.length ? a : b), '')
    for (const text of Object.values(definition.messages)) {
      for (const locale of ['ar', 'en'] as const) {
        const filled = {
          number: '12345/2026',
          papers: longest(locale),
          reason: ground(locale),
          amount: `1,170.00 ${currencyWord('ILS', locale)}`,
          date: longDate('2026-11-25', { locale, timeZone: 'UTC' }),
        }
        expect(smsParts(formatMessage(text[locale], locale, filled)).parts).toBeLessThanOrEqual(2)
      }
    }
  })

  it.each(files)('%s begins and ends at the centre, and nobody is sent from office to office', file => {
    const { steps } = load(file).definition
    const [first, last] = [steps[0], steps.at(-1)]
    expect(first?.office).toBe('service-centre')
    expect(last?.office).toBe('service-centre')
    const works = steps.findLastIndex(
      ({ kind, proofs }) => kind === 'effect' || (kind !== 'confirmation' && proofs !== undefined),
    )
    const closes = steps.slice(works + 1).filter(({ office }) => office === 'service-centre')
    expect(closes.length).toBeGreaterThan(0)
  })

  it('has a hash that follows the content only', () => {
    const { definition } = load('ELE-01.yaml')
    const turned = Object.fromEntries(Object.entries(definition).reverse()) as typeof definition
    expect(compileService(turned).hash).toBe(compileService(definition).hash)
    expect(compileService({ ...definition, version: 2 }).hash).not.toBe(compileService(definition).hash)
  })
})

describe('ELE-01, a household connection', () => {
  const place = { block: '3', quarter: '', parcel: '118', landmark: '' }
  const always = ['id-copy', 'property-tax-clearance']

  it('asks each for the proof of their own right', () => {
    const owner = { place, insideLimits: true, right: 'own', licensed: true, billing: 'billed' }
    expect(papersOf('ELE-01', owner, 'principal')).toEqual([...always, 'undertaking'])
    expect(papersOf('ELE-01', { ...owner, licensed: false }, 'principal')).toEqual([
      ...always,
      'title',
      'undertaking',
    ])
    expect(papersOf('ELE-01', { ...owner, insideLimits: false }, 'principal')).toEqual([
      ...always,
      'ministry-plan',
      'undertaking',
    ])
    expect(papersOf('ELE-01', owner, 'tenant')).toEqual([...always, 'lease', 'owner-consent', 'undertaking'])
    expect(papersOf('ELE-01', owner, 'agent')).toEqual([...always, 'power-of-attorney', 'undertaking'])
    expect(papersOf('ELE-01', { ...owner, right: 'consent' }, 'principal')).toEqual([
      ...always,
      'owner-consent',
      'undertaking',
    ])
  })

  it('costs ten shekels before filing and 170 dinars after the decision', () => {
    const fees = service('ELE-01').fees.map(fee => [fee.at, fee.amount(values({}))])
    expect(fees).toEqual([
      ['before-filing', { minor: 1_000, currency: 'ILS' }],
      ['after-decision', { minor: 170_000, currency: 'JOD' }],
    ])
  })

  it('takes the town’s own amount where there is one, and never nothing', () => {
    const [fee] = service('ELE-01').fees
    const ownTariffs = { applicationFee: { minor: 1_500, currency: 'ILS' } } as const
    expect(fee?.amount({ ...values({}), tariffs: ownTariffs })).toEqual(ownTariffs.applicationFee)
    expect(() => fee?.amount({ ...values({}), tariffs: {} })).toThrow('fee-without-amount')
    expect(() => fee?.amount({ ...values({}), today: '2019-12-31' })).toThrow('fee-without-amount')
  })
})

describe('ADM-01, a residence certificate', () => {
  const compiled = service('ADM-01')
  const steps = (answers: Answers, stepFields: Answers = {}) =>
    compiled.definition.steps
      .filter(step => compiled.holds(step.when, values(answers, 'principal', stepFields)))
      .map(step => step.id)
  const plain = ['desk-review', 'dues-check', 'signature', 'handover']

  it('goes to planning when the place is known by a landmark only, to the lawyer when it must', () => {
    const byParcel = { block: '3', quarter: '', parcel: '118', landmark: '' }
    const byLandmark = { block: '', quarter: '', parcel: '', landmark: 'قرب المسجد' }
    expect(steps({ residence: byParcel, purpose: 'bank' })).toEqual(plain)
    expect(steps({ residence: byLandmark, purpose: 'bank' })).toContain('place-check')
    expect(steps({ residence: byParcel, purpose: 'court' })).toContain('legal-check')
    expect(steps({ residence: byLandmark, purpose: 'bank' }, { placeConfirmed: 'outside' })).toContain(
      'legal-check',
    )
  })

  it('asks for a bill only where the town has none', () => {
    const home = { purpose: 'bank', livingSince: '2010-01-01', housing: 'owned' }
    expect(papersOf('ADM-01', { ...home, townAccount: true }, 'principal')).toEqual(['id-copy'])
    expect(papersOf('ADM-01', { ...home, townAccount: false }, 'principal')).toEqual(['id-copy', 'bill'])
    expect(papersOf('ADM-01', { ...home, housing: 'rented', townAccount: false }, 'principal')).toEqual([
      'id-copy',
      'lease',
    ])
  })
})

describe('ELE-04, from card to bill', () => {
  it('takes a deposit that is returned, before the meter is replaced', () => {
    const [deposit, ...others] = service('ELE-04').fees
    expect(others).toEqual([])
    expect(deposit?.fee).toMatchObject({ refundable: true, at: 'before-execution' })
    expect(deposit?.amount(values({}))).toEqual({ minor: 30_000, currency: 'ILS' })
  })

  it('asks for the number of the agreement only where the dues were scheduled', () => {
    const compiled = service('ELE-04')
    const field = compiled.step('finance-review').fields?.find(each => each.id === 'scheduleNumber')
    expect(compiled.holds(field?.when, values({}, 'principal', { arrearsState: 'scheduled' }))).toBe(true)
    expect(compiled.holds(field?.when, values({}, 'principal', { arrearsState: 'paid' }))).toBe(false)
  })
})

describe('WAT-01, a water connection', () => {
  const water = { right: 'own', licensed: true, insideLimits: true }

  it('asks for what the case calls for', () => {
    expect(papersOf('WAT-01', water, 'principal')).toEqual(['id-copy'])
    expect(papersOf('WAT-01', { ...water, licensed: false }, 'principal')).toEqual(['id-copy', 'title'])
    expect(papersOf('WAT-01', water, 'tenant')).toEqual(['id-copy', 'lease', 'owner-consent'])
    expect(papersOf('WAT-01', { ...water, insideLimits: false }, 'principal')).toContain('ministry-plan')
  })

  it('costs what was measured, and no fee waits for a figure nobody gives', () => {
    const compiled = service('WAT-01')
    const measured = { pipeMetres: 7.25, pipeDiameter: 'half-inch', asphaltMetres: 0 }
    const given = values({ use: 'home', billing: 'billed' }, 'principal', measured)
    const due = compiled.fees.filter(fee => fee.at === 'before-execution' && fee.applies(given))
    expect(due.map(fee => [fee.id, fee.amount(given).minor])).toEqual([
      ['subscription', 250_00],
      ['pipe', 7.25 * 18_00],
      ['meter', 150_00],
      ['deposit', 200_00],
    ])
    expect(compiled.definition.tariffs.every(({ confirmed }) => !confirmed)).toBe(true)
  })
})

describe('ADM-05, a complaint', () => {
  it('is never held, costs nothing and asks for no paper it could do without', () => {
    const { definition } = service('ADM-05')
    expect(definition.dues).toMatchObject({ neverHeld: true, rule: 'show' })
    expect(definition.fees).toEqual([])
    expect(definition.papers.every(({ optional }) => optional)).toBe(true)
  })
})
