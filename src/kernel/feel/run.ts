import { isCalendarDate } from '../../lib/calendar.ts'
import { Decimal } from '../../lib/decimal.ts'
import { type Money, minorDigits, money } from '../../lib/money.ts'
import { FeelFailure } from './errors.ts'
import type { FeelType, FeelValue, FeelValues } from './types.ts'

/**
 * Values while a rule runs. Amounts are decimals of major units: their currency is in the type, and they are
 * rounded to the minor unit once, when they leave.
 */
export type Inner = null | boolean | string | Decimal | readonly Inner[] | Fields
export type Fields = { readonly [name: string]: Inner }

/** One evaluation: the values given, the work left, the places of loop variables, what was read. */
export type Run = {
  readonly values: FeelValues
  work: number
  readonly locals: Inner[]
  readonly reads: Map<string, FeelValue> | undefined
}

export type Closure = (run: Run) => Inner

/** Takes from the work a rule may do; its source is bounded, so only lists can use it up. */
export function spend(run: Run, work: number): void {
  run.work -= work
  if (run.work < 0) throw new FeelFailure('too-much-work')
}

type Reader = (value: FeelValue | undefined, run: Run) => Inner

const wrong = (name: string): never => {
  throw new FeelFailure('wrong-value', name)
}

function isFields(value: FeelValue | undefined): value is FeelValues {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Decimal)
}

const readMoney = (name: string, currency: Money['currency']): Reader => {
  const scale = minorDigits[currency]
  return value => {
    if (value === null || value === undefined) return null
    if (!isFields(value) || value.currency !== currency) return wrong(name)
    const minor: unknown = value.minor
    return Number.isSafeInteger(minor) ? new Decimal(BigInt(minor as number), scale) : wrong(name)
  }
}

const scalars = {
  number: (value: FeelValue) => value instanceof Decimal,
  text: (value: FeelValue) => typeof value === 'string',
  boolean: (value: FeelValue) => typeof value === 'boolean',
  date: (value: FeelValue) => typeof value === 'string' && isCalendarDate(value),
  null: () => false,
} as const

/** Reads a value given from outside as its declared type; what is missing is null, what does not fit is a failure. */
export function reader(type: FeelType, name: string): Reader {
  if (type.kind === 'money') return readMoney(name, type.currency)
  if (type.kind === 'list') {
    const item = reader(type.of, name)
    return (value, run) => {
      if (value === null || value === undefined) return null
      if (!Array.isArray(value)) return wrong(name)
      spend(run, value.length)
      return value.map(each => item(each, run))
    }
  }
  if (type.kind === 'context') {
    const fields = Object.entries(type.fields).map(
      ([key, of]) => [key, reader(of, `${name}.${key}`)] as const,
    )
    return (value, run) => {
      if (value === null || value === undefined) return null
      if (!isFields(value)) return wrong(name)
      return Object.fromEntries(fields.map(([key, read]) => [key, read(own(value, key), run)]))
    }
  }
  const fits = scalars[type.kind]
  return value => {
    if (value === null || value === undefined) return null
    return fits(value) ? (value as Inner) : wrong(name)
  }
}

/** A field the value itself has, never one of its prototype. */
export function own(value: FeelValue | undefined, key: string): FeelValue | undefined {
  return isFields(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

/** A result for the outside: amounts rounded half up to the minor unit. */
export function leave(value: Inner, type: FeelType): FeelValue {
  if (value === null) return null
  if (type.kind === 'money') return leaveMoney(value as Decimal, type.currency)
  if (type.kind === 'list') return (value as readonly Inner[]).map(item => leave(item, type.of))
  if (type.kind !== 'context') return value as FeelValue
  const fields = value as Fields
  return Object.fromEntries(
    Object.entries(type.fields).map(([key, of]) => [key, leave(fields[key] ?? null, of)]),
  )
}

function leaveMoney(value: Decimal, currency: Money['currency']): Money {
  const scale = minorDigits[currency]
  const minor = Number(value.round(scale, 'half-up').unitsAt(scale))
  if (!Number.isSafeInteger(minor)) throw new FeelFailure('out-of-range')
  return money(minor, currency)
}
