import { z } from 'zod'
import { tariffsRead } from '../../../kernel/definition/index.ts'
import { isoDate } from '../../../kernel/form/index.ts'
import { toWesternDigits } from '../../../lib/arabic.ts'
import { addDays, type CalendarDate, isCalendarDate } from '../../../lib/calendar.ts'
import { Decimal } from '../../../lib/decimal.ts'
import { type Fault, type Parsed, parsed, unparsed } from '../../../lib/errors.ts'
import type { Localized } from '../../../lib/localized.ts'
import { type Currency, type Money, parseAmount } from '../../../lib/money.ts'
import type { CatalogueService } from '../../catalogue/index.ts'

/** One writing of a tariff; nobody set what came with a service. */
export type TariffRow = {
  key: string
  from: CalendarDate
  amount: Money
  decision?: string | undefined
  confirmed: boolean
  setBy?: string | undefined
  setAt?: Date | undefined
}

/** A tariff the published services name, with what is written of it, oldest first. */
export type TariffLine = {
  key: string
  currency: Currency
  /** The fees it makes up, as people know them. */
  names: Localized[]
  services: Localized[]
  note: string | undefined
  series: TariffRow[]
  now: TariffRow | undefined
  upcoming: TariffRow[]
}

/**
 * Every tariff the services on offer name, the unconfirmed first. `rows` are the town's, in the order in which a later one outdoes an
 * earlier; what came with a service holds only where the town's series says nothing of the day, as it does when a request is filed.
 */
export function tariffLines(
  offered: readonly CatalogueService[],
  rows: readonly TariffRow[],
  today: CalendarDate,
): TariffLine[] {
  const written = Map.groupBy(rows, row => row.key)
  const keys = [
    ...new Set(offered.flatMap(({ service }) => service.definition.tariffs.map(each => each.key))),
  ]
  const lines = keys.map(key => lineOf(key, offered, written.get(key) ?? [], today))
  return lines.sort((one, other) => Number(isConfirmed(one)) - Number(isConfirmed(other)))
}

export const isConfirmed = (line: TariffLine): boolean => line.now?.confirmed ?? false

function lineOf(
  key: string,
  offered: readonly CatalogueService[],
  series: TariffRow[],
  today: CalendarDate,
): TariffLine {
  const named = offered
    .map(({ service }) => service.definition)
    .filter(({ tariffs }) => tariffs.some(each => each.key === key))
  const defaults = named.flatMap(({ tariffs }) => tariffs.filter(each => each.key === key))
  // Services that share a fee each bring it along.
  const came = [...new Map(defaults.map(each => [`${each.from} ${each.amount}`, each])).values()]
    .flatMap(({ from, amount, currency, confirmed }): TariffRow[] => {
      const read = parseAmount(amount, currency)
      return read.ok ? [{ key, from, amount: read.value, confirmed }] : []
    })
    .sort((one, other) => one.from.localeCompare(other.from))
  const begun = (row: TariffRow) => row.from <= today
  return {
    key,
    currency: defaults[0]?.currency ?? 'ILS',
    names: distinct(
      named.flatMap(({ fees }) =>
        fees.filter(fee => tariffsRead(fee.amount).includes(key)).map(fee => fee.name),
      ),
    ),
    services: distinct(named.map(({ name }) => name)),
    note: defaults.find(each => each.note)?.note,
    series: series.length > 0 ? series : came,
    now: series.findLast(begun) ?? came.findLast(begun),
    upcoming: series.filter((row, at) => !begun(row) && series[at + 1]?.from !== row.from),
  }
}

const distinct = (texts: Localized[]): Localized[] => [
  ...new Map(texts.map(text => [text.ar, text])).values(),
]

export type NewTariff = { amount: Money; from: CalendarDate; decision: string }

/** More than any fee of a town: a slip of the keys, not a decision. */
const mostUnits = 1_000_000
const furthestDays = 5 * 366
const longestDecision = 60

/** Reads the form of a new amount: not before today, and never without the council's decision. */
export function readTariff(
  typed: { amount: string; from: string; decision: string },
  { currency, today }: { currency: Currency; today: CalendarDate },
): { ok: true; value: NewTariff } | { ok: false; faults: Fault[] } {
  const faults: Fault[] = []
  const amount = parseAmount(typed.amount, currency)
  const most = parseAmount(String(mostUnits), currency)
  if (!amount.ok) faults.push({ field: 'amount', code: amount.code })
  else if (most.ok && amount.value.minor > most.value.minor)
    faults.push({ field: 'amount', code: 'amount-too-large' })
  const from = isoDate(typed.from)
  if (!from || !isCalendarDate(from)) faults.push({ field: 'from', code: 'not-a-date' })
  else if (from < today) faults.push({ field: 'from', code: 'date-in-past' })
  else if (from > addDays(today, furthestDays)) faults.push({ field: 'from', code: 'date-too-far' })
  const decision = typed.decision.replace(/\s+/g, ' ').trim()
  if (decision === '') faults.push({ field: 'decision', code: 'decision-missing' })
  else if (decision.length > longestDecision)
    faults.push({ field: 'decision', code: 'too-long', values: { max: longestDecision } })
  return amount.ok && from && faults.length === 0
    ? { ok: true, value: { amount: amount.value, from, decision } }
    : { ok: false, faults }
}

/** Foreign money the town takes. */
export const rated = ['JOD', 'USD'] as const
export type RatedCurrency = (typeof rated)[number]
export const isRated = (text: string): text is RatedCurrency => (rated as readonly string[]).includes(text)

/** Between which a rate may stand, in shekels as written; a setting of the town. */
export const rateBoundsKey = 'treasury.rate-bounds'
export const rateBounds = z.object({ least: z.string(), most: z.string() })
/** Neither currency has ever stood near these ends. */
export const usualBounds: z.infer<typeof rateBounds> = { least: '1', most: '20' }

/** Reads a rate. What lies beyond the bounds is a point in the wrong place. */
export function readRate(text: string, bounds = usualBounds): Parsed<Decimal> {
  const typed = toWesternDigits(text)
    .replace(/[\s\u200e\u200f\u061c]/g, '')
    .replaceAll('٫', '.')
  if (typed === '') return unparsed('rate-missing')
  const rate = /^\d{1,7}(\.\d*)?$|^\.\d+$/.test(typed) ? Decimal.parse(typed) : undefined
  if (!rate) return unparsed('rate-malformed')
  const [least, most] = [Decimal.parse(bounds.least), Decimal.parse(bounds.most)]
  if ((least && rate.compare(least) < 0) || (most && rate.compare(most) > 0)) return unparsed('rate-absurd')
  return rate.equals(rate.round(6)) ? parsed(rate) : unparsed('too-precise')
}
