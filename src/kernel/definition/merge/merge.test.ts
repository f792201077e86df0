import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseService, type ServiceDefinition } from '../index.ts'
import { smallService } from '../testing/small.ts'
import { applyEdits, type Edit, editsBetween } from './edits.ts'
import { mergeServices } from './merge.ts'

const read = parseService(smallService)
if (!read.ok) throw new Error('the small service does not read')
const base = read.definition

const changed = (...edits: Edit[]): ServiceDefinition => applyEdits(base, edits)
const words = fc.record({ ar: fc.constantFrom('نص', 'كلام', 'غيره'), en: fc.constantFrom('Text', 'Words') })
const paper = fc.record({ name: words, kind: fc.constantFrom('deed', 'photo'), accept: fc.constant(['pdf']) })

/** Changes a person would make, each at its own place. */
const places: Record<string, fc.Arbitrary<Edit>> = {
  name: words.map(value => ({ path: ['name'], value })),
  keywords: fc.constantFrom('ماء', 'بيت').map(value => ({ path: ['keywords', value], value, after: null })),
  hours: fc.nat(40).map(value => ({ path: ['steps', 'survey', 'hours'], value })),
  office: fc.constantFrom('works', 'water').map(value => ({ path: ['steps', 'survey', 'office'], value })),
  dropped: fc.constant({ path: ['steps', 'execution'], removed: true }),
  moved: fc.constant({ path: ['steps', 'signature'], movedAfter: 'review' }),
  paper: paper.map(value => ({ path: ['papers', 'lease'], value: { id: 'lease', ...value }, after: 'plan' })),
  fewer: fc.constant({ path: ['papers', 'plan', 'when'], removed: true }),
  tariff: fc.nat(90).map(n => ({ path: ['tariffs', 'base@2026-07-01', 'amount'], value: String(n) })),
  message: words.map(value => ({ path: ['messages', 'completed'], value })),
  ground: words.map(words => ({ path: ['grounds'], value: [{ id: 'other', words }] })),
  time: fc.integer({ min: 1, max: 9 }).map(value => ({ path: ['guide', 'time', 'value'], value })),
}
const someEdits = fc
  .subarray(Object.keys(places))
  .chain(names => fc.tuple(...names.map(name => places[name] as fc.Arbitrary<Edit>)))
const someService = someEdits.map(edits => changed(...edits))
/** Two sets of changes that share no place. */
const apart = fc
  .array(fc.constantFrom('a', 'b', 'none'), {
    minLength: Object.keys(places).length,
    maxLength: Object.keys(places).length,
  })
  .chain(sides => {
    const of = (side: string) => Object.keys(places).filter((_, i) => sides[i] === side)
    const edits = (side: string) => fc.tuple(...of(side).map(name => places[name] as fc.Arbitrary<Edit>))
    return fc.tuple(edits('a'), edits('b'))
  })

describe('edits by ids', () => {
  it('make the one definition of the other, whatever was changed, added, dropped or moved', () => {
    fc.assert(
      fc.property(someService, someService, (a, b) => {
        expect(applyEdits(a, editsBetween(a, b))).toEqual(b)
      }),
    )
  })

  it('bring the steps into any order, with as few moves as that takes', () => {
    const ids = base.steps.map(({ id }) => id)
    fc.assert(
      fc.property(fc.shuffledSubarray(base.steps, { minLength: 0 }), steps => {
        const to = { ...base, steps }
        expect(applyEdits(base, editsBetween(base, to)).steps.map(({ id }) => id)).toEqual(
          steps.map(({ id }) => id),
        )
      }),
    )
    const [first, ...others] = base.steps
    const turned = { ...base, steps: first ? [...others, first] : others }
    expect(editsBetween(base, turned)).toEqual([{ path: ['steps', 'review'], movedAfter: ids.at(-1) }])
  })
})

describe('a newer national definition', () => {
  it('is the town’s own where the town changed nothing', () => {
    fc.assert(
      fc.property(someService, national => {
        expect(mergeServices({ base, national, town: base })).toMatchObject({
          merged: national,
          conflicts: [],
        })
      }),
    )
  })

  it('changes nothing where nothing in it changed', () => {
    fc.assert(
      fc.property(someService, town => {
        expect(mergeServices({ base, national: base, town })).toEqual({
          merged: town,
          edits: [],
          conflicts: [],
        })
      }),
    )
  })

  it('is taken beside what the town changed elsewhere, whichever of the two was first', () => {
    fc.assert(
      fc.property(apart, ([a, b]) => {
        const one = mergeServices({ base, national: changed(...a), town: changed(...b) })
        const other = mergeServices({ base, national: changed(...b), town: changed(...a) })
        expect(one.conflicts).toEqual([])
        expect(one.merged).toEqual(other.merged)
        expect(one.merged).toEqual(changed(...a, ...b))
      }),
    )
  })

  it('gives edits that make the merged definition of the town’s', () => {
    fc.assert(
      fc.property(someService, someService, (national, town) => {
        const { merged, edits } = mergeServices({ base, national, town })
        expect(applyEdits(town, edits)).toEqual(merged)
      }),
    )
  })

  it('leaves what both changed as the town has it, and lists the three values', () => {
    const path = ['steps', 'survey', 'hours']
    const [national, town] = [changed({ path, value: 9 }), changed({ path, value: 2 })]
    const { merged, conflicts } = mergeServices({ base, national, town })
    expect(conflicts).toEqual([{ path, base: 4, national: 9, town: 2 }])
    expect(merged).toEqual(town)
  })

  it('asks where the town changed what the newer one no longer has', () => {
    const town = changed({ path: ['papers', 'plan', 'optional'], value: true })
    const national = changed({ path: ['papers', 'plan'], removed: true })
    const { merged, conflicts } = mergeServices({ base, national, town })
    expect(conflicts).toEqual([
      { path: ['papers', 'plan'], base: base.papers[0], national: undefined, town: town.papers[0] },
    ])
    expect(merged.papers).toEqual(town.papers)
  })

  it('asks once for a text both worded anew, and for steps both put in another order', () => {
    const national = changed(
      { path: ['name', 'ar'], value: 'خدمة الناس' },
      { path: ['steps', 'review'], movedAfter: 'survey' },
    )
    const town = changed(
      { path: ['name'], value: { ar: 'خدمتنا', en: 'Ours' } },
      { path: ['steps', 'payment'], movedAfter: null },
    )
    const { conflicts } = mergeServices({ base, national, town })
    expect(conflicts.map(({ path, order }) => [path.join('.'), order])).toEqual([
      ['name', undefined],
      ['steps', true],
    ])
  })

  it('takes the higher of two version numbers without asking', () => {
    const national = changed({ path: ['version'], value: 5 })
    const town = changed({ path: ['version'], value: 3 })
    expect(mergeServices({ base, national, town })).toMatchObject({ merged: { version: 5 }, conflicts: [] })
  })
})
