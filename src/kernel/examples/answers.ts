import { isCurrency, parseAmount } from '../../lib/money.ts'
import type { Answer, Answers, Field } from '../definition/index.ts'
import type { FormFault } from '../form/index.ts'
import { inspectField } from '../form/inspect.ts'

/** Answers as examples write them, made what a form would have read: '50 ILS' is an amount. */
export function readAnswers(fields: readonly Field[], written: Answers): Answers {
  const kinds = new Map(fields.map(field => [field.id, field]))
  return Object.fromEntries(
    Object.entries(written).map(([id, answer]) => [id, readAnswer(kinds.get(id), answer)]),
  )
}

function readAnswer(field: Field | undefined, answer: Answer | undefined): Answer | undefined {
  if (field?.kind === 'group' && Array.isArray(answer)) {
    return (answer as Answers[]).map(row => readAnswers(field.fields ?? [], row))
  }
  if (field?.kind !== 'money' || typeof answer !== 'string') return answer
  const [figures = '', currency = ''] = answer.split(' ')
  const amount = isCurrency(currency) ? parseAmount(figures, currency) : undefined
  return amount?.ok ? amount.value : answer
}

/** What is wrong with answers to these fields; which of them are asked is found elsewhere. */
export function faultsIn(fields: readonly Field[], answers: Answers, today: string): FormFault[] {
  const faults: FormFault[] = []
  const to = {
    fault: (field: string, code: FormFault['code']) => faults.push({ field, code }),
    warn: () => {},
  }
  for (const field of fields) {
    if (answers[field.id] !== undefined) inspectField(field, answers[field.id], field.id, today, to)
  }
  return faults
}
