import { sql } from 'kysely'
import { Decimal } from '../../../lib/decimal.ts'
import { BadRequest, Conflict } from '../../../lib/errors.ts'
import { type Currency, type Money, money, negate } from '../../../lib/money.ts'
import type { Write } from '../../../platform/database/index.ts'
import type { Events } from '../../../platform/events.ts'
import { record } from '../../audit/index.ts'
import { lockCharges, settle, settledPoints } from '../charges.ts'
import type { By, Rate, Receipt, ReceiptLine, VoucherLine } from '../model.ts'
import { getReceipt } from '../receipts.ts'
import { balanced, convertBy, type Rates } from '../tender.ts'
import { post } from '../vouchers.ts'
import { type Cheque, getCheque, markCheque } from './cheques.ts'
import { lockCredits, undoAllocations } from './credits-back.ts'

/** What of a receipt's line a cheque had paid. */
type Part = { line: ReceiptLine; minor: number }

/**
 * A cheque the bank did not pay (شيك راجع): a counter-entry of today opens again what it had settled, the last line of its receipt first,
 * and the payer is told. What lay on account by it is not there any more; charges that had taken it are open again too.
 * @throws Conflict `cheque-settled`; BadRequest `reason-missing`
 */
export async function returnCheque(
  tx: Write,
  events: Events,
  chequeId: string,
  { by, reason }: { by: By; reason: string },
): Promise<void> {
  const said = reason.trim()
  if (said === '') throw new BadRequest('reason-missing')
  const cheque = await getCheque(tx, chequeId, 'lock')
  if (cheque.state !== 'held' && cheque.state !== 'cleared')
    throw new Conflict('cheque-settled', { number: cheque.number })
  const receipt = await getReceipt(tx, cheque.receiptId)
  const parts = await partsOf(tx, receipt, cheque)
  const credits = await lockCredits(
    tx,
    parts.flatMap(({ line }) => line.creditId ?? []),
  )
  for (const { line, minor } of parts) {
    const credit = credits.find(each => each.creditId === line.creditId)
    if (credit && credit.free < minor) await undoAllocations(tx, events, credit, by, said)
  }
  const charges = await lockCharges(
    tx,
    parts.flatMap(({ line }) => line.chargeId ?? []),
  )
  const paid = new Set(parts.map(({ line }) => `${line.requestId} ${line.feePoint}`))
  const reopened = settledPoints(charges).filter(point => paid.has(`${point.requestId} ${point.feePoint}`))
  const opened = parts.map(({ line, minor }): VoucherLine => {
    const amount = money(minor, line.amount.currency)
    const credit = credits.find(each => each.creditId === line.creditId)
    if (credit) return { ledger: `advance:${credit.accountKind}`, amount, accountId: credit.accountId }
    const charge = charges.find(each => each.charge_id === line.chargeId)
    return {
      ledger: `receivable:${charge?.due_kind}` as const,
      amount,
      accountId: charge?.account_id,
      chargeId: line.chargeId,
    }
  })
  const lay = cheque.state === 'held' ? 'cheques' : 'treasury:bank'
  const voucherId = await post(
    tx,
    { kind: 'cheque', at: tx.now, description: said, by, requestId: receipt.requestId },
    balanced([{ ledger: lay, amount: negate(cheque.amount) }, ...opened]),
  )
  await settle(
    tx,
    parts.flatMap(({ line: { chargeId }, minor }) => (chargeId ? [{ chargeId, minor: -minor }] : [])),
  )
  await write(tx, { cheque, parts, voucherId })
  await markCheque(tx, chequeId, { state: 'returned', by, reason: said })
  await record(tx, {
    actor: by,
    act: 'treasury.cheque-returned',
    subjectKind: 'cheque',
    subjectId: chequeId,
    personId: receipt.payer.personId ?? charges[0]?.debtor_id,
    requestId: receipt.requestId,
    cause: said,
  })
  for (const point of reopened) await events.publish(tx, 'treasury.reopened', point)
  await events.publish(tx, 'treasury.cheque-returned', {
    chequeId,
    number: cheque.number,
    bank: cheque.bank,
    amount: cheque.amount,
    reason: said,
    receiptId: receipt.id,
    receiptNumber: receipt.number,
    requestId: receipt.requestId,
    personId: receipt.payer.personId ?? charges[0]?.debtor_id,
  })
}

type Found = { charge_id: string | null; credit_id: string | null; minor: string }

/** The lines the cheque had paid, from the last to the first; what an earlier cheque of the receipt reopened is not reopened twice. */
async function partsOf(tx: Write, receipt: Receipt, cheque: Cheque): Promise<Part[]> {
  const { rows } = await sql<Found>`
    select b.charge_id, b.credit_id, sum(b.amount_minor)::text as minor
      from cheque c join cheque_return b on b.municipality_id = c.municipality_id and b.cheque_id = c.cheque_id
     where c.municipality_id = ${tx.town} and c.receipt_id = ${receipt.id} group by b.charge_id, b.credit_id`.execute(
    tx.q,
  )
  const rates = ratesOf(receipt)
  const alike = receipt.lines.every(line => line.paid.currency === cheque.amount.currency)
  const unit: Currency = alike ? cheque.amount.currency : 'ILS'
  let rest = convertBy(cheque.amount, unit, rates).minor
  const parts: Part[] = []
  for (const line of receipt.lines.toReversed()) {
    const before = rows.find(row =>
      line.chargeId ? row.charge_id === line.chargeId : row.credit_id === line.creditId,
    )
    const left = line.amount.minor - Number(before?.minor ?? 0)
    if (left <= 0 || rest <= 0) continue
    const worth = portion(convertBy(line.paid, unit, rates), left, line.amount).minor
    const taken = Math.min(rest, worth)
    const minor =
      taken === worth ? left : portion(money(left, line.amount.currency), taken, money(worth, unit)).minor
    rest -= taken
    if (minor > 0) parts.push({ line, minor })
  }
  return parts
}

/** `of` in the proportion of `part` to `whole`, rounded half up. */
function portion(of: Money, part: number, whole: Money): Money {
  if (whole.minor === 0 || part === whole.minor) return of
  const exact = Decimal.of(of.minor).mul(Decimal.of(part)).div(Decimal.of(whole.minor))
  return money(exact.round(0, 'half-up').toNumber(), of.currency)
}

/** The rates the receipt was taken at: a cheque comes back at those. */
function ratesOf(receipt: Receipt): Rates {
  return new Map(
    receipt.rates.flatMap(({ currency, rate, setBy, from }): [Currency, Rate][] => {
      const read = Decimal.parse(rate)
      return read ? [[currency, { currency, rate: read, setBy, from: new Date(from) }]] : []
    }),
  )
}

type Returned = { cheque: Cheque; parts: Part[]; voucherId: string }

async function write(tx: Write, { cheque, parts, voucherId }: Returned): Promise<void> {
  await sql`
    insert into cheque_return (municipality_id, cheque_id, line, charge_id, credit_id, amount_minor, voucher_id)
    select ${tx.town}::uuid, ${cheque.id}::uuid, l.line, l.charge_id, l.credit_id, l.minor, ${voucherId}::uuid
      from unnest(${parts.map(({ line }) => line.chargeId ?? null)}::uuid[], ${parts.map(({ line }) => line.creditId ?? null)}::uuid[],
                  ${parts.map(({ minor }) => minor)}::bigint[]) with ordinality as l(charge_id, credit_id, minor, line)`.execute(
    tx.q,
  )
  await sql`
    update account_credit k set used_minor = k.used_minor + b.amount_minor
      from cheque_return b
     where k.municipality_id = ${tx.town} and b.municipality_id = ${tx.town} and b.cheque_id = ${cheque.id}
       and b.credit_id = k.credit_id`.execute(tx.q)
}
