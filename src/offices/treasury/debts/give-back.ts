import { sql } from 'kysely'
import { Conflict } from '../../../lib/errors.ts'
import { type Currency, type Money, money, negate, sumByCurrency } from '../../../lib/money.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { record } from '../../audit/index.ts'
import type { By, Ledger, VoucherLine } from '../model.ts'
import { post } from '../vouchers.ts'

type Row = {
  credit_id: string
  account_id: string
  person_id: string | null
  currency: Currency
  free: number
  ledger: Ledger
}

const creditsOfReceipt = async (tx: Read, receiptId: string): Promise<Row[]> => {
  const { rows } = await sql<Row>`
    select k.credit_id, k.account_id, k.person_id, k.currency, k.amount_minor - k.used_minor as free,
           (select l.ledger from voucher_line l
             where l.municipality_id = k.municipality_id and l.voucher_id = k.voucher_id and l.account_id = k.account_id
               and l.charge_id is null and l.currency = k.currency limit 1) as ledger
      from receipt_line r
      join account_credit k on k.municipality_id = r.municipality_id and k.credit_id = r.credit_id
     where r.municipality_id = ${tx.town} and r.receipt_id = ${receiptId} and k.used_minor < k.amount_minor
     order by k.credit_id`.execute(tx.q)
  return rows
}

/** What a receipt put on account and nothing has taken yet. */
export const freeCredit = async (tx: Read, receiptId: string): Promise<Money[]> =>
  sumByCurrency((await creditsOfReceipt(tx, receiptId)).map(row => money(row.free, row.currency)))

/**
 * Gives back what a receipt put on account and nothing has taken: it goes out of the ledger it came into.
 * @throws Conflict `credit-used` where nothing of it is left
 */
export async function giveBackCredit(
  tx: Write,
  of: { receiptId: string; outOf: Ledger; description: string; by: By },
): Promise<Money[]> {
  const found = (await creditsOfReceipt(tx, of.receiptId)).map(row => row.credit_id)
  await sql`select 1 from account_credit where municipality_id = ${tx.town} and credit_id = any(${found}::uuid[])
             order by credit_id for update`.execute(tx.q)
  const rows = await creditsOfReceipt(tx, of.receiptId)
  if (rows.length === 0) throw new Conflict('credit-used')
  const lines = rows.flatMap((row): VoucherLine[] => {
    const amount = money(row.free, row.currency)
    return [
      { ledger: row.ledger, amount, accountId: row.account_id },
      { ledger: of.outOf, amount: negate(amount) },
    ]
  })
  const { by, description } = of
  const voucherId = await post(tx, { kind: 'refund', at: tx.now, description, by }, lines)
  await sql`update account_credit set used_minor = amount_minor
             where municipality_id = ${tx.town} and credit_id = any(${found}::uuid[])`.execute(tx.q)
  await record(tx, {
    actor: by,
    act: 'treasury.credit-given-back',
    subjectKind: 'voucher',
    subjectId: voucherId,
    personId: rows[0]?.person_id ?? undefined,
    cause: description,
  })
  return sumByCurrency(rows.map(row => money(row.free, row.currency)))
}
