import { type RawBuilder, sql } from 'kysely'
import type { CalendarDate } from '../../../lib/calendar.ts'
import { Conflict, NotFound } from '../../../lib/errors.ts'
import { type Currency, type Money, money, negate } from '../../../lib/money.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { record } from '../../audit/index.ts'
import { type By, receiptNumber } from '../model.ts'
import { treasuryText } from '../strings.ts'
import { post } from '../vouchers.ts'
import { dayOf } from './ceiling.ts'

export type ChequeState = 'held' | 'cleared' | 'returned' | 'void'

export type Cheque = {
  id: string
  receiptId: string
  receiptNumber: string
  payer: string
  drawer: string
  bank: string
  branch: string
  number: string
  dueOn: CalendarDate
  amount: Money
  state: ChequeState
  settledAt: Date | undefined
  reason: string | undefined
}

type Row = {
  cheque_id: string
  receipt_id: string
  book: string
  year: number
  serial: number
  payer_name: string
  drawer: string
  bank: string
  branch: string
  number: string
  due_on: string
  currency: Currency
  amount_minor: number
  state: ChequeState
  settled_at: Date | null
  reason: string | null
}

const select = (tx: Read, which: RawBuilder<unknown>) =>
  sql<Row>`
    select c.cheque_id, c.receipt_id, r.book, r.year, r.serial, r.payer_name, c.drawer, c.bank, c.branch, c.number, c.due_on, c.currency,
           c.amount_minor, c.state, c.settled_at, c.reason
      from cheque c join receipt r on r.municipality_id = c.municipality_id and r.receipt_id = c.receipt_id
     where c.municipality_id = ${tx.town} and ${which}`

const toCheque = (row: Row): Cheque => ({
  id: row.cheque_id,
  receiptId: row.receipt_id,
  receiptNumber: receiptNumber(row),
  payer: row.payer_name,
  drawer: row.drawer,
  bank: row.bank,
  branch: row.branch,
  number: row.number,
  dueOn: row.due_on,
  amount: money(row.amount_minor, row.currency),
  state: row.state,
  settledAt: row.settled_at ?? undefined,
  reason: row.reason ?? undefined,
})

/** The cheques in one state by the day they fall due; the newest decided first where the bank has spoken. */
export async function chequesIn(tx: Read, state: ChequeState): Promise<Cheque[]> {
  const order = state === 'held' ? sql`c.due_on, c.cheque_id` : sql`c.due_on desc, c.cheque_id desc`
  const found = await select(tx, sql`c.state = ${state} order by ${order} limit 300`).execute(tx.q)
  return found.rows.map(toCheque)
}

/** The cheques held that fall due by a day. */
export async function chequesDue(tx: Read, by: CalendarDate): Promise<Cheque[]> {
  const found = await select(
    tx,
    sql`c.state = 'held' and c.due_on <= ${by}::date order by c.due_on, c.cheque_id`,
  ).execute(tx.q)
  return found.rows.map(toCheque)
}

/** One cheque; `lock` keeps two from deciding on it at once. */
export async function getCheque(tx: Read, id: string, lock?: 'lock'): Promise<Cheque> {
  const found = await select(tx, sql`c.cheque_id = ${id} ${lock ? sql`for update of c` : sql``}`).execute(
    tx.q,
  )
  if (!found.rows[0]) throw new NotFound('no-such-cheque')
  return toCheque(found.rows[0])
}

/** The bank has paid: the cheque is money at the bank. */
export async function clearCheque(tx: Write, chequeId: string, { by }: { by: By }): Promise<void> {
  const cheque = await getCheque(tx, chequeId, 'lock')
  const { number, amount } = cheque
  if (cheque.state !== 'held') throw new Conflict('cheque-settled', { number })
  if (cheque.dueOn > (await dayOf(tx))) throw new Conflict('cheque-not-due', { number, date: cheque.dueOn })
  const description = treasuryText('ar', 'voucher-cheque-cleared', { number })
  await post(tx, { kind: 'cheque', at: tx.now, description, by }, [
    { ledger: 'treasury:bank', amount },
    { ledger: 'cheques', amount: negate(amount) },
  ])
  await markCheque(tx, chequeId, { state: 'cleared', by })
  await record(tx, { actor: by, act: 'treasury.cheque-cleared', subjectKind: 'cheque', subjectId: chequeId })
}

export async function markCheque(
  tx: Write,
  chequeId: string,
  { state, by, reason }: { state: ChequeState; by: By; reason?: string | undefined },
): Promise<void> {
  await sql`
    update cheque set state = ${state}, settled_at = ${tx.now}, settled_by = ${by.id}, reason = ${reason ?? null}
     where municipality_id = ${tx.town} and cheque_id = ${chequeId}`.execute(tx.q)
}
