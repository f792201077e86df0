/** Services and people for the tests of the workflow. Conditions are named predicates; FEEL has tests of its own. */

import type { WorkCalendar } from '../../../lib/calendar.ts'
import type { Role } from '../../access/model.ts'
import type { RuleValues } from '../../definition/compiled.ts'
import type { ActName, FeePoint, Opinion, ServiceDefinition, Step, StepKind } from '../../definition/model.ts'
import type { WorkflowService } from '../route.ts'
import { actsByKind } from '../table.ts'
import type { Who } from '../who.ts'

const words = { ar: 'نص', en: 'Text' }

export const calendar: WorkCalendar = {
  timeZone: 'Asia/Hebron',
  week: [0, 1, 2, 3, 4, 5, 6].map(day => (day >= 5 ? null : { from: '08:00', to: '15:00' })),
  closures: [{ date: '2026-11-15', reason: 'عيد الاستقلال' }],
}

export const offices = ['centre', 'electricity', 'treasury', 'mayor', 'planning'] as const

const conditions: Record<string, (values: RuleValues) => boolean> = {
  never: () => false,
  always: () => true,
  large: ({ stepFields }) => typeof stepFields.amperes === 'number' && stepFields.amperes > 63,
  'not fixed': ({ stepFields }) => stepFields.fixed === false,
  'by web': ({ channel }) => channel === 'web',
}
export const conditionNames = Object.keys(conditions).filter(name => name !== 'not fixed')

export function serviceOf(steps: Step[], rest: Partial<ServiceDefinition> = {}): WorkflowService {
  const definition: ServiceDefinition = {
    code: 'test-service',
    version: 1,
    group: 'electricity',
    name: words,
    summary: words,
    keywords: [],
    guide: {
      office: 'electricity',
      time: { value: 5, unit: 'workingDays', confirmed: true },
      legalBasis: words,
      procedure: [words],
    },
    channels: ['web', 'counter', 'api'],
    applicants: ['principal'],
    form: { pages: [] },
    papers: ['deed', 'plan', 'photo'].map(id => ({ id, name: words, kind: id, accept: ['pdf'] })),
    known: [],
    fees: [],
    tariffs: [],
    dues: { neverHeld: false, rule: 'show', kinds: [], above: [] },
    steps,
    outputs: [],
    messages: {},
    ...rest,
  }
  return {
    definition,
    holds: (when, values) => when === undefined || (conditions[when]?.(values) ?? false),
  }
}

/** A step that lists every act its kind allows. */
export function stepOf(id: string, kind: StepKind, rest: Partial<Step> = {}): Step {
  return {
    id,
    name: words,
    kind,
    office: 'electricity',
    role: 'officer',
    hours: 7,
    acts: [...actsByKind[kind].may] as ActName[],
    ...(kind === 'payment' && {
      office: 'treasury',
      role: 'collector',
      feePoint: 'after-decision' as FeePoint,
    }),
    ...(kind === 'effect' && { effect: 'utilities.open-subscription' }),
    ...(kind === 'confirmation' && {
      lapseDays: 5,
      fields: [{ id: 'fixed', kind: 'yes-no' as const, label: words }],
    }),
    ...(kind === 'signature' && { output: 'contract', role: 'head' }),
    ...(kind === 'opinions' && {
      opinions: [opinionOf('health', 'planning'), opinionOf('works', 'electricity')],
    }),
    ...(kind === 'outside' && { body: words, days: 10 }),
    ...(kind === 'committee' && { body: words, office: 'mayor', role: 'mayor' }),
    ...(kind === 'parts' && { parts: [{ id: 'water', service: 'WAT-01' }] }),
    ...rest,
  }
}

export const opinionOf = (id: string, office: string, rest: Partial<Opinion> = {}): Opinion => ({
  id,
  name: words,
  office,
  role: 'officer',
  hours: 7,
  ...rest,
})

/** A building licence: opinions side by side, others outside, a visit, the committee, parts, and a register that keeps itself. */
export const licence = serviceOf(
  [
    stepOf('intake', 'review', { office: 'centre', role: 'clerk' }),
    stepOf('opinions', 'opinions', {
      office: 'centre',
      role: 'clerk',
      opinions: [
        opinionOf('planning', 'planning', {
          fields: [{ id: 'floors', kind: 'whole-number', label: words }],
          proofs: [{ id: 'drawing', name: words, accept: ['pdf'], optional: true }],
        }),
        opinionOf('power', 'electricity', { hours: 14 }),
        opinionOf('mayor-office', 'mayor', { when: 'by web' }),
      ],
    }),
    stepOf('ministry', 'outside', {
      office: 'centre',
      role: 'clerk',
      fields: [{ id: 'letterNumber', kind: 'text', label: words }],
    }),
    stepOf('visit', 'site-visit', { office: 'planning' }),
    stepOf('council', 'committee'),
    stepOf('parts', 'parts', { office: 'centre', role: 'clerk' }),
    stepOf('register', 'effect', { auto: true }),
  ],
  {
    ladder: [
      { afterHours: 0, role: 'head' },
      { afterHours: 7, role: 'manager', office: 'centre' },
    ],
  },
)

/** A subscription to electricity: a branch by amperes, two payments, a contract, an effect, a handover. */
export const subscription = serviceOf([
  stepOf('intake', 'review', { office: 'centre', role: 'clerk' }),
  stepOf('survey', 'review', {
    fields: [
      { id: 'amperes', kind: 'whole-number', label: words },
      { id: 'remark', kind: 'text', label: words, optional: true },
      { id: 'transformer', kind: 'text', label: words, when: 'large' },
    ],
    next: [{ when: 'large', to: 'council' }, { to: 'assessment' }],
  }),
  stepOf('council', 'decision', { office: 'mayor', role: 'mayor' }),
  stepOf('assessment', 'fee-assessment'),
  stepOf('online-check', 'review', { when: 'by web', role: 'head' }),
  stepOf('decision', 'decision', { role: 'head' }),
  stepOf('service-fee', 'payment'),
  stepOf('contract', 'signature'),
  stepOf('works-fee', 'payment', { feePoint: 'before-execution' }),
  stepOf('connection', 'effect', { fields: [{ id: 'meter', kind: 'text', label: words }] }),
  stepOf('handover', 'handover', { office: 'centre', role: 'clerk' }),
])

/** A complaint: shown work, the reporter asked, and back again while it is not fixed. */
export const complaint = serviceOf(
  [
    stepOf('intake', 'review', { office: 'centre', role: 'clerk' }),
    stepOf('work', 'review', {
      officeWhen: [{ when: 'by web', office: 'planning' }],
      proofs: [
        { id: 'before', name: words, accept: ['jpeg'], optional: true },
        { id: 'after', name: words, accept: ['jpeg'] },
      ],
    }),
    stepOf('question', 'confirmation', {
      office: 'centre',
      role: 'clerk',
      next: [{ when: 'not fixed', to: 'work' }],
      proofs: [{ id: 'now', name: words, accept: ['jpeg'], when: 'not fixed' }],
    }),
  ],
  {
    grounds: [
      { id: 'not-ours', words },
      { id: 'other', words, inWords: true },
    ],
  },
)

export const staff = (staffId: string, ...held: [Role, string][]): Extract<Who, { kind: 'staff' }> => ({
  kind: 'staff',
  staffId,
  appointments: held.map(([role, office]) => ({ role, office })),
})

export const people = {
  citizen: { kind: 'citizen', personId: 'citizen', relation: 'party' },
  stranger: { kind: 'citizen', personId: 'stranger', relation: 'none' },
  partner: { kind: 'partner', keyId: 'bank', relation: 'none' },
  system: { kind: 'system' },
  clerk: staff('clerk', ['clerk', 'centre']),
  officer: staff('officer', ['officer', 'electricity']),
  colleague: staff('colleague', ['officer', 'electricity']),
  head: staff('head', ['head', 'electricity']),
  collector: staff('collector', ['collector', 'treasury']),
  planner: staff('planner', ['officer', 'planning']),
  manager: staff('manager', ['manager', 'centre']),
  mayor: staff('mayor', ['mayor', 'mayor']),
  auditor: staff('auditor', ['auditor', 'centre']),
} satisfies Record<string, Who>
