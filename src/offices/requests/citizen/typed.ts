import type { Answer, Answers, CompiledPage, Field } from '../../../kernel/definition/index.ts'
import { shortDate } from '../../../lib/dates.ts'
import { type Money, toDecimal } from '../../../lib/money.ts'
import { formatPhone } from '../../../lib/phone.ts'

/** What stands in the boxes of a form. */
export type Raw = Record<string, string | string[]>

/** The boxes of a page as they are to be shown: what was typed last, else what was answered. */
export function rawOf(page: CompiledPage, answers: Answers, typed: Raw | undefined): Raw {
  return (
    typed ??
    boxesOfAll(
      page.fields.map(({ field }) => field),
      answers,
    )
  )
}

/** What stands in the boxes of these questions once they are answered. */
export const boxesOfAll = (fields: readonly Field[], answers: Answers): Raw =>
  Object.assign({}, ...fields.map(field => boxesOf(field, answers[field.id], field.id)))

/** One value of a box, or nothing. */
export function boxText(raw: Raw, name: string): string | undefined {
  const value = raw[name]
  return Array.isArray(value) ? value[0] : value
}

/** All values of boxes under one name. */
export function boxTexts(raw: Raw, name: string): string[] {
  const value = raw[name]
  return value === undefined ? [] : Array.isArray(value) ? value : [value]
}

function boxesOf(field: Field, answer: Answer | undefined, name: string): Raw {
  if (answer === undefined || answer === null) return {}
  switch (field.kind) {
    case 'address':
    case 'person':
    case 'map-point':
      return Object.fromEntries(
        Object.entries(answer).map(([part, value]) => [`${name}.${part}`, String(value)]),
      )
    case 'group':
      return Object.assign(
        {},
        ...(answer as Answers[]).flatMap((row, place) =>
          (field.fields ?? []).map(inner => boxesOf(inner, row[inner.id], `${name}.${place}.${inner.id}`)),
        ),
      )
    case 'multiple':
      return { [name]: answer as string[] }
    case 'yes-no':
      return { [name]: answer ? 'yes' : 'no' }
    case 'date':
      return { [name]: shortDate(answer as string, { locale: 'ar', timeZone: 'UTC' }) }
    case 'money':
      return { [name]: toDecimal(answer as Money) }
    case 'phone':
      return { [name]: formatPhone(answer as string) }
    default:
      return { [name]: String(answer) }
  }
}
