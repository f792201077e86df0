import { minorDigits } from '../../lib/money.ts'
import type { CompiledService } from '../definition/compiled.ts'
import type { Field } from '../definition/model.ts'
import { rowLimit, textLimits } from './inspect.ts'

export type JsonSchema = { [key: string]: unknown }

/**
 * The answers of a service as JSON Schema 2020-12, for partners who file by API. A condition cannot be said in it, so what depends on
 * one is never required here and carries its rule as `x-when`; the simulation has the last word.
 */
export function toJsonSchema(service: CompiledService): JsonSchema {
  const { code, version, name } = service.definition
  const placed = service.pages.flatMap(({ page, fields }) =>
    fields.map(({ field }) => ({ field, pageWhen: page.when })),
  )
  const properties = placed.map(({ field, pageWhen }) => [field.id, describe(field, pageWhen)] as const)
  const required = placed.filter(({ field, pageWhen }) => !pageWhen && isAlwaysRequired(field))
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:shubbak:service:${code}:${version}`,
    title: name.ar,
    'x-title-en': name.en,
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(properties),
    required: required.map(({ field }) => field.id),
  }
}

const isAlwaysRequired = (field: Field) => !field.optional && !field.when

function describe(field: Field, pageWhen?: string): JsonSchema {
  const when = [pageWhen, field.when].filter(rule => rule !== undefined)
  return {
    title: field.label.ar,
    'x-title-en': field.label.en,
    ...(field.hint && { description: field.hint.ar }),
    'x-kind': field.kind,
    ...(when.length > 0 && { 'x-when': when }),
    ...shape(field),
  }
}

const text = (maxLength: number): JsonSchema => ({ type: 'string', maxLength })

function record(properties: Record<string, JsonSchema>, required: string[]): JsonSchema {
  return { type: 'object', additionalProperties: false, properties, required }
}

function bounded(field: Field, low: string, high: string, most?: number): JsonSchema {
  const max = field.max ?? most
  return { ...(field.min !== undefined && { [low]: field.min }), ...(max !== undefined && { [high]: max }) }
}

function shape(field: Field): JsonSchema {
  const options = field.options?.map(option => option.id) ?? []
  switch (field.kind) {
    case 'text':
      return { type: 'string', ...bounded(field, 'minLength', 'maxLength', textLimits.text) }
    case 'long-text':
      return { type: 'string', ...bounded(field, 'minLength', 'maxLength', textLimits['long-text']) }
    case 'whole-number':
      return { type: 'integer', ...bounded(field, 'minimum', 'maximum') }
    case 'decimal':
      return { type: 'number', ...bounded(field, 'minimum', 'maximum') }
    case 'money':
      return moneyShape(field)
    case 'date':
      return { type: 'string', format: 'date' }
    case 'choice':
      return { type: 'string', enum: options }
    case 'multiple': {
      const items = { type: 'string', enum: options }
      return { type: 'array', uniqueItems: true, items, ...bounded(field, 'minItems', 'maxItems') }
    }
    case 'yes-no':
      return { type: 'boolean' }
    case 'national-id':
      return { type: 'string', pattern: '^\\d{9}$' }
    case 'phone':
      return { type: 'string', pattern: '^\\+\\d{7,15}$' }
    case 'address':
      return record(
        {
          block: text(20),
          quarter: text(textLimits.text),
          parcel: text(20),
          landmark: text(textLimits.text),
        },
        [],
      )
    case 'map-point':
      return record({ lat: { type: 'number' }, lon: { type: 'number' } }, ['lat', 'lon'])
    case 'person': {
      const part = text(textLimits.part)
      const parts = { first: part, father: part, grandfather: part, family: part, nationalId: text(9) }
      return record(parts, ['first', 'family'])
    }
    case 'account':
    case 'file':
      return text(64)
    case 'group': {
      const rows = field.fields ?? []
      const properties = Object.fromEntries(rows.map(row => [row.id, describe(row)]))
      const items = record(
        properties,
        rows.filter(isAlwaysRequired).map(row => row.id),
      )
      return { type: 'array', items, ...bounded(field, 'minItems', 'maxItems', rowLimit) }
    }
  }
}

function moneyShape(field: Field): JsonSchema {
  const currency = field.currency ?? 'ILS'
  const minor = (major: number) => Math.round(major * 10 ** minorDigits[currency])
  const bounds = {
    minimum: minor(field.min ?? 0),
    ...(field.max !== undefined && { maximum: minor(field.max) }),
  }
  return record({ minor: { type: 'integer', ...bounds }, currency: { const: currency } }, [
    'minor',
    'currency',
  ])
}
