import { addDays } from '../../../lib/calendar.ts'
import { parseAmount } from '../../../lib/money.ts'
import type { Finding } from '../faults.ts'
import type { ServiceDefinition, Tariff } from '../model.ts'
import { tariffsRead } from '../tariffs-read.ts'
import type { Place } from './places.ts'

/** Whether each tariff a rule reads has an amount on every day, in one currency. */
export function checkTariffs(
  { tariffs }: ServiceDefinition,
  places: readonly Place[],
  today: string | undefined,
): Finding[] {
  const used = new Set(places.flatMap(({ rule }) => tariffsRead(rule)))
  const begins = tariffs.map(({ from }) => from).sort()[0]
  return [
    ...tariffs.flatMap((row, i) => checkRow(row, tariffs.slice(0, i), i)),
    ...[...new Set(tariffs.map(({ key }) => key))].flatMap(key => {
      const first = tariffs.findIndex(row => row.key === key)
      if (!used.has(key)) {
        const path = ['tariffs', first, 'key']
        return [{ path, code: 'tariff-unused', values: { key }, severity: 'warning' } as const]
      }
      return checkDays(tariffs, key, today ?? begins ?? '')
    }),
  ]
}

function checkRow({ key, from, until, amount, currency }: Tariff, before: Tariff[], i: number): Finding[] {
  const others = before.filter(row => row.key === key)
  const findings: Finding[] = []
  if (others.some(row => row.from === from)) {
    findings.push({ path: ['tariffs', i, 'from'], code: 'tariff-duplicate', values: { key } })
  }
  if (others.some(row => row.currency !== currency)) {
    findings.push({ path: ['tariffs', i, 'currency'], code: 'tariff-currency', values: { key } })
  }
  if (!parseAmount(amount, currency).ok) {
    findings.push({ path: ['tariffs', i, 'amount'], code: 'tariff-amount', values: { amount } })
  }
  if (until !== undefined && until < from)
    findings.push({ path: ['tariffs', i, 'until'], code: 'tariff-turned' })
  return findings
}

/** Days on which a key has no amount: before its first row, between two, after the last. */
function checkDays(tariffs: readonly Tariff[], key: string, start: string): Finding[] {
  const rows = tariffs
    .map((row, i) => ({ ...row, i }))
    .filter(row => row.key === key)
    .sort((a, b) => (a.from < b.from ? -1 : 1))
  const findings: Finding[] = []
  const [first] = rows
  if (first && first.from > start) {
    const values = { key, from: first.from }
    findings.push({ path: ['tariffs', first.i, 'from'], code: 'tariff-late', values })
  }
  rows.forEach(({ i, from, until }, r) => {
    // A row that ends before it begins is said already.
    if (until === undefined || until < from) return
    const next = rows[r + 1]
    const path = ['tariffs', i, 'until']
    if (!next) findings.push({ path, code: 'tariff-ends', values: { key, until } })
    else if (next.from > addDays(until, 1)) {
      const values = { key, from: addDays(until, 1), to: addDays(next.from, -1) }
      findings.push({ path, code: 'tariff-gap', values })
    }
  })
  return findings
}
