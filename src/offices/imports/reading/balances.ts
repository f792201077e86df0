import { normaliseForSearch } from '../../../lib/arabic.ts'
import { type DueKind, dueKinds, type Field, type ReadBalance, type Reading } from '../model.ts'
import { readAmount, readCurrency } from './amount.ts'
import type { CellOf } from './row.ts'

export type BalancesReading = { ok: true; value: ReadBalance[] } | { ok: false; reason: string }

const kindWords: readonly (readonly [RegExp, DueKind])[] = [
  [/كهرب|electr/, 'electricity'],
  [/مياه|ماء|^ما$|water/, 'water'],
  [/مجاري|صرف|sew/, 'sewage'],
  [/نفاي|نظاف|waste/, 'waste'],
  [/املاك|ابنيه|معارف|property/, 'property'],
  [/رخص|حرف|licen/, 'licence'],
  [/ايجار|اجار|rent/, 'rent'],
  [/مخالف|غرام|fine/, 'fine'],
]

/** The kind of due a cell names; undefined when it names none we know. */
const readKind = (text: string): DueKind | undefined => {
  const folded = normaliseForSearch(text)
  return kindWords.find(([words]) => words.test(folded))?.[1]
}

/** All that a row says of money: one sum for each kind and currency, zero left out. */
export function readBalances(
  cell: CellOf,
  reading: Reading,
  has: (field: Field) => boolean,
  notes: string[],
): BalancesReading {
  const currencyText = cell('currency')
  const currency = currencyText === '' ? reading.currency : readCurrency(currencyText)
  if (!currency) return { ok: false, reason: 'currency-unknown' }
  const kindText = cell('kind')
  const kind = kindText === '' ? reading.dueKind : readKind(kindText)
  const habits = { decimal: reading.decimal, currency }
  const read: { kind: DueKind; text: string; sign: 1 | -1 }[] = []
  for (const [field, sign] of [
    ['balance', 1],
    ['debit', 1],
    ['credit', -1],
  ] as const) {
    if (!has(field) || cell(field) === '') continue
    if (!kind) return { ok: false, reason: 'kind-unknown' }
    read.push({ kind, text: cell(field), sign })
  }
  for (const each of dueKinds) {
    if (has(`balance:${each}`)) read.push({ kind: each, text: cell(`balance:${each}`), sign: 1 })
  }
  const sums = new Map<string, ReadBalance>()
  for (const { kind, text, sign } of read) {
    const amount = readAmount(text, habits)
    if (!amount) continue
    if (!amount.ok) return { ok: false, reason: amount.code }
    if (amount.rounded) notes.push('amount-rounded')
    // A credit column holds what stands to somebody's credit, whichever sign it is written with.
    const minor = sign === -1 ? -Math.abs(amount.minor) : amount.minor
    const name = `${kind} ${amount.currency}`
    const before = sums.get(name)?.minor ?? 0
    sums.set(name, { kind, currency: amount.currency, minor: before + minor })
  }
  const value = [...sums.values()].filter(sum => sum.minor !== 0)
  if (value.some(sum => sum.minor < 0)) notes.push('credit')
  return { ok: true, value }
}
