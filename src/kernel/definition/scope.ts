import { isCalendarDate } from '../../lib/calendar.ts'
import { Decimal } from '../../lib/decimal.ts'
import {
  booleanType,
  contextType,
  dateType,
  type FeelScope,
  type FeelType,
  type FeelValue,
  listType,
  moneyType,
  numberType,
  textType,
} from '../feel/index.ts'
import type { Field, ServiceDefinition } from './model.ts'

const texts = (...names: string[]) => contextType(Object.fromEntries(names.map(name => [name, textType])))
const addressType = texts('block', 'quarter', 'parcel', 'landmark')
const personType = texts('first', 'father', 'grandfather', 'family', 'nationalId')
const pointType = contextType({ lat: numberType, lon: numberType })

/** What a rule sees of a field. */
function fieldType(field: Field): FeelType {
  switch (field.kind) {
    case 'whole-number':
    case 'decimal':
      return numberType
    case 'money':
      return moneyType(field.currency ?? 'ILS')
    case 'date':
      return dateType
    case 'yes-no':
      return booleanType
    case 'multiple':
      return listType(textType)
    case 'address':
      return addressType
    case 'map-point':
      return pointType
    case 'person':
      return personType
    case 'group':
      return listType(contextType(fieldScope(field.fields ?? [])))
    default:
      return textType
  }
}

export const fieldScope = (fields: readonly Field[]): FeelScope =>
  Object.fromEntries(fields.map(field => [field.id, fieldType(field)]))

/** What every rule of a service may name. */
export function commonScope({ tariffs }: ServiceDefinition): FeelScope {
  const amounts = Object.fromEntries(tariffs.map(({ key, currency }) => [key, moneyType(currency)]))
  return { capacity: textType, channel: textType, today: dateType, tariff: contextType(amounts) }
}

export const answerFields = ({ form }: ServiceDefinition): Field[] => form.pages.flatMap(page => page.fields)
/** What officers fill in, on steps and with the opinions asked there. */
export const officerFields = ({ steps }: ServiceDefinition): Field[] =>
  steps.flatMap(({ fields = [], opinions = [] }) => [
    ...fields,
    ...opinions.flatMap(opinion => opinion.fields ?? []),
  ])

/** Everything a rule of a running request may name. */
export function wholeScope(definition: ServiceDefinition): FeelScope {
  return {
    ...fieldScope([...answerFields(definition), ...officerFields(definition)]),
    ...commonScope(definition),
  }
}

/** An answer as a rule reads it. Whatever does not fit the field's kind is "not known": stored data never stops a rule. */
export function toFeel(field: Field, answer: unknown): FeelValue {
  return answer === undefined || answer === null ? null : ofType(fieldType(field), field, answer)
}

function ofType(type: FeelType, field: Field, answer: unknown): FeelValue {
  switch (type.kind) {
    case 'number':
      return toDecimal(answer)
    case 'boolean':
      return typeof answer === 'boolean' ? answer : null
    case 'date':
      return typeof answer === 'string' && isCalendarDate(answer) ? answer : null
    case 'text':
      return typeof answer === 'string' ? answer : null
    case 'money': {
      const { minor, currency } = Object(answer)
      return Number.isSafeInteger(minor) && currency === type.currency ? { minor, currency } : null
    }
    case 'list':
      if (!Array.isArray(answer)) return null
      if (field.kind !== 'group') return answer.filter(item => typeof item === 'string')
      return answer.map(row =>
        Object.fromEntries(
          (field.fields ?? []).map(inner => [inner.id, toFeel(inner, Object(row)[inner.id])]),
        ),
      )
    case 'context':
      return toContext(Object.keys(type.fields), field, Object(answer))
    case 'null':
      return null
  }
}

function toContext(keys: string[], field: Field, answer: Record<string, unknown>): FeelValue {
  if (field.kind === 'map-point') return { lat: toDecimal(answer.lat), lon: toDecimal(answer.lon) }
  // A part left blank is not known, so that a rule may ask `place.parcel = null`.
  const part = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null)
  return Object.fromEntries(keys.map(key => [key, part(answer[key])]))
}

function toDecimal(value: unknown): Decimal | null {
  return typeof value === 'number' && Number.isFinite(value) ? Decimal.of(value) : null
}
