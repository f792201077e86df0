import { z } from 'zod'
import { examplesSchema } from './example-schema.ts'
import type { ServiceDefinition } from './model.ts'
import { field, page } from './schema-form.ts'
import {
  code,
  currency,
  day,
  days,
  dotted,
  feel,
  feePoint,
  localized,
  longText,
  name,
  slug,
  text,
} from './schema-words.ts'

const paper = z.strictObject({
  id: slug,
  name: localized,
  hint: localized.exactOptional(),
  when: feel.exactOptional(),
  optional: z.boolean().exactOptional(),
  kind: slug,
  accept: z.array(z.enum(['pdf', 'jpeg', 'png', 'heic', 'tiff'])).min(1),
  validDays: days.exactOptional(),
  original: z.boolean().exactOptional(),
})

const proof = paper.pick({ id: true, name: true, hint: true, when: true, optional: true, accept: true })

const fee = z.strictObject({
  id: slug,
  name: localized,
  at: feePoint,
  currency,
  amount: feel,
  when: feel.exactOptional(),
  dueKind: slug,
  refundable: z.boolean().exactOptional(),
})

/** An amount may be written 170 or '12.500'; it is kept as written. */
const amount = z
  .union([z.string(), z.number().transform(String)])
  .pipe(z.string().regex(/^\d{1,9}(\.\d{1,3})?$/))

const tariff = z.strictObject({
  key: name,
  from: day,
  until: day.exactOptional(),
  amount,
  currency,
  confirmed: z.boolean(),
  note: text.exactOptional(),
})

const dues = z.strictObject({
  neverHeld: z.boolean(),
  rule: z.enum(['show', 'warn', 'hold']),
  kinds: z.array(slug),
  above: z.array(z.strictObject({ currency, minor: z.int().min(0) })),
})

const act = z.enum([
  'take',
  'approve',
  'return',
  'ask-papers',
  'refer',
  'refer-back',
  'recall',
  'defer',
  'reject',
  'withdraw',
  'reopen',
  'pay',
  'sign',
  'run-effect',
  'hand-over',
  'supply-papers',
  'answer',
  'lapse',
  'opine',
  'record',
  'appoint',
  'missed',
  'parts-ended',
  'effect-failed',
  'escalate',
  'move-deadline',
])

/** What a step and an opinion asked beside others have in common. */
const task = {
  id: slug,
  name: localized,
  office: slug,
  officeWhen: z
    .array(z.strictObject({ when: feel, office: slug }))
    .min(1)
    .max(20)
    .exactOptional(),
  role: slug,
  hours: z.number().min(0).max(10_000),
  when: feel.exactOptional(),
  reads: z.array(name).min(1).max(100).exactOptional(),
  fields: z.array(field).min(1).max(40).exactOptional(),
  proofs: z.array(proof).min(1).max(10).exactOptional(),
}

const part = z.strictObject({
  id: slug,
  service: code,
  when: feel.exactOptional(),
  answers: z.record(name, feel).exactOptional(),
})

const ladder = z
  .array(
    z.strictObject({
      afterHours: z.number().min(0).max(10_000),
      role: slug,
      office: slug.exactOptional(),
    }),
  )
  .min(1)
  .max(5)

const step = z.strictObject({
  ...task,
  kind: z.enum([
    'review',
    'fee-assessment',
    'payment',
    'decision',
    'signature',
    'effect',
    'confirmation',
    'handover',
    'opinions',
    'outside',
    'site-visit',
    'committee',
    'parts',
  ]),
  next: z
    .array(z.strictObject({ when: feel.exactOptional(), to: slug }))
    .min(1)
    .exactOptional(),
  acts: z.array(act).min(1),
  bulk: z.literal(true).exactOptional(),
  deferral: z.enum(['runs', 'stands']).exactOptional(),
  feePoint: feePoint.exactOptional(),
  effect: dotted.exactOptional(),
  lapseDays: z.int().min(1).max(366).exactOptional(),
  output: slug.exactOptional(),
  join: z
    .union([z.enum(['all', 'any']), z.strictObject({ atLeast: z.int().min(1).max(12) })])
    .exactOptional(),
  opinions: z.array(z.strictObject(task)).min(2).max(12).exactOptional(),
  body: localized.exactOptional(),
  days: z.int().min(1).max(366).exactOptional(),
  presence: z.enum(['needed', 'not-needed']).exactOptional(),
  parts: z.array(part).min(1).max(12).exactOptional(),
  auto: z.boolean().exactOptional(),
  tries: z.int().min(1).max(10).exactOptional(),
  ladder: ladder.exactOptional(),
})

const output = z.strictObject({
  id: slug,
  kind: z.enum(['certificate', 'contract', 'licence', 'letter']),
  name: localized,
  template: slug.default('paper'),
  body: longText.exactOptional(),
  rows: z.array(name).min(1).max(40).exactOptional(),
  signer: slug,
  validDays: days.exactOptional(),
  form: z.enum(['wet', 'sealed', 'electronic']).exactOptional(),
})

const message = localized.exactOptional()

/** The shape of a service's file, without the `format` line. Unknown keys are refused everywhere. */
export const serviceSchema: z.ZodType<ServiceDefinition> = z.strictObject({
  code,
  version: z.int().min(1),
  group: slug,
  name: localized,
  summary: localized,
  keywords: z.array(text).max(60),
  guide: z.strictObject({
    office: slug,
    time: z.strictObject({
      value: z.number().positive().max(1_000),
      unit: z.enum(['minutes', 'hours', 'workingDays']),
      confirmed: z.boolean(),
      budget: z.literal(true).exactOptional(),
    }),
    legalBasis: localized,
    procedure: z.array(localized).min(1).max(30),
  }),
  channels: z.array(z.enum(['web', 'counter', 'api'])),
  applicants: z.array(
    z.enum(['principal', 'agent', 'guardian', 'heir', 'partner', 'tenant', 'representative']),
  ),
  form: z.strictObject({ pages: z.array(page).min(1).max(30) }),
  papers: z.array(paper).max(60),
  known: z.array(z.strictObject({ id: slug, name: localized, source: localized })).max(60),
  fees: z.array(fee).max(30),
  tariffs: z.array(tariff).max(300),
  dues,
  steps: z.array(step).min(1).max(60),
  outputs: z.array(output).max(20),
  ladder: ladder.exactOptional(),
  toConfirm: z
    .array(z.strictObject({ id: slug, what: localized }))
    .max(60)
    .exactOptional(),
  grounds: z
    .array(z.strictObject({ id: slug, words: localized, inWords: z.boolean().exactOptional() }))
    .min(1)
    .max(30)
    .exactOptional(),
  messages: z.strictObject({
    received: message,
    'fee-due': message,
    paid: message,
    'papers-missing': message,
    'papers-arrived': message,
    approved: message,
    rejected: message,
    ready: message,
    completed: message,
    withdrawn: message,
    reopened: message,
    'answer-asked': message,
    lapsed: message,
    appointment: message,
    'visit-missed': message,
    'sent-outside': message,
    'deadline-moved': message,
  }),
  examples: examplesSchema(act).exactOptional(),
})
