/**
 * Definitions nobody wrote: pages, groups, conditions, papers, fees, every kind of step, branches forward and ways back. They read as the
 * schema wants; some are faulty, as people's are, and the checks part them. Offices and people are those of the walks of the workflow.
 */

import fc from 'fast-check'
import { actsByKind, feePoints } from '../../workflow/table.ts'
import type { Surroundings } from '../checks/surroundings.ts'
import { messageVariables } from '../checks/variables.ts'
import type {
  Fee,
  Field,
  FieldKind,
  MessageEvent,
  Opinion,
  ServiceDefinition,
  Step,
  StepKind,
} from '../model.ts'
import { conditionOf, type RuleShape, ruleShape } from './random-rules.ts'

const words = { ar: 'نص', en: 'Text' }

/** The town of the walks. */
export const randomTown: Surroundings = {
  offices: ['centre', 'electricity', 'treasury', 'mayor', 'planning'],
  effects: ['utilities.open-subscription'],
  services: ['WAT-01'],
}

const kinds: FieldKind[] = [
  'yes-no',
  'choice',
  'whole-number',
  'decimal',
  'date',
  'text',
  'multiple',
  'money',
  'group',
]
const officerKinds: FieldKind[] = ['yes-no', 'choice', 'whole-number']
const stepKinds = (Object.keys(actsByKind) as StepKind[]).filter(kind => kind !== 'payment')
const posts = [
  { office: 'centre', role: 'clerk' },
  { office: 'electricity', role: 'officer' },
  { office: 'electricity', role: 'head' },
  { office: 'planning', role: 'officer' },
] as const

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 })
const fieldShape = fc.record({
  kind: fc.constantFrom(...kinds),
  optional: fc.boolean(),
  when: maybe(ruleShape),
})
const stepShape = fc.record({
  kind: fc.constantFrom(...stepKinds),
  post: fc.constantFrom(...posts),
  when: maybe(ruleShape),
  field: maybe(fc.constantFrom(...officerKinds)),
  asked: maybe(ruleShape),
  next: maybe(ruleShape),
  to: fc.nat(8),
  acts: fc.nat(63),
  join: fc.constantFrom('all' as const, 'any' as const, { atLeast: 2 }),
  auto: fc.boolean(),
})
const shape = fc.record({
  pages: fc.array(
    fc.record({ when: maybe(ruleShape), fields: fc.array(fieldShape, { minLength: 1, maxLength: 3 }) }),
    { minLength: 1, maxLength: 3 },
  ),
  papers: fc.array(maybe(ruleShape), { maxLength: 3 }),
  fees: fc.array(fc.record({ at: fc.constantFrom(...feePoints), when: maybe(ruleShape), by: fc.nat(5) }), {
    maxLength: 2,
  }),
  steps: fc.array(stepShape, { maxLength: 5 }),
})
type Shape = typeof shape extends fc.Arbitrary<infer T> ? T : never
type StepShape = Shape['steps'][number]

/** Any definition; about half of them have no fault. */
export const anyDefinition: fc.Arbitrary<ServiceDefinition> = shape.map(build)

function fieldOf(id: string, kind: FieldKind): Field {
  const field: Field = { id, kind, label: words }
  if (kind === 'choice' || kind === 'multiple') {
    field.options = ['a', 'b', 'c'].map(option => ({ id: option, label: words }))
  }
  if (kind === 'whole-number' || kind === 'decimal') Object.assign(field, { min: 1, max: 20 })
  if (kind === 'money') field.currency = 'ILS'
  if (kind === 'group') {
    Object.assign(field, {
      min: 1,
      max: 4,
      fields: [{ id: 'size', kind: 'whole-number', label: words, min: 1, max: 9 }],
    })
  }
  return field
}

const ruled = (rule: RuleShape | undefined, known: readonly Field[]): { when?: string } => {
  const when = rule && conditionOf(rule, known)
  return when === undefined ? {} : { when }
}

function build({ pages, papers, fees, steps }: Shape): ServiceDefinition {
  const known: Field[] = []
  const form = pages.map(({ when, fields }, p) => ({
    id: `page-${p}`,
    title: words,
    ...ruled(when, known),
    fields: fields.map(({ kind, optional, when }) => {
      const field = {
        ...fieldOf(`q${known.length}`, kind),
        ...(optional && { optional }),
        ...ruled(when, known),
      }
      known.push(field)
      return field
    }),
  }))
  const asked = [...known]
  const fee = (each: Shape['fees'][number], f: number): Fee => {
    const factor = asked.filter(({ kind }) => kind === 'whole-number')[each.by]
    const amount = factor
      ? `if ${factor.id} = null then tariff.base else tariff.base * ${factor.id}`
      : 'tariff.base'
    return {
      id: `fee-${f}`,
      name: words,
      at: each.at,
      currency: 'ILS',
      amount,
      dueKind: 'service-fee',
      ...ruled(each.when, asked),
    }
  }
  const raised = fees.map(fee)
  const way = wayOf(steps, raised, known).map(step =>
    papers.length > 0 ? step : { ...step, acts: step.acts.filter(act => act !== 'ask-papers') },
  )
  return {
    code: 'TST-99',
    version: 1,
    group: 'tests',
    name: words,
    summary: words,
    keywords: [],
    guide: {
      office: 'centre',
      time: { value: 90, unit: 'workingDays', confirmed: true },
      legalBasis: words,
      procedure: [words],
    },
    channels: ['web', 'counter'],
    applicants: ['principal', 'agent'],
    form: { pages: form },
    papers: papers.map((when, p) => ({
      id: `paper-${p}`,
      name: words,
      kind: `paper-${p}`,
      accept: ['pdf'],
      ...ruled(when, asked),
    })),
    known: [],
    fees: raised,
    tariffs: [{ key: 'base', from: '2020-01-01', amount: '10', currency: 'ILS', confirmed: true }],
    dues: { neverHeld: false, rule: 'show', kinds: [], above: [] },
    steps: way,
    outputs: way.flatMap(({ output }) =>
      output === undefined
        ? []
        : [
            {
              id: output,
              kind: 'letter' as const,
              name: words,
              template: 'paper',
              rows: asked.map(({ id }) => id),
              signer: 'mayor',
            },
          ],
    ),
    messages: Object.fromEntries(
      (Object.keys(messageVariables) as MessageEvent[]).map(event => [event, { ar: 'رسالة', en: 'Message' }]),
    ),
  }
}

/** Taking in, the payments, what was drawn, and handing over: what comes later knows what was filled in before. */
function wayOf(steps: readonly StepShape[], fees: readonly Fee[], asked: readonly Field[]): Step[] {
  const known = [...asked]
  const points = [...new Set(fees.map(({ at }) => at))].filter(point => point !== 'before-filing')
  const first: Step[] = [
    stepOf('intake', 'review', posts[0], { acts: ['approve', 'ask-papers', 'reject'] }),
    ...points.map(feePoint =>
      stepOf(
        `pay-${feePoint}`,
        'payment',
        { office: 'treasury', role: 'collector' },
        { acts: ['pay'], feePoint },
      ),
    ),
  ]
  const middle = steps.map((each, s) => drawn(each, s, known, steps.length))
  const reads = known.map(({ id }) => id)
  return [...first, ...middle, stepOf('handover', 'handover', posts[0], { acts: ['hand-over'], reads })]
}

const stepOf = (
  id: string,
  kind: StepKind,
  { office, role }: { office: string; role: string },
  rest: Partial<Step>,
): Step => ({ id, name: words, kind, office, role, hours: 3, acts: [], ...rest })

function drawn(each: StepShape, s: number, known: Field[], count: number): Step {
  const { kind } = each
  const before = [...known]
  const { completes, may } = actsByKind[kind]
  const isAuto = kind === 'effect' && each.auto
  const silent = kind === 'opinions' || kind === 'parts' || isAuto
  const officers = each.field === undefined || silent ? [] : [fieldOf(`s${s}a`, each.field)]
  const question = kind === 'confirmation' ? [fieldOf(`s${s}yes`, 'yes-no')] : []
  const fields = [...question, ...officers]
  const told = kind === 'opinions' ? [fieldOf(`s${s}told`, 'yes-no')] : []
  known.push(...fields, ...told)
  const onward = each.to > s && each.to < count ? `step-${each.to}` : 'handover'
  const branch = each.next && conditionOf(each.next, known)
  const next = [
    ...(question[0] ? [{ when: `${question[0].id} = false`, to: 'intake' }] : []),
    ...(branch ? [{ when: branch, to: onward }] : []),
  ]
  return stepOf(`step-${s}`, kind, kind === 'signature' ? { office: 'mayor', role: 'mayor' } : each.post, {
    ...ruled(each.when, before),
    acts: [completes, ...may.filter((act, i) => mustAct(kind).includes(act) || (each.acts >> i) % 2 === 1)],
    ...(fields.length > 0 && { fields }),
    ...(next.length > 0 && { next }),
    ...(kind === 'confirmation' && { lapseDays: 5 }),
    ...(kind === 'signature' && { output: `output-${s}` }),
    ...(kind === 'effect' && { effect: 'utilities.open-subscription', ...(isAuto && { auto: true }) }),
    ...((kind === 'outside' || kind === 'committee') && { body: words }),
    ...(kind === 'outside' && { days: 4 }),
    ...(kind === 'opinions' && { join: each.join, opinions: opinionsOf(s, each, before, told) }),
    ...(kind === 'parts' && {
      join: 'all' as const,
      parts: [{ id: 'one', service: 'WAT-01', ...ruled(each.asked, before) }],
    }),
  })
}

const mustAct = (kind: StepKind): readonly string[] =>
  kind === 'decision' || kind === 'committee' ? ['reject'] : kind === 'site-visit' ? ['appoint'] : []

const opinionsOf = (s: number, each: StepShape, known: readonly Field[], fields: Field[]): Opinion[] => [
  { id: `opinion-${s}-a`, name: words, office: 'planning', role: 'officer', hours: 5, fields },
  {
    id: `opinion-${s}-b`,
    name: words,
    office: 'electricity',
    role: 'officer',
    hours: 4,
    ...ruled(each.asked, known),
  },
]
