import { type RawBuilder, sql } from 'kysely'
import { type Currency, type Money, money } from '../../../lib/money.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { samePerson } from '../../people/index.ts'
import { lockCharges } from '../charges.ts'
import type { FreeCredit, PaidCharge, PaymentVoucher, PaymentWay } from './model.ts'

type PaidRow = {
  charge_id: string
  request_id: string | null
  fee_id: string | null
  account_id: string
  kind: string
  debtor_id: string
  due_kind: string
  refundable: boolean
  currency: Currency
  left_minor: string
}

/**
 * What was paid of charges in money and is still with the town: what was let off by a decision or is owed by another was never paid, and
 * what was given back is gone.
 */
async function paidOf(tx: Read, which: RawBuilder<unknown>): Promise<PaidCharge[]> {
  const { rows } = await sql<PaidRow>`
    select c.charge_id, c.request_id, c.fee_id, c.account_id, a.kind, c.debtor_id, c.due_kind, c.refundable, c.currency,
           (c.settled_minor
            - coalesce((select sum(f.amount_minor) from charge_relief f
                         where f.municipality_id = c.municipality_id and f.charge_id = c.charge_id and f.reversed_by is null
                           and f.kind <> 'credit'), 0)
            - coalesce((select sum(b.amount_minor) from charge_return b
                         where b.municipality_id = c.municipality_id and b.charge_id = c.charge_id), 0))::text as left_minor
      from charge c
      join account a on a.municipality_id = c.municipality_id and a.account_id = c.account_id
     where c.municipality_id = ${tx.town} and c.cancelled_at is null and ${which}
     order by c.raised_at, c.charge_id`.execute(tx.q)
  return rows.map(row => ({
    chargeId: row.charge_id,
    requestId: row.request_id ?? undefined,
    feeId: row.fee_id ?? undefined,
    accountId: row.account_id,
    accountKind: row.kind,
    debtorId: row.debtor_id,
    dueKind: row.due_kind,
    refundable: row.refundable,
    left: money(Number(row.left_minor), row.currency),
  }))
}

/** The charges of a request that one of these people paid, as they are with the town still; locked until the transaction ends. */
export async function paidOfRequest(
  tx: Write,
  requestId: string,
  personIds: readonly string[],
): Promise<PaidCharge[]> {
  const found = await paidOf(tx, sql`c.request_id = ${requestId} and ${owedByOneOf(personIds)}`)
  return paidAgain(tx, found)
}

/** The same of the charges a receipt settled, whoever of these people owed them: of each no more than the receipt brought. */
export async function paidByReceipt(
  tx: Write,
  receiptId: string,
  personIds: readonly string[],
): Promise<PaidCharge[]> {
  const found = await paidOf(
    tx,
    sql`c.charge_id in (select charge_id from receipt_line where municipality_id = ${tx.town} and receipt_id = ${receiptId})
        and ${owedByOneOf(personIds)}`,
  )
  const { rows } = await sql<{ charge_id: string; minor: string }>`
    select charge_id, sum(amount_minor)::text as minor from receipt_line
     where municipality_id = ${tx.town} and receipt_id = ${receiptId} and charge_id is not null group by charge_id`.execute(
    tx.q,
  )
  const brought = new Map(rows.map(row => [row.charge_id, Number(row.minor)]))
  return (await paidAgain(tx, found)).map(({ left, ...of }) => ({
    ...of,
    left: money(Math.min(left.minor, brought.get(of.chargeId) ?? 0), left.currency),
  }))
}

/** Locks what was found and reads it anew: of two who give the same money back the second finds it gone. */
export async function paidAgain(tx: Write, found: readonly PaidCharge[]): Promise<PaidCharge[]> {
  const ids = found.map(each => each.chargeId)
  await lockCharges(tx, ids)
  return paidOf(tx, sql`c.charge_id = any(${ids}::uuid[])`)
}

const owedByOneOf = (personIds: readonly string[]): RawBuilder<unknown> =>
  sql`(${sql.join(
    personIds.map(id => sql`c.debtor_id = any(${samePerson(id)})`),
    sql` or `,
  )})`

/** Of what a receipt put on account for one of these people, what nothing has taken; locked. */
export async function freeOfReceipt(
  tx: Write,
  receiptId: string,
  personIds: readonly string[],
): Promise<FreeCredit[]> {
  const theirs = sql.join(
    personIds.map(id => sql`k.person_id = any(${samePerson(id)})`),
    sql` or `,
  )
  const { rows } = await sql<{
    credit_id: string
    account_id: string
    currency: Currency
    left_minor: number
    ledger: `advance:${string}`
  }>`
    select k.credit_id, k.account_id, k.currency, k.amount_minor - k.used_minor as left_minor,
           (select v.ledger from voucher_line v
             where v.municipality_id = k.municipality_id and v.voucher_id = k.voucher_id and v.account_id = k.account_id
               and v.charge_id is null and v.currency = k.currency limit 1) as ledger
      from receipt_line l
      join account_credit k on k.municipality_id = l.municipality_id and k.credit_id = l.credit_id
     where l.municipality_id = ${tx.town} and l.receipt_id = ${receiptId} and k.used_minor < k.amount_minor and (${theirs})
     order by k.credit_id for update of k`.execute(tx.q)
  return rows.map(row => ({
    creditId: row.credit_id,
    accountId: row.account_id,
    ledger: row.ledger,
    left: money(row.left_minor, row.currency),
  }))
}

/** Whether a cheque that paid any of these charges, or this receipt, lies with the town or the bank still: nobody knows yet that it was paid. */
export async function awaitsCheque(
  tx: Read,
  of: { receiptId: string } | { chargeIds: readonly string[] },
): Promise<boolean> {
  const receipts =
    'receiptId' in of
      ? sql`${of.receiptId}::uuid`
      : sql`select receipt_id from receipt_line where municipality_id = ${tx.town} and charge_id = any(${[...of.chargeIds]}::uuid[])`
  const { rows } = await sql`select 1 from cheque
     where municipality_id = ${tx.town} and receipt_id in (${receipts}) and state = 'held' limit 1`.execute(
    tx.q,
  )
  return rows.length > 0
}

/** Whether a charge of these was given back already, in part or whole. */
export async function anyReturned(tx: Read, chargeIds: readonly string[]): Promise<boolean> {
  const { rows } = await sql`select 1 from charge_return
     where municipality_id = ${tx.town} and charge_id = any(${[...chargeIds]}::uuid[]) limit 1`.execute(tx.q)
  return rows.length > 0
}

/** Whether a request has given money back or turned a deposit before: what runs again does nothing. */
export async function hasPaidBack(tx: Read, requestId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from payment_voucher where municipality_id = ${tx.town} and request_id = ${requestId}
    union all
    select 1 from charge_return where municipality_id = ${tx.town} and request_id = ${requestId} limit 1`.execute(
    tx.q,
  )
  return rows.length > 0
}

type PaymentRow = {
  payment_id: string
  number: number
  year: number
  person_id: string
  payee: string
  way: PaymentWay
  reference: string | null
  bank: string | null
  currency: Money['currency']
  amount_minor: number
  description: string
  request_id: string | null
  voucher_id: string
  at: Date
}

/** The payment vouchers of a request, in the order they were written. */
export async function paymentsOfRequest(tx: Read, requestId: string): Promise<PaymentVoucher[]> {
  const { rows } = await sql<PaymentRow>`
    select payment_id, number, year, person_id, payee, way, reference, bank, currency, amount_minor, description, request_id, voucher_id, at
      from payment_voucher where municipality_id = ${tx.town} and request_id = ${requestId}
     order by year, number`.execute(tx.q)
  return rows.map(row => ({
    id: row.payment_id,
    number: row.number,
    year: row.year,
    personId: row.person_id,
    payee: row.payee,
    way: row.way,
    reference: row.reference ?? undefined,
    bank: row.bank ?? undefined,
    amount: money(row.amount_minor, row.currency),
    description: row.description,
    requestId: row.request_id ?? undefined,
    voucherId: row.voucher_id,
    at: row.at,
  }))
}
