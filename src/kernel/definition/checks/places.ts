import type { FeelScope } from '../../feel/index.ts'
import type { Path } from '../faults.ts'
import type { Feel, Field, ServiceDefinition, Step } from '../model.ts'
import { answerFields, commonScope, fieldScope, wholeScope } from '../scope.ts'
import { fieldsOf, stepsBefore } from './way.ts'

/** What a rule must give; `any` is an answer handed to another service. */
export type Wanted = { kind: 'boolean' } | { kind: 'money'; currency: string } | { kind: 'any' }

/** A rule where it stands. */
export type Place = {
  rule: Feel
  path: Path
  wanted: Wanted
  /** The names it may use there. */
  scope: FeelScope
  /** Those of them that officers have filled in by then, on some way; undefined where none is read. */
  filled: ReadonlySet<string>
  /** Conditions that hold wherever this one is asked: of its page, its step, its opinion. */
  within?: readonly Feel[]
  /** Branches of one step before it, of which the first that holds is taken. */
  before?: readonly Feel[]
}

type Loose = Omit<Place, 'rule'> & { rule: Feel | undefined }

const condition: Wanted = { kind: 'boolean' }
const some = (...whens: (Feel | undefined)[]): Feel[] => whens.flatMap(when => when ?? [])
const nothing: ReadonlySet<string> = new Set()

/**
 * Every rule with what is known where it stands: a question sees what was asked before it, a paper and a fee before filing the
 * answers, later rules also what officers filled in on the way there.
 */
export function placesOf(definition: ServiceDefinition): Place[] {
  const common = commonScope(definition)
  const filed = { ...fieldScope(answerFields(definition)), ...common }
  const whole = wholeScope(definition)
  const places: Loose[] = [
    ...formPlaces(definition, common),
    ...definition.papers.map(({ when }, i): Loose => {
      return { rule: when, path: ['papers', i, 'when'], scope: filed, wanted: condition, filled: nothing }
    }),
    ...feePlaces(definition, filed, whole),
    ...stepPlaces(definition, whole),
  ]
  return places.flatMap(({ rule, ...place }) => (rule === undefined ? [] : [{ ...place, rule }]))
}

function formPlaces({ form }: ServiceDefinition, common: FeelScope): Loose[] {
  const before: Field[] = []
  const place = (rule: Feel | undefined, path: Path): Loose => {
    return { rule, path, scope: { ...fieldScope(before), ...common }, wanted: condition, filled: nothing }
  }
  return form.pages.flatMap((page, p) => {
    const own = place(page.when, ['form', 'pages', p, 'when'])
    const inside = page.fields.map((field, f) => {
      const found = place(field.when, ['form', 'pages', p, 'fields', f, 'when'])
      before.push(field)
      return { ...found, within: some(page.when) }
    })
    return [own, ...inside]
  })
}

function feePlaces({ fees, steps }: ServiceDefinition, filed: FeelScope, whole: FeelScope): Loose[] {
  const before = stepsBefore(steps)
  return fees.flatMap((fee, i): Loose[] => {
    const early = fee.at === 'before-filing'
    const scope = early ? filed : whole
    const asked = steps.flatMap((step, s) => (step.feePoint === fee.at ? [s] : []))
    const filled = early ? nothing : filledBy(steps, new Set(asked.flatMap(s => [...(before[s] ?? [])])))
    const wanted: Wanted = { kind: 'money', currency: fee.currency }
    return [
      { rule: fee.when, path: ['fees', i, 'when'], scope, wanted: condition, filled },
      { rule: fee.amount, path: ['fees', i, 'amount'], scope, wanted, filled },
    ]
  })
}

const filledBy = (steps: readonly Step[], done: ReadonlySet<number>): Set<string> =>
  new Set(steps.flatMap((step, s) => (done.has(s) ? fieldsOf(step).map(({ id }) => id) : [])))

type Inside = Pick<Step, 'fields' | 'proofs' | 'officeWhen'>
type Known = { filled: ReadonlySet<string>; within: readonly Feel[] }

function stepPlaces({ steps }: ServiceDefinition, scope: FeelScope): Loose[] {
  const before = stepsBefore(steps)
  return steps.flatMap((step, s) => {
    const filled = filledBy(steps, before[s] ?? new Set())
    const also = (fields: readonly Field[] = []) => new Set([...filled, ...fields.map(({ id }) => id)])
    const opened: Known = { filled, within: some(step.when) }
    const done: Known = { ...opened, filled: also(fieldsOf(step)) }
    const place = (rule: Feel | undefined, known: Known, ...path: Path): Loose => {
      return { rule, ...known, path: ['steps', s, ...path], scope, wanted: condition }
    }
    const branches = (list: readonly { when?: Feel }[], known: Known, ...path: Path) =>
      list.map(({ when }, b): Loose => {
        const earlier = some(...list.slice(0, b).map(branch => branch.when))
        return { ...place(when, known, ...path, b, 'when'), before: earlier }
      })
    const inside = (task: Inside, first: Known, last: Known, ...path: Path) => [
      ...branches(task.officeWhen ?? [], first, ...path, 'officeWhen'),
      ...(task.fields ?? []).map(({ when }, f) => place(when, last, ...path, 'fields', f, 'when')),
      ...(task.proofs ?? []).map(({ when }, p) => place(when, last, ...path, 'proofs', p, 'when')),
    ]
    const opinions = (step.opinions ?? []).flatMap((opinion, o) => {
      const within = some(step.when, opinion.when)
      const told: Known = { filled: also(opinion.fields), within }
      const asked = place(opinion.when, opened, 'opinions', o, 'when')
      return [asked, ...inside(opinion, { filled, within }, told, 'opinions', o)]
    })
    const parts = (step.parts ?? []).flatMap((part, p) => [
      place(part.when, opened, 'parts', p, 'when'),
      ...Object.entries(part.answers ?? {}).map(([name, rule]): Loose => {
        return { ...place(rule, opened, 'parts', p, 'answers', name), wanted: { kind: 'any' } }
      }),
    ])
    return [
      place(step.when, { filled, within: [] }, 'when'),
      // A step passed over leads on as well: what its branches read need not rest on its condition.
      ...branches(step.next ?? [], { ...done, within: [] }, 'next'),
      ...inside(step, opened, done),
      ...opinions,
      ...parts,
    ]
  })
}
