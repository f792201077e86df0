import { z } from 'zod'

/** What values of a definition are written with. */

/** A text that says something, with nothing around it: one look at each, since a definition is mostly texts. */
const textOf = (most: number) =>
  z.string().check(found => {
    const said = found.value.trim()
    found.value = said
    const origin = 'string'
    if (said.length === 0)
      found.issues.push({ code: 'too_small', origin, minimum: 1, inclusive: true, input: said })
    if (said.length > most)
      found.issues.push({ code: 'too_big', origin, maximum: most, inclusive: true, input: said })
  })

export const text = textOf(2_000)
export const localized = z.strictObject({ ar: text, en: text })
/** Paragraphs of a paper. */
const paragraphs = textOf(10_000)
export const longText = z.strictObject({ ar: paragraphs, en: paragraphs })
export const code = z.string().regex(/^[A-Z]{2,5}-\d{2,3}$/)
export const feel = textOf(1_000)
/** Names of things that rules do not name. */
export const slug = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
  .max(60)
/** Names that rules do name: a hyphen would be read as a minus. */
export const name = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]*$/)
  .max(40)
export const dotted = z
  .string()
  .regex(/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/)
  .max(80)
export const day = z.iso.date()
export const currency = z.enum(['ILS', 'JOD', 'USD'])
export const feePoint = z.enum([
  'before-filing',
  'before-study',
  'after-decision',
  'before-execution',
  'before-handover',
])
export const days = z.int().min(1).max(36_500)
