import { z } from 'zod'
import type { Field } from './model.ts'
import { currency, feel, localized, name, slug } from './schema-words.ts'

const fieldKinds = [
  'text',
  'long-text',
  'whole-number',
  'decimal',
  'money',
  'date',
  'choice',
  'multiple',
  'yes-no',
  'national-id',
  'phone',
  'address',
  'map-point',
  'account',
  'person',
  'file',
  'group',
] as const

/** A question, of a form or of a step. */
export const field: z.ZodType<Field> = z.strictObject({
  id: name,
  kind: z.enum(fieldKinds),
  label: localized,
  hint: localized.exactOptional(),
  optional: z.boolean().exactOptional(),
  sensitive: z.boolean().exactOptional(),
  when: feel.exactOptional(),
  min: z.number().exactOptional(),
  max: z.number().exactOptional(),
  range: z.enum(['past', 'future']).exactOptional(),
  options: z
    .array(z.strictObject({ id: slug, label: localized, hint: localized.exactOptional() }))
    .max(200)
    .exactOptional(),
  currency: currency.exactOptional(),
  accountKind: slug.exactOptional(),
  billing: z.enum(['prepaid', 'billed']).exactOptional(),
  fields: z
    .array(z.lazy(() => field))
    .min(1)
    .max(20)
    .exactOptional(),
  prefill: z.enum(['address', 'phone', 'last-answer']).exactOptional(),
})

/** A page of the form. */
export const page = z.strictObject({
  id: slug,
  title: localized,
  intro: localized.exactOptional(),
  when: feel.exactOptional(),
  fields: z.array(field).min(1).max(40),
})
