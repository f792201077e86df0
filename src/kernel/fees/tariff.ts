import type { CalendarDate } from '../../lib/calendar.ts'
import type { Money } from '../../lib/money.ts'

/** One row of what the council set: never edited, followed by a newer row. `validTo` is its last day. */
export type Tariff = {
  readonly key: string
  readonly validFrom: CalendarDate
  readonly validTo?: CalendarDate
  readonly amount: Money
  /** The council's decision it rests on. */
  readonly decision?: string
  /** False while an amount is only known from a guide or a neighbour town. */
  readonly confirmed: boolean
}

/**
 * The row that holds on a date: of those whose time it is, the one that began last, and of two that began
 * on one day the one that stands later in the series, which corrects the other.
 */
export function tariffOn(series: readonly Tariff[], date: CalendarDate): Tariff | 'no-tariff' {
  let found: Tariff | undefined
  for (const tariff of series) {
    if (tariff.validFrom > date || (tariff.validTo !== undefined && tariff.validTo < date)) continue
    if (!found || tariff.validFrom >= found.validFrom) found = tariff
  }
  return found ?? 'no-tariff'
}

/** Every key's row on a date; a key without one is absent. */
export function tariffsOn(tariffs: readonly Tariff[], date: CalendarDate): ReadonlyMap<string, Tariff> {
  const series = Map.groupBy(tariffs, tariff => tariff.key)
  const found = new Map<string, Tariff>()
  for (const [key, rows] of series) {
    const tariff = tariffOn(rows, date)
    if (tariff !== 'no-tariff') found.set(key, tariff)
  }
  return found
}
