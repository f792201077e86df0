import { Decimal } from '../../../lib/decimal.ts'
import type { Fault } from '../../../lib/errors.ts'
import { type Currency, currencies, type Money, minorDigits, money, parseAmount } from '../../../lib/money.ts'
import { cashDue, type Rate, readDay, type Tender } from '../../treasury/index.ts'

/** What is to be paid, and at which rates notes of another currency are taken. */
export type Asked = { sum: Money; due: Money; rounding: Money; exchange: ReadonlyMap<Currency, Rate> }

/** What was handed over, and what of it goes back in cash. */
export type Handed = { tenders: Tender[]; change: Money }

export type Typed = (name: string) => string

/** The kinds that are no cash, with the boxes of each. */
export const paperKinds = ['card', 'wallet', 'bank', 'cheque'] as const
export type PaperKind = (typeof paperKinds)[number]

/**
 * Reads what was handed over for a sum: papers first (card, wallet, deposit slip, cheque), notes of another currency by the day's rate,
 * and cash for the rest, with the change in the currency of the sum. The box of the cash says the whole sum until somebody types
 * something else: beside papers that means whatever is still missing.
 */
export function readHanded(
  typed: Typed,
  asked: Asked,
): { handed: Handed; fault?: undefined } | { fault: Fault; handed?: undefined } {
  const { sum, due, exchange } = asked
  const { currency } = sum
  const papers: Tender[] = []
  for (const kind of paperKinds) {
    const field = `${kind}-amount`
    if (typed(field).trim() === '') continue
    const amount = parseAmount(typed(field), currency)
    if (!amount.ok) return { fault: { field, code: amount.code } }
    if (amount.value.minor === 0) continue
    papers.push(paper(kind, amount.value, typed))
  }
  const foreign: Money[] = []
  for (const other of currencies) {
    const field = `notes-${other}`
    if (other === currency || typed(field).trim() === '') continue
    const amount = parseAmount(typed(field), other)
    if (!amount.ok) return { fault: { field, code: amount.code } }
    if (amount.value.minor === 0) continue
    if (currency !== 'ILS' || !exchange.has(other)) return { fault: { field, code: 'no-exchange-rate' } }
    foreign.push(amount.value)
  }
  const others = papers.reduce((total, tender) => total + ('amount' in tender ? tender.amount.minor : 0), 0)
  const last = papers.at(-1)
  if (others > sum.minor && last) return { fault: { field: `${last.kind}-amount`, code: 'more-than-due' } }
  const rest = money(sum.minor - others - worthOf(foreign, exchange), currency)
  const [coins] = cashDue([rest])
  const wanted = coins?.due ?? rest
  const read = readCash(typed('received'), { due, wanted, alone: papers.length + foreign.length === 0 })
  if ('fault' in read) return read
  const change = money(read.minor - wanted.minor, currency)
  const cash: Tender = {
    kind: 'cash',
    received: [...(read.minor > 0 ? [money(read.minor, currency)] : []), ...foreign],
    change: change.minor > 0 ? [change] : [],
    rounding: coins && coins.rounding.minor !== 0 ? [coins.rounding] : [],
  }
  const some = cash.received.length > 0 || cash.change.length > 0
  return { handed: { tenders: some ? [...papers, cash] : papers, change } }
}

/** The cash box: the sum it came with is whatever is wanted; too little is a fault. */
function readCash(
  typed: string,
  { due, wanted, alone }: { due: Money; wanted: Money; alone: boolean },
): { minor: number } | { fault: Fault } {
  const least = Math.max(0, wanted.minor)
  if (typed.trim() === '') return { minor: least }
  const read = parseAmount(typed, due.currency)
  if (!read.ok) return { fault: { field: 'received', code: read.code } }
  if (!alone && read.value.minor === due.minor) return { minor: least }
  if (read.value.minor < least) return { fault: { field: 'received', code: 'amount-too-small' } }
  return { minor: read.value.minor }
}

/** Notes of other currencies together in agorot, rounded once. */
function worthOf(notes: readonly Money[], exchange: ReadonlyMap<Currency, Rate>): number {
  const exact = notes.reduce((total, { minor, currency }) => {
    const rate = exchange.get(currency)?.rate ?? Decimal.zero
    return total.add(new Decimal(BigInt(minor), minorDigits[currency]).mul(rate))
  }, Decimal.zero)
  return exact.mul(Decimal.of(100)).round(0, 'half-up').toNumber()
}

function paper(kind: PaperKind, amount: Money, typed: Typed): Tender {
  const said = (name: string) => typed(`${kind}-${name}`).trim()
  const day = (name: string) => readDay(said(name)) ?? ''
  switch (kind) {
    case 'card':
      return { kind, amount, last4: said('last4'), slip: said('slip') }
    case 'wallet':
      return { kind, amount, reference: said('reference') }
    case 'bank':
      return { kind, amount, bank: said('bank'), number: said('number'), date: day('date') }
    case 'cheque':
      return {
        kind,
        amount,
        drawer: said('drawer'),
        bank: said('bank'),
        branch: said('branch'),
        number: said('number'),
        dueOn: day('date'),
      }
  }
}
