import type { Fault } from '../../lib/errors.ts'
import type { Localized } from '../../lib/localized.ts'
import { type Currency, compare, convert, type Money, money, parseAmount, subtract } from '../../lib/money.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import type { Call } from '../../web/call.ts'
import {
  type Charge,
  cashDue,
  freeBooks,
  openSessionOf,
  type Rate,
  type Receipt,
  type ReceiptLineInput,
  ratesOn,
  type Tender,
  takeReceipt,
} from '../treasury/index.ts'
import { clerkOf } from './clerk.ts'
import { hang } from './visit/hang.ts'

/** Something to be paid: a charge, or a fee that becomes one on filing. */
export type Item = {
  id: string
  label: Localized
  amount: Money
  /** The number of the decision that made a fee to come smaller. */
  exemption?: string
}

export type BillLine = Item & { paid: Money; rate: Rate | undefined }

/** What is to be taken for some items in one currency, with the day's rates. */
export type Bill = {
  lines: BillLine[]
  /** The sum as it is owed, and as coins can give it. */
  sum: Money
  due: Money
  rounding: Money
  rates: Rate[]
  /** At which rates notes of another currency are taken today. */
  exchange: ReadonlyMap<Currency, Rate>
}

/** No bill: a currency for which nobody has set a rate yet. */
export type BillWithoutRate = { missingRate: Currency }

/** Lays out what is to be paid in `payIn`. Shekels pay everything by the rate; another currency only what is owed in it. */
export async function billFor(
  tx: Read,
  items: readonly Item[],
  payIn: Currency,
): Promise<Bill | BillWithoutRate> {
  const rates = new Map<Currency, Rate>()
  const exchange = await ratesOn(tx, tx.now)
  const lines: BillLine[] = []
  for (const item of items) {
    const { currency } = item.amount
    if (currency === payIn) {
      lines.push({ ...item, paid: item.amount, rate: undefined })
      continue
    }
    const rate = payIn === 'ILS' && currency !== 'ILS' ? exchange.get(currency) : undefined
    if (!rate) return { missingRate: currency }
    rates.set(currency, rate)
    lines.push({ ...item, paid: convert(item.amount, { from: currency, to: 'ILS', rate: rate.rate }), rate })
  }
  const sum = money(
    lines.reduce((total, line) => total + line.paid.minor, 0),
    payIn,
  )
  const [cash] = cashDue([sum])
  return {
    lines,
    sum,
    due: cash?.due ?? sum,
    rounding: cash?.rounding ?? money(0, payIn),
    rates: [...rates.values()],
    exchange,
  }
}

export const isBill = (bill: Bill | BillWithoutRate): bill is Bill => 'lines' in bill

/** In which currencies these can be paid: shekels, and their own where they all have one other. */
export function waysToPay(items: readonly Item[]): Currency[] {
  const owed = new Set(items.map(item => item.amount.currency))
  const [only] = owed
  return owed.size === 1 && only !== undefined && only !== 'ILS' ? ['ILS', only] : ['ILS']
}

/** What was handed over, as typed; blank is exactly what is due. Too little is a fault of the field. */
export function readReceived(
  typed: string,
  due: Money,
  field: string,
): { received: Money; fault?: undefined } | { fault: Fault; received?: undefined } {
  if (typed.trim() === '') return { received: due }
  const read = parseAmount(typed, due.currency)
  if (!read.ok) return { fault: { field, code: read.code } }
  if (compare(read.value, due) < 0) return { fault: { field, code: 'amount-too-small' } }
  return { received: read.value }
}

export type Taking = {
  bill: Bill
  tenders: Tender[]
  payer: { personId: string; name: string }
  requestId?: string | undefined
}

/** The books somebody could open a till with; undefined where theirs is open. */
export async function closedTill(tx: Read, staffId: string): Promise<string[] | undefined> {
  return (await openSessionOf(tx, staffId)) ? undefined : freeBooks(tx)
}

/** Plain cash for a bill, with its change. */
export const cashFor = (bill: Bill, received: Money): Tender[] => [
  {
    kind: 'cash',
    received: [received],
    change: [subtract(received, bill.due)],
    rounding: [bill.rounding],
  },
]

/** Takes the money of a bill whose items are charges; gives the receipt. */
export async function take(
  tx: Write,
  call: Call,
  { bill, tenders, payer, requestId }: Taking,
): Promise<Receipt> {
  const lines = bill.lines.map(
    (line): ReceiptLineInput => ({
      chargeId: line.id,
      amount: line.amount,
      paid: line.paid,
      ...(line.rate && { rate: line.rate.rate }),
    }),
  )
  const receipt = await takeReceipt(tx, call.house.events, {
    payer,
    collectorId: clerkOf(call).staffId,
    requestId,
    lines,
    tenders,
  })
  await hang(tx, call, 'receipt.taken', { requestId, receiptId: receipt.id, personId: payer.personId })
  return receipt
}

/** Open charges as items of a bill. */
export const itemsOf = (charges: readonly Charge[]): Item[] =>
  charges
    .filter(charge => charge.open.minor > 0)
    .map(charge => ({ id: charge.id, label: charge.label, amount: charge.open }))
