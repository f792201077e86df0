import type { Decimal } from '../../lib/decimal.ts'
import type { Localized } from '../../lib/localized.ts'
import type { Currency, Money } from '../../lib/money.ts'

/** What an expression may be. The currency is part of an amount's type, so mixing two does not compile. */
export type FeelType =
  | { readonly kind: 'number' | 'text' | 'boolean' | 'date' | 'null' }
  | { readonly kind: 'money'; readonly currency: Currency }
  | { readonly kind: 'list'; readonly of: FeelType }
  | { readonly kind: 'context'; readonly fields: FeelScope }

/** The names an expression may use. */
export type FeelScope = { readonly [name: string]: FeelType }

/** A value as it goes in and comes out: dates are 'YYYY-MM-DD', null is "not known". */
export type FeelValue =
  | null
  | boolean
  | string
  | Decimal
  | Money
  | readonly FeelValue[]
  | { readonly [name: string]: FeelValue | undefined }

export type FeelValues = { readonly [name: string]: FeelValue | undefined }

export const numberType: FeelType = { kind: 'number' }
export const textType: FeelType = { kind: 'text' }
export const booleanType: FeelType = { kind: 'boolean' }
export const dateType: FeelType = { kind: 'date' }
export const nullType: FeelType = { kind: 'null' }
export const moneyType = (currency: Currency): FeelType => ({ kind: 'money', currency })
export const listType = (of: FeelType): FeelType => ({ kind: 'list', of })
export const contextType = (fields: FeelScope): FeelType => ({ kind: 'context', fields })

/** The type both have, null fitting every type; undefined when they do not agree. */
export function unify(a: FeelType, b: FeelType): FeelType | undefined {
  if (a === b || b.kind === 'null') return a
  if (a.kind === 'null') return b
  if (a.kind === 'money' && b.kind === 'money') return a.currency === b.currency ? a : undefined
  if (a.kind === 'list' && b.kind === 'list') {
    const of = unify(a.of, b.of)
    return of && listType(of)
  }
  if (a.kind === 'context' || b.kind === 'context') return undefined
  return a.kind === b.kind ? a : undefined
}

const names: Record<FeelType['kind'], Localized> = {
  number: { ar: 'عدد', en: 'a number' },
  text: { ar: 'نص', en: 'a text' },
  boolean: { ar: 'نعم أو لا', en: 'a yes or no' },
  date: { ar: 'تاريخ', en: 'a date' },
  null: { ar: 'لا قيمة', en: 'no value' },
  money: { ar: 'مبلغ', en: 'an amount' },
  list: { ar: 'قائمة', en: 'a list' },
  context: { ar: 'مجموعة حقول', en: 'a group of fields' },
}

/** A type's name for the person who writes rules. */
export function describeType(type: FeelType): Localized {
  const name = names[type.kind]
  if (type.kind !== 'money') return name
  return { ar: `${name.ar} (${type.currency})`, en: `${name.en} (${type.currency})` }
}
