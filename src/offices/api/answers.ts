import type { Answer, Answers, CompiledService, Field } from '../../kernel/definition/index.ts'
import { type JsonSchema, toJsonSchema } from '../../kernel/form/index.ts'
import { type Fault, InvalidInput } from '../../lib/errors.ts'
import { isCurrency, parseAmount } from '../../lib/money.ts'
import { pointer } from './faults.ts'

type Found = { faults: Fault[] }
type Sent = Record<string, unknown>

/**
 * Answers as a program sends them, in the form in which they are kept: parts left out of an address or a name are blank, amounts are
 * counted in minor units. What no question asks for is a fault, so that a slip in a name is not lost without a word. Whether an answer is
 * right, the form says afterwards.
 */
export function readAnswers(service: CompiledService, sent: Sent): Answers {
  const found: Found = { faults: [] }
  const fields = service.pages.flatMap(page => page.fields.map(({ field }) => field))
  const answers = readRecord(fields, sent, ['answers'], found)
  if (found.faults.length > 0) throw new InvalidInput(found.faults)
  return answers
}

function readRecord(fields: readonly Field[], sent: Sent, path: readonly string[], found: Found): Answers {
  const byId = new Map(fields.map(field => [field.id, field]))
  const answers: Answers = {}
  for (const [id, value] of Object.entries(sent)) {
    const field = byId.get(id)
    if (!field) found.faults.push({ field: pointer(...path, id), code: 'unknown-field' })
    else if (value !== null) answers[id] = readAnswer(field, value, [...path, id], found)
  }
  return answers
}

const parts: Partial<Record<Field['kind'], readonly string[]>> = {
  address: ['block', 'quarter', 'parcel', 'landmark'],
  person: ['first', 'father', 'grandfather', 'family', 'nationalId'],
  'map-point': ['lat', 'lon'],
  money: ['amount', 'currency'],
}

function readAnswer(field: Field, value: unknown, path: readonly string[], found: Found): Answer {
  const kept = value as Answer
  if (field.kind === 'group') {
    if (!Array.isArray(value)) return kept
    return value.map((row, at) =>
      isRecord(row) ? readRecord(field.fields ?? [], row, [...path, String(at)], found) : row,
    )
  }
  const known = parts[field.kind]
  if (!known || !isRecord(value)) return kept
  for (const name of Object.keys(value).filter(name => !known.includes(name)))
    found.faults.push({ field: pointer(...path, name), code: 'unknown-field' })
  if (field.kind === 'money') return readMoney(value, path, found)
  if (field.kind === 'map-point') return kept
  return Object.fromEntries(known.map(name => [name, value[name] ?? ''])) as Answer
}

function readMoney({ amount, currency }: Sent, path: readonly string[], found: Found): Answer {
  if (typeof amount !== 'string' || typeof currency !== 'string' || !isCurrency(currency)) {
    found.faults.push({ field: pointer(...path), code: 'wrong-kind' })
    return ''
  }
  const read = parseAmount(amount, currency)
  if (read.ok) return read.value
  found.faults.push({ field: pointer(...path, 'amount'), code: read.code })
  return ''
}

const isRecord = (value: unknown): value is Sent =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const amountSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  properties: { amount: { type: 'string' }, currency: { type: 'string' } },
  required: ['amount', 'currency'],
}

/** The form as JSON Schema, with amounts as this interface writes them. */
export function formSchema(service: CompiledService): JsonSchema {
  return withAmounts(toJsonSchema(service)) as JsonSchema
}

function withAmounts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withAmounts)
  if (!isRecord(value)) return value
  if (value['x-kind'] === 'money') {
    const { properties, required, additionalProperties, ...words } = value
    const currency = (properties as Record<string, JsonSchema>).currency
    return { ...words, ...amountSchema, properties: { ...(amountSchema.properties as object), currency } }
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withAmounts(inner)]))
}
