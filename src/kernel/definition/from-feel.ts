/** What a rule gives, as an answer of a form: how an application fills in the answers of the requests it files as its parts. */

import { Decimal } from '../../lib/decimal.ts'
import type { FeelValue } from '../feel/index.ts'
import type { Answer, Answers, Field } from './model.ts'

/** The answer a field takes from a rule's result; undefined when it is not known or does not fit the field's kind. */
export function fromFeel(field: Field, value: FeelValue): Answer | undefined {
  if (value === null) return undefined
  if (value instanceof Decimal) return value.toNumber()
  if (Array.isArray(value)) {
    if (field.kind !== 'group') return value.filter(item => typeof item === 'string')
    return value.map(row => rowOf(field, Object(row)))
  }
  if (typeof value !== 'object') return value
  if (field.kind === 'money') return value as Answer
  return contextOf(field, value as Record<string, FeelValue>)
}

function rowOf(field: Field, row: Record<string, FeelValue>): Answers {
  return Object.fromEntries(
    (field.fields ?? []).flatMap(inner => {
      const answer = fromFeel(inner, row[inner.id] ?? null)
      return answer === undefined ? [] : [[inner.id, answer] as const]
    }),
  )
}

/** Parts that are not known were left blank. */
function contextOf(field: Field, context: Record<string, FeelValue>): Answer {
  const blank = field.kind === 'map-point' ? 0 : ''
  return Object.fromEntries(
    Object.entries(context).map(([key, part]) => [
      key,
      part instanceof Decimal ? part.toNumber() : (part ?? blank),
    ]),
  ) as Answer
}
