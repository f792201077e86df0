import type { Answers, CompiledService, Field } from '../../kernel/definition/index.ts'
import { readStep } from '../../kernel/form/index.ts'
import { dateIn } from '../../lib/calendar.ts'
import type { Write } from '../../platform/database/transaction.ts'
import type { Request } from '../requests/index.ts'
import { doneWords } from './complaints.ts'
import type { Stage } from './stage.ts'

/** What the rules of a request's service look at. */
export const valuesOf = (request: Request) => ({
  answers: request.answers,
  stepFields: request.projection.stepFields,
  capacity: request.capacity,
  channel: request.channel,
})

/** What an officer writes into the fields of a step, typed and read as on the page. */
export function fillFields(
  stage: Stage,
  service: CompiledService,
  step: string,
  fields: Field[],
  request: Request,
  tx: Write,
): Answers {
  const raw: Record<string, string> = {}
  for (const field of fields) raw[field.id] = typedFor(stage, field, request)
  const today = dateIn(tx.now, stage.town.timeZone)
  const context = { ...valuesOf(request), today, existing: request.answers }
  const reading = readStep(service, step, raw, context)
  const [fault] = reading.faults
  if (fault) throw new Error(`the demo town cannot fill ${step}: ${fault.field} ${fault.code}`)
  return reading.answers
}

function typedFor(stage: Stage, field: Field, request: Request): string {
  const { chance } = stage
  if (field.id === 'doneWords') return doneWords(stage, request)
  if (field.id === 'correction') return ''
  if (field.id === 'asphaltMetres') return String(chance.between(0, 6))
  switch (field.kind) {
    case 'whole-number':
      return String(chance.between(field.min ?? 1, Math.min(field.max ?? 60, 60)))
    case 'decimal':
      return `${chance.between(field.min ?? 0, Math.min(field.max ?? 90, 90))}.${chance.between(0, 9)}`
    case 'money':
      return String(chance.between(0, 90))
    case 'choice':
      return field.options?.[0]?.id ?? ''
    case 'yes-no':
      return 'yes'
    case 'text':
      if (/meter/i.test(field.id)) return `M-${chance.between(100_000, 999_999)}`
      return field.optional ? '' : `${chance.between(10, 400)}/2026`
    default:
      return field.optional ? '' : 'حسب الأصول.'
  }
}
