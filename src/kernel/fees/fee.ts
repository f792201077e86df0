import type { CalendarDate } from '../../lib/calendar.ts'
import { Conflict } from '../../lib/errors.ts'
import type { Localized } from '../../lib/localized.ts'
import { type Currency, type Money, zero } from '../../lib/money.ts'
import {
  booleanType,
  type CompiledFeel,
  compileFeel,
  contextType,
  dateType,
  explain,
  FeelError,
  FeelFailure,
  type FeelScope,
  type FeelValue,
  type FeelValues,
  moneyType,
  unify,
} from '../feel/index.ts'
import { type Tariff, tariffOn } from './tariff.ts'

/** A named point of a service at which a fee falls due. */
export type FeePoint = 'before-filing' | 'after-decision' | 'before-execution'

export type FeeDefinition = {
  readonly id: string
  readonly name: Localized
  readonly at: FeePoint
  readonly currency: Currency
  /** FEEL of type money; names answers, `today` and `tariff.KEY`. */
  readonly amount: string
  /** FEEL of type boolean; the fee is due only where it is true. */
  readonly when?: string
  /** The kind of due the charge is posted to. */
  readonly dueKind: string
  /** A deposit: returned later, not income. */
  readonly refundable?: boolean
}

export type FeeScope = {
  /** Answers and whatever else the rules may name, by type. */
  readonly answers: FeelScope
  /** The keys of the town's tariffs and the currency each is set in. */
  readonly tariffs: Readonly<Record<string, Currency>>
}

export type CompiledFee = {
  readonly definition: FeeDefinition
  readonly amount: CompiledFeel
  readonly when: CompiledFeel | undefined
  /** Keys of the tariffs the amount or its condition may read. */
  readonly tariffKeys: readonly string[]
  readonly labels: Readonly<Record<string, Localized>>
}

/** One line of how an amount came about: a tariff or an answer that was read, or the amount itself. */
export type FeeReason = { readonly name: string; readonly label: Localized; readonly value: FeelValue }

export type Assessment =
  | {
      readonly ok: true
      /** Whether the fee is due at all; where its condition does not hold the amount is zero. */
      readonly due: boolean
      readonly amount: Money
      readonly reasons: readonly FeeReason[]
      readonly tariffUsed: readonly Tariff[]
    }
  | {
      readonly ok: false
      readonly code: 'no-tariff-for-date'
      readonly key: string
      readonly date: CalendarDate
    }
  /** An answer the amount rests on is not there yet. */
  | { readonly ok: false; readonly code: 'not-known'; readonly missing: readonly string[] }
  /** The rule gave less than nothing, or could not be carried through. */
  | { readonly ok: false; readonly code: 'negative-amount' | 'rule-failed'; readonly reason: string }

export type AssessmentInput = {
  readonly answers: FeelValues
  /** Rows of all keys and times; the ones of `date` are picked here. */
  readonly tariffs: readonly Tariff[]
  /** The day in the town whose tariffs hold. */
  readonly date: CalendarDate
}

const prefix = 'tariff.'

/** Compiles a fee's rules; throws `FeelError` with the place and the reason. Labels word names in the reasons. */
export function compileFee(
  definition: FeeDefinition,
  { answers, tariffs }: FeeScope,
  labels: Readonly<Record<string, Localized>> = {},
): CompiledFee {
  const keys = Object.entries(tariffs).map(([key, currency]) => [key, moneyType(currency)] as const)
  const scope: FeelScope = { ...answers, today: dateType, tariff: contextType(Object.fromEntries(keys)) }
  const amount = compileFeel(definition.amount, scope)
  const when = definition.when === undefined ? undefined : compileFeel(definition.when, scope)
  insist(amount, moneyType(definition.currency))
  if (when) insist(when, booleanType)
  const names = new Set([...amount.names, ...(when?.names ?? [])])
  const tariffKeys = [...names].filter(name => name.startsWith(prefix)).map(name => name.slice(prefix.length))
  return { definition, amount, when, tariffKeys, labels }
}

function insist(rule: CompiledFeel, type: ReturnType<typeof moneyType>): void {
  if (rule.type.kind === 'null' || !unify(type, rule.type))
    throw FeelError.ofType(rule.source, type, rule.type)
}

/** A rule read a tariff that has no row on the date. */
class NoTariff extends Conflict {
  readonly key: string

  constructor(key: string) {
    super('no-tariff-for-date', { key })
    this.key = key
  }
}

/** The tariffs as the rules read them: an amount that was not set on the date is an error, never nothing. */
function tariffValues(keys: readonly string[], series: ReadonlyMap<string, Tariff[]>, date: CalendarDate) {
  const used = new Map<string, Tariff>()
  const values = {}
  for (const key of keys) {
    Object.defineProperty(values, key, {
      enumerable: true,
      get() {
        const tariff = tariffOn(series.get(key) ?? [], date)
        if (tariff === 'no-tariff') throw new NoTariff(key)
        used.set(key, tariff)
        return tariff.amount
      },
    })
  }
  return { values, used }
}

/** The amount a fee comes to, with its reasons; what stands in the way is said, never taken as zero. */
export function assessFee(fee: CompiledFee, { answers, tariffs, date }: AssessmentInput): Assessment {
  const { values: tariff, used } = tariffValues(
    fee.tariffKeys,
    Map.groupBy(tariffs, row => row.key),
    date,
  )
  const values = { ...answers, today: date, tariff }
  try {
    const condition = fee.when && explain(fee.when, values)
    const applies = !condition || condition.value === true
    const result = applies ? explain(fee.amount, values) : { value: zero(fee.definition.currency), reads: [] }
    const reads = new Map([...(condition?.reads ?? []), ...result.reads].map(read => [read.name, read.value]))
    if (result.value === null) {
      return {
        ok: false,
        code: 'not-known',
        missing: [...reads].flatMap(([name, value]) => (value === null ? name : [])),
      }
    }
    const amount = result.value as Money
    if (amount.minor < 0) return { ok: false, code: 'negative-amount', reason: String(amount.minor) }
    const reasons = [...reads].map(([name, value]) => ({ name, label: labelOf(fee, name), value }))
    return { ok: true, due: applies, amount, reasons, tariffUsed: [...used.values()] }
  } catch (error) {
    if (error instanceof NoTariff) return { ok: false, code: 'no-tariff-for-date', key: error.key, date }
    if (error instanceof FeelFailure) return { ok: false, code: 'rule-failed', reason: error.message }
    throw error
  }
}

function labelOf(fee: CompiledFee, name: string): Localized {
  return fee.labels[name] ?? { ar: name.replace(prefix, ''), en: name.replace(prefix, '') }
}
