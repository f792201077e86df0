import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Answer, type Answers, compileService, parseService } from '../definition/index.ts'
import { smallService } from '../definition/testing/small.ts'
import { renderAnswers, simulate, toJsonSchema } from './index.ts'

const small = parseService(smallService)
if (!small.ok) throw new Error('the small service does not read')
const service = compileService(small.definition)
const values = { capacity: 'principal', channel: 'web', today: '2026-11-21' } as const
const large = { kind: 'large', area: 120, rooms: [{ size: 4 }] }

/** Right answers, wrong ones, and things no form would post. */
const anyAnswer: fc.Arbitrary<Answer> = fc.oneof(
  fc.constantFrom<Answer>('small', 'large', 120, true, [{ size: 4 }], { lat: 31, lon: 35 }),
  fc.jsonValue().map(value => value as Answer),
)
const anyAnswers: fc.Arbitrary<Answers> = fc.dictionary(
  fc.constantFrom('kind', 'area', 'rooms', 'stranger', 'constructor', '__proto__'),
  anyAnswer,
)

describe('simulating a form', () => {
  it('walks only the pages that are asked', () => {
    const few = simulate(service, { kind: 'small' }, values)
    expect(few.reachable).toEqual(['first'])
    expect(few.firstIncomplete).toBeUndefined()
    expect(few.next('first')).toBeUndefined()
    const all = simulate(service, { kind: 'large' }, values)
    expect(all.reachable).toEqual(['first', 'second'])
    expect(all.firstIncomplete).toBe('first')
    expect(all.missing).toEqual([
      { field: 'area', code: 'required' },
      { field: 'rooms', code: 'required' },
    ])
  })

  it('drops answers of questions that are not asked any more', () => {
    expect(simulate(service, large, values).pruned).toEqual(large)
    expect(simulate(service, { ...large, kind: 'small' }, values).pruned).toEqual({ kind: 'small' })
  })

  it('keeps nothing of what is unreachable, whatever was answered', () => {
    fc.assert(
      fc.property(anyAnswers, answers => {
        const { pruned, pages, reachable } = simulate(service, answers, values)
        const isLarge = pruned.kind === 'large'
        expect(
          Object.keys(pruned).every(id => (isLarge ? ['kind', 'area', 'rooms'] : ['kind']).includes(id)),
        ).toBe(true)
        expect(reachable).toEqual(pages.filter(page => page.reachable).map(page => page.id))
        expect(simulate(service, pruned, values).pruned).toEqual(pruned)
      }),
    )
  })

  it('goes back to where it went on from', () => {
    fc.assert(
      fc.property(anyAnswers, answers => {
        const { reachable, next, back } = simulate(service, answers, values)
        for (const page of reachable) {
          const after = next(page)
          if (after !== undefined) expect(back(after)).toBe(page)
        }
        expect(back(reachable[0] ?? '')).toBeUndefined()
      }),
    )
  })

  it('takes less than a tenth of a millisecond', () => {
    for (let i = 0; i < 2_000; i += 1) simulate(service, large, values)
    const rounds = Array.from({ length: 9 }, () => {
      const start = performance.now()
      for (let i = 0; i < 200; i += 1) simulate(service, large, values)
      return (performance.now() - start) / 200
    })
    expect(Math.min(...rounds)).toBeLessThan(0.1)
  })
})

describe('answers in words', () => {
  it('are frozen as they were read', () => {
    const { pruned } = simulate(service, large, values)
    expect(renderAnswers(service, pruned, 'ar')).toEqual([
      {
        page: 'أولًا',
        items: [
          { label: 'النوع', value: 'كبير' },
          { label: 'المساحة', value: '120' },
        ],
      },
      { page: 'ثانيًا', items: [{ label: 'الغرف 1: السعة', value: '4' }] },
    ])
  })

  it('have a schema for partners, which requires only what is always asked', () => {
    const schema = toJsonSchema(service)
    expect(schema).toMatchObject({ additionalProperties: false, required: ['kind'] })
    expect(schema.properties).toMatchObject({ area: { type: 'number', minimum: 1, maximum: 900 } })
  })
})
