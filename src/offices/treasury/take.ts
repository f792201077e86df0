import { sql } from 'kysely'
import { BadRequest, Conflict, NotFound } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import { type Currency, money, negate } from '../../lib/money.ts'
import type { Write } from '../../platform/database/index.ts'
import type { Events } from '../../platform/events.ts'
import { record } from '../audit/index.ts'
import { type ChargeRow, lockCharges, settle, settledPoints } from './charges.ts'
import type { RateUsed, Receipt, ReceiptInput, VoucherLine } from './model.ts'
import { ratesOn } from './rates.ts'
import { getReceipt } from './receipts.ts'
import { treasuryText } from './strings.ts'
import { checkConversion, lineRate, type Rates, receiptEntries, settleTender } from './tender.ts'
import { post } from './vouchers.ts'

const bookName = /^[A-Za-z0-9]{1,12}$/

/**
 * Takes money for charges and writes the receipt (سند قبض). The serial is taken last: other receipts of the book wait only for this
 * transaction's end, and one that is undone leaves no gap. A fee point of a request that is settled by it is told to the other offices.
 */
export async function takeReceipt(tx: Write, events: Events, input: ReceiptInput): Promise<Receipt> {
  const at = input.receivedAt ?? tx.now
  checkInput(tx, input, at)
  const charges = await lockCharges(
    tx,
    input.lines.map(line => line.chargeId),
  )
  allocate(input, charges)
  const rates = needsRates(input) ? await ratesOn(tx, at) : new Map()
  for (const line of input.lines) checkConversion(line, rates)
  const kept = settleTender(
    input.lines.map(line => line.paid),
    input.tender,
    rates,
  )

  const receiptId = newId(tx.now)
  const by = input.by ?? { kind: 'staff', id: input.collectorId }
  const entries = receiptEntries(input.book, kept, input.tender.rounding ?? [], credits(input, charges))
  const description = treasuryText('ar', 'voucher-receipt')
  const voucher = { kind: 'receipt', at, description, by, requestId: input.requestId } as const
  const voucherId = await post(tx, voucher, entries)
  await settle(
    tx,
    input.lines.map(line => ({ chargeId: line.chargeId, minor: line.amount.minor })),
  )
  await record(tx, {
    ...{ actor: by, act: 'treasury.receipt-taken', subjectKind: 'receipt', subjectId: receiptId },
    ...{ personId: input.payer.personId ?? charges[0]?.debtor_id, requestId: input.requestId },
  })
  await writeReceipt(tx, input, { receiptId, voucherId, at, rates })
  const receipt = await getReceipt(tx, receiptId)
  const paid = new Set(input.lines.map(line => line.chargeId))
  const touched = new Set(charges.filter(row => paid.has(row.charge_id)).map(pointKey))
  for (const point of settledPoints(charges)) {
    if (!touched.has(`${point.requestId} ${point.feePoint}`)) continue
    await events.publish(tx, 'treasury.settled', { ...point, receiptId, number: receipt.number, by })
  }
  return receipt
}

const pointKey = (row: ChargeRow) => `${row.request_id} ${row.fee_point}`

function checkInput(tx: Write, input: ReceiptInput, at: Date): void {
  if (!bookName.test(input.book)) throw new BadRequest('book-malformed', { book: input.book })
  if (input.payer.name.trim() === '') throw new BadRequest('payer-missing')
  if (input.lines.length === 0) throw new BadRequest('receipt-empty')
  if (at > tx.now) throw new BadRequest('received-in-future')
}

/** Lays the lines on the locked charges, in memory as `settle` will in the rows; more than is open is refused. */
function allocate(input: ReceiptInput, charges: readonly ChargeRow[]): void {
  for (const { chargeId, amount } of input.lines) {
    const charge = charges.find(row => row.charge_id === chargeId)
    if (!charge) throw new NotFound('no-such-charge', { chargeId })
    if (charge.cancelled_at) throw new Conflict('charge-cancelled', { chargeId })
    if (charge.currency !== amount.currency) throw new BadRequest('charge-other-currency', { chargeId })
    const open = money(charge.amount_minor - charge.settled_minor, charge.currency)
    if (amount.minor > open.minor) throw new Conflict('charge-overpaid', { chargeId, open })
    charge.settled_minor += amount.minor
  }
}

function credits(input: ReceiptInput, charges: readonly ChargeRow[]): VoucherLine[] {
  return input.lines.map(({ chargeId, amount }) => {
    const charge = charges.find(row => row.charge_id === chargeId)
    return {
      ledger: `receivable:${charge?.due_kind}`,
      amount: negate(amount),
      accountId: charge?.account_id,
      chargeId,
    }
  })
}

/** Only money that changes its currency needs a rate. */
function needsRates({ lines, tender }: ReceiptInput): boolean {
  const all = [...lines.flatMap(line => [line.amount, line.paid]), ...tender.received, ...tender.change]
  return new Set(all.map(each => each.currency)).size > 1
}

type Written = { receiptId: string; voucherId: string; at: Date; rates: Rates }

async function writeReceipt(
  tx: Write,
  input: ReceiptInput,
  { receiptId, voucherId, at, rates }: Written,
): Promise<void> {
  const { lines } = input
  const tender = { rounding: [], ...input.tender, rates: ratesUsed(input, rates) }
  await sql`
    with day as (
      select extract(year from ${at}::timestamptz at time zone time_zone)::integer as year
        from municipality where municipality_id = ${tx.town}),
    head as (
      insert into receipt (municipality_id, receipt_id, book, year, serial, payer_id, payer_name, received_at, entered_at,
                           collector_id, tender, request_id, voucher_id)
      select ${tx.town}::uuid, ${receiptId}::uuid, ${input.book}::text, year, next_number(${`receipt:${input.book}`}, year),
             ${input.payer.personId ?? null}::uuid, ${input.payer.name.trim()}::text, ${at}::timestamptz, ${tx.now}::timestamptz,
             ${input.collectorId}::uuid, ${JSON.stringify(tender)}::jsonb, ${input.requestId ?? null}::uuid, ${voucherId}::uuid
        from day)
    insert into receipt_line (municipality_id, receipt_id, line, charge_id, currency, amount_minor, paid_currency, paid_minor, rate)
    select ${tx.town}::uuid, ${receiptId}::uuid, l.line, l.charge_id, l.currency, l.amount, l.paid_currency, l.paid, l.rate
      from unnest(${lines.map(line => line.chargeId)}::uuid[],
                  ${lines.map(line => line.amount.currency)}::text[], ${lines.map(line => line.amount.minor)}::bigint[],
                  ${lines.map(line => line.paid.currency)}::text[], ${lines.map(line => line.paid.minor)}::bigint[],
                  ${lines.map(line => lineRate(line, rates)?.toString() ?? null)}::numeric[])
           with ordinality as l(charge_id, currency, amount, paid_currency, paid, rate, line)`.execute(tx.q)
}

/** The rates this receipt rests on, with who set them. */
function ratesUsed({ lines, tender }: ReceiptInput, rates: Rates): RateUsed[] {
  const mixed = new Set<Currency>(
    [...lines.flatMap(line => [line.amount, line.paid]), ...tender.received, ...tender.change].map(
      each => each.currency,
    ),
  )
  return [...rates.values()]
    .filter(rate => mixed.has(rate.currency))
    .map(({ currency, rate, setBy, from }) => ({
      currency,
      rate: rate.toString(),
      setBy,
      from: from.toISOString(),
    }))
}
