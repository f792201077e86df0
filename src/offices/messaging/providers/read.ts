import { CORE_SCHEMA, load } from 'js-yaml'
import { stripControls, toWesternDigits } from '../../../lib/arabic.ts'
import { Decimal } from '../../../lib/decimal.ts'
import type { Fault } from '../../../lib/errors.ts'
import { type Currency, isCurrency, minorDigits } from '../../../lib/money.ts'
import { settingsOf } from '../carriers/open.ts'
import type { CarrierSecret } from '../carriers/settings.ts'
import { dialectOf, type Field, fieldsOf, type Kind } from './fields.ts'
import type { ProviderInput } from './store.ts'

export type Typed = (name: string) => string

export type ReadProvider =
  | { ok: true; input: ProviderInput; secret: Omit<CarrierSecret, 'hook'> }
  | { ok: false; faults: Fault[] }

const longestName = 40
const longestDescription = 8_000

/** Reads the form of a provider; each fault says at its field what to do. `known`: its secret is kept, and may be left empty. */
export function readProvider(kind: Kind, typed: Typed, known: boolean): ReadProvider {
  const faults: Fault[] = []
  const wrong = (field: string, code: string, values?: Record<string, string | number>) =>
    faults.push({ field, code, ...(values && { values }) })
  const name = stripControls(typed('name')).trim()
  if (name === '' || name.length > longestName) wrong('name', 'provider-name')
  const whole = (field: string, min: number, max: number, optional = false): number | undefined => {
    const text = toWesternDigits(typed(field)).trim().replaceAll(/[,٬]/g, '')
    if (text === '' && optional) return undefined
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
    if (value >= min && value <= max) return value
    wrong(field, 'whole-between', { min, max })
    return undefined
  }
  const weight = whole('weight', 0, 100) ?? 0
  const rate = whole('rate', 1, 10_000, true)
  const dailyParts = whole('dailyParts', 1, 100_000_000, true)
  const currency = typed('currency')
  const milli = isCurrency(currency) ? readPrice(typed('price'), currency) : undefined
  if (milli === undefined) wrong('price', 'provider-price')
  const fields = fieldsOf[kind]
  const secretOf = (field: 'user' | 'password' | 'token') => {
    const asked = fields.find(each => each.name === field)
    const value = asked ? stripControls(typed(field)).trim().slice(0, 200) : ''
    if (asked && !asked.optional && value === '' && !known) wrong(field, `provider-${field}`)
    return value
  }
  const secret = { user: secretOf('user'), password: secretOf('password'), token: secretOf('token') }
  if (kind === 'hotsms' && !known && !secret.token && !(secret.user && secret.password))
    wrong('user', 'provider-log-in')
  const settings = readSettings(kind, typed, whole, wrong)
  if (faults.length > 0 || milli === undefined) return { ok: false, faults }
  const price = { milli, currency: currency as Currency }
  const input = { name, dialect: dialectOf[kind], weight, rate, dailyParts, price, settings }
  return { ok: true, secret, input: { ...input, isOn: typed('isOn') === 'yes' } }
}

type Wrong = (field: string, code: string, values?: Record<string, string | number>) => void
type Whole = (field: string, min: number, max: number, optional?: boolean) => number | undefined

/** What is set of the dialect, checked by its own shape. */
function readSettings(kind: Kind, typed: Typed, whole: Whole, wrong: Wrong): unknown {
  const settings: Record<string, unknown> = {}
  let readable = true
  if (kind === 'http' || kind === 'hotsms') settings.shape = kind === 'http' ? 'described' : 'hotsms'
  for (const field of fieldsOf[kind]) {
    if (field.secret) continue
    const value = settingOf(field, typed, whole)
    if (field.name === 'description') {
      const described = readDescription(typed('description'))
      if (described) Object.assign(settings, described)
      else {
        readable = false
        wrong('description', 'provider-yaml')
      }
    } else if (value !== undefined && value !== '') settings[field.name] = value
    else if (!field.optional && field.as !== 'number') wrong(field.name, codeOf(field))
  }
  const parsed = settingsOf[dialectOf[kind]].safeParse(settings)
  if (parsed.success) return parsed.data
  const described: string[] = []
  for (const { path } of parsed.error.issues) {
    const field = fieldsOf[kind].find(({ name }) => name === path[0])
    if (!field) described.push(path.join('.'))
    // A number out of bounds has said so already, and what is missing too.
    else if (field.as !== 'number' && settings[field.name] !== undefined) wrong(field.name, codeOf(field))
  }
  if (described.length > 0 && readable)
    wrong('description', 'provider-described', { where: described.join(' · ') })
  return undefined
}

const codeOf = ({ name, as }: Field): string => (as === 'choice' ? 'not-an-option' : `provider-${name}`)

function settingOf(field: Field, typed: Typed, whole: Whole): unknown {
  if (field.as === 'number') return whole(field.name, field.min ?? 0, field.max ?? 1_000_000)
  if (field.as === 'yes') return typed(field.name) === 'yes'
  const text = field.as === 'lines' ? typed(field.name).trim() : stripControls(typed(field.name)).trim()
  return field.as === 'list' ? text.split(/[\s,،]+/).filter(Boolean) : text
}

/** A description of requests, which is YAML; undefined where it is none. */
function readDescription(text: string): Record<string, unknown> | undefined {
  if (text.length > longestDescription) return undefined
  try {
    const value = load(text, { schema: CORE_SCHEMA, maxAliases: 0, maxDepth: 10 })
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

/** Thousandths of the minor unit of a price such as `0.045`; undefined where it is none. */
function readPrice(text: string, currency: Currency): number | undefined {
  const typed = toWesternDigits(text).trim().replace('٫', '.')
  const price = /^\d{1,4}(\.\d{1,6})?$/.test(typed) ? Decimal.parse(typed) : undefined
  if (!price) return undefined
  const [whole = '', rest = ''] = typed.split('.')
  const digits = minorDigits[currency] + 3
  if (rest.length > digits) return undefined
  return Number(whole + rest.padEnd(digits, '0'))
}

/** A price as it is typed: 4500 thousandths of an agora are `0.045`. */
export function priceAsTyped(milli: number, currency: Currency): string {
  const digits = minorDigits[currency] + 3
  const text = String(milli).padStart(digits + 1, '0')
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`.replace(/\.?0+$/, '')
}
