import type { Answers, ServiceDefinition } from '../../../kernel/definition/index.ts'
import { isCurrency, parseAmount } from '../../../lib/money.ts'

/** Answers and what officers filled in, as the first example has them: what a preview is filled with. */
export function exampleAnswers({ examples = [], form, steps }: ServiceDefinition): {
  answers: Answers
  stepFields: Answers
} {
  const [first] = examples
  const fields = [...form.pages.flatMap(page => page.fields), ...steps.flatMap(step => step.fields ?? [])]
  const amounts = new Set(fields.filter(field => field.kind === 'money').map(field => field.id))
  const read = (answers: Answers): Answers =>
    Object.fromEntries(
      Object.entries(answers).map(([id, answer]) => {
        if (!amounts.has(id) || typeof answer !== 'string') return [id, answer]
        const [figures = '', currency = ''] = answer.split(' ')
        const amount = isCurrency(currency) ? parseAmount(figures, currency) : undefined
        return [id, amount?.ok ? amount.value : answer]
      }),
    )
  const filled = (first?.acts ?? []).flatMap(act =>
    typeof act === 'object' && act.fields ? [act.fields] : [],
  )
  return { answers: read(first?.answers ?? {}), stepFields: read(Object.assign({}, ...filled)) }
}
