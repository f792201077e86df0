import { BadRequest, Conflict, NotFound } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import { money, negate } from '../../lib/money.ts'
import type { Write } from '../../platform/database/index.ts'
import type { Events } from '../../platform/events.ts'
import { record } from '../audit/index.ts'
import { type ChargeRow, lockCharges, settle, settledPoints } from './charges.ts'
import { type Credited, openCredits } from './credits.ts'
import type { By, Receipt, ReceiptInput, VoucherLine } from './model.ts'
import { ratesOn } from './rates.ts'
import { getReceipt } from './receipts.ts'
import { treasuryText } from './strings.ts'
import { amountsOf, cashOf, checkConversion, receiptEntries, settleTender } from './tender.ts'
import { dayOf } from './till/ceiling.ts'
import { checkTender } from './till/check.ts'
import { ledgerOf, placeOf } from './till/place.ts'
import { tillSettings } from './till/settings.ts'
import { post } from './vouchers.ts'
import { writeReceipt } from './write-receipt.ts'

/**
 * Takes money for charges and on account, and writes the receipt (سند قبض): the one way by which money comes in. It goes into the
 * collector's open till session; what came in online belongs to none. A fee point of a request that is settled by it is told to the other
 * offices. The serial is taken last of all, after what they do: other receipts of the book wait only for this transaction's end, and one that
 * is undone leaves no gap.
 * @throws Conflict `till-not-open`, `charge-overpaid`, `charge-cancelled`, `tender-short`, `change-wrong`, `rate-changed`, `cheque-in-past` …
 */
export async function takeReceipt(tx: Write, events: Events, input: ReceiptInput): Promise<Receipt> {
  const at = input.receivedAt ?? tx.now
  checkInput(tx, input, at)
  await checkTenders(tx, input, at)
  const place = await placeOf(tx, input)
  const charges = await lockCharges(
    tx,
    input.lines.flatMap(line => line.chargeId ?? []),
  )
  allocate(input, charges)
  const rates = needsRates(input) ? await ratesOn(tx, at) : new Map()
  for (const line of input.lines) checkConversion(line, rates)
  const paid = input.lines.map(line => line.paid)
  const kept = settleTender(paid, input.tenders, rates, tender => ledgerOf(tender, place))
  const credits = await openCredits(tx, input.lines, input.payer.personId)

  const receiptId = newId(tx.now)
  const by = input.by ?? takerOf(input)
  const rounding = cashOf(input.tenders).rounding ?? []
  const entries = receiptEntries(kept, rounding, settled(input, charges, credits))
  const { requestId } = input
  const description = treasuryText('ar', 'voucher-receipt')
  const voucherId = await post(
    tx,
    { kind: 'receipt', at, description, by, requestId, sessionId: place.session?.sessionId },
    entries,
  )
  await settle(
    tx,
    input.lines.flatMap(({ chargeId, amount }) =>
      chargeId === undefined ? [] : [{ chargeId, minor: amount.minor }],
    ),
  )
  await record(tx, {
    actor: by,
    act: 'treasury.receipt-taken',
    subjectKind: 'receipt',
    subjectId: receiptId,
    personId: input.payer.personId ?? charges[0]?.debtor_id,
    requestId,
  })
  const touched = new Set(charges.filter(row => pays(input, row)).map(pointKey))
  for (const point of settledPoints(charges)) {
    if (!touched.has(`${point.requestId} ${point.feePoint}`)) continue
    await events.publish(tx, 'treasury.settled', { ...point, receiptId, by })
  }
  await writeReceipt(tx, input, { receiptId, voucherId, at, rates, place, credits })
  return getReceipt(tx, receiptId)
}

const pointKey = (row: ChargeRow) => `${row.request_id} ${row.fee_point}`
const pays = (input: ReceiptInput, row: ChargeRow): boolean =>
  input.lines.some(line => line.chargeId === row.charge_id)

/** What came in online without anybody's doing is the system's. */
const takerOf = ({ collectorId }: ReceiptInput): By =>
  collectorId === undefined ? { kind: 'system', id: 'online' } : { kind: 'staff', id: collectorId }

function checkInput(tx: Write, input: ReceiptInput, at: Date): void {
  if (input.payer.name.trim() === '') throw new BadRequest('payer-missing')
  if (input.lines.length === 0) throw new BadRequest('receipt-empty')
  if (input.tenders.length === 0) throw new BadRequest('tender-missing')
  if (at > tx.now) throw new BadRequest('received-in-future')
}

/** Judged on the day the money was received: a page written last week may carry a cheque of that day. */
async function checkTenders(tx: Write, { tenders }: ReceiptInput, at: Date): Promise<void> {
  if (tenders.every(tender => tender.kind === 'cash')) return
  const on = await dayOf(tx, at)
  const settings = await tillSettings(tx, on)
  for (const tender of tenders) checkTender(tender, on, settings)
}

/** Lays the lines on the locked charges, in memory as `settle` will in the rows; more than is open is refused. */
function allocate(input: ReceiptInput, charges: readonly ChargeRow[]): void {
  for (const { chargeId, amount } of input.lines) {
    if (chargeId === undefined) continue
    const charge = charges.find(row => row.charge_id === chargeId)
    if (!charge) throw new NotFound('no-such-charge', { chargeId })
    if (charge.cancelled_at) throw new Conflict('charge-cancelled', { chargeId })
    if (charge.currency !== amount.currency) throw new BadRequest('charge-other-currency', { chargeId })
    const open = money(charge.amount_minor - charge.settled_minor, charge.currency)
    if (amount.minor > open.minor) throw new Conflict('charge-overpaid', { chargeId, open })
    charge.settled_minor += amount.minor
  }
}

/** What the money does to the accounts: charges are owed less, and what lies on account is owed to its owner. */
function settled(
  input: ReceiptInput,
  charges: readonly ChargeRow[],
  credits: ReadonlyMap<number, Credited>,
): VoucherLine[] {
  return input.lines.map(({ chargeId, amount }, at): VoucherLine => {
    const credit = credits.get(at)
    if (credit)
      return { ledger: `advance:${credit.accountKind}`, amount: negate(amount), accountId: credit.accountId }
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
function needsRates({ lines, tenders }: ReceiptInput): boolean {
  const all = [...lines.flatMap(line => [line.amount, line.paid]), ...amountsOf(tenders)]
  return new Set(all.map(each => each.currency)).size > 1
}
