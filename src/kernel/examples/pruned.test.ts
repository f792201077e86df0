import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  type Answer,
  type Answers,
  type CompiledService,
  compileService,
  type Field,
  parseService,
  type RuleValues,
} from '../definition/index.ts'
import { sheetOf } from '../form/index.ts'
import { simulate } from '../form/simulate.ts'
import { requiredPapers } from '../papers/index.ts'

const folder = new URL('../../../catalogue/', import.meta.url)
const yamlIn = (path: string) => readdirSync(new URL(path, folder)).filter(file => file.endsWith('.yaml'))
const textOf = (path: string) => readFileSync(new URL(path, folder), 'utf8')
const commons = new Map(yamlIn('common').map(file => [basename(file, '.yaml'), textOf(`common/${file}`)]))
const services = yamlIn('.').flatMap(file => {
  const read = parseService(textOf(file), commons)
  return read.ok ? [compileService(read.definition)] : []
})

const marks = ['زفرة-١', 'زفرة-٢']

/** An answer a form would take, each text among them with a mark of its own. */
function answerTo(field: Field, seed: number, mark: string): Answer {
  const of = <T>(items: readonly T[]): T => items[seed % items.length] as T
  switch (field.kind) {
    case 'choice':
      return of(field.options ?? []).id
    case 'multiple':
      return (field.options ?? []).filter((_, i) => (seed >> i) % 2 === 0).map(({ id }) => id)
    case 'whole-number':
    case 'decimal':
      return (field.min ?? 0) + (seed % 7)
    case 'money':
      return { minor: seed * 100, currency: field.currency ?? 'ILS' }
    case 'yes-no':
      return seed % 2 === 0
    case 'date':
      return of(['2024-05-01', '2027-05-01'])
    case 'address':
      return { block: '3', quarter: mark, parcel: seed % 2 === 0 ? '118' : '', landmark: mark }
    case 'map-point':
      return { lat: 31 + seed / 1_000, lon: 35 }
    case 'person':
      return { first: mark, father: '', grandfather: '', family: mark, nationalId: '' }
    case 'group':
      return [Object.fromEntries((field.fields ?? []).map(each => [each.id, answerTo(each, seed, mark)]))]
    default:
      return mark
  }
}

const fieldsOf = (service: CompiledService) =>
  service.pages.flatMap(page => page.fields.map(({ field }) => field))

/** Which questions these answers lead to. */
function asked(service: CompiledService, values: RuleValues): Set<string> {
  return new Set(
    service.pages
      .filter(page => page.applies(values))
      .flatMap(page => page.fields.filter(({ applies }) => applies(values)).map(({ id }) => id)),
  )
}

/** Everything made of the answers: papers, fees and what stands in the documents. */
function madeOf(service: CompiledService, answers: Answers, values: Omit<RuleValues, 'answers'>): unknown {
  const whole = { ...values, answers }
  return {
    papers: requiredPapers(service, whole).map(({ id }) => id),
    fees: service.fees.flatMap(fee =>
      fee.applies(whole) && fee.isKnown(whole) ? [[fee.id, fee.amount(whole)]] : [],
    ),
    sheets: service.definition.outputs.map(output => sheetOf(service, output, { answers, stepFields: {} })),
  }
}

it('what was answered and is not asked any more reaches no paper, no fee and no letter', () => {
  const anySeeds = fc.array(fc.nat({ max: 40 }), { minLength: 40, maxLength: 40 })
  fc.assert(
    fc.property(fc.constantFrom(...services), anySeeds, anySeeds, fc.nat(), (service, first, second, who) => {
      const { definition } = service
      const values = {
        capacity: definition.applicants[who % definition.applicants.length] ?? 'principal',
        channel: definition.channels[who % definition.channels.length] ?? 'web',
        today: '2026-02-01',
        stepFields: {},
      } as const
      const fields = fieldsOf(service)
      const answersBy = (seeds: readonly number[], mark: string): Answers =>
        Object.fromEntries(
          fields.map((field, i) => [field.id, answerTo(field, seeds[i % seeds.length] ?? 0, mark)]),
        )
      const answers = answersBy(first, 'كلمة')
      const { pruned } = simulate(service, answers, values)
      const open = asked(service, { ...values, answers: pruned })
      expect(Object.keys(pruned).every(id => open.has(id))).toBe(true)
      const made = madeOf(service, pruned, values)
      for (const mark of marks) {
        const others = answersBy(second, mark)
        const noisy = Object.fromEntries(
          fields.map(({ id }) => [id, open.has(id) ? answers[id] : others[id]]),
        )
        const again = simulate(service, noisy, values).pruned
        expect(again).toEqual(pruned)
        const madeAgain = madeOf(service, again, values)
        expect(madeAgain).toEqual(made)
        expect(JSON.stringify(madeAgain)).not.toContain(mark)
      }
    }),
    { numRuns: 300 },
  )
})
