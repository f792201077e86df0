import { sql } from 'kysely'
import { newId } from '../../lib/ids.ts'
import { sumByCurrency } from '../../lib/money.ts'
import type { Write } from '../../platform/database/index.ts'
import type { By, Voucher, VoucherLine } from './model.ts'

/**
 * Posts a voucher with its lines. Lines that do not balance in each currency are a fault of the caller: told here, and refused by the
 * database at the end of the transaction, whoever wrote them.
 */
export async function post(tx: Write, voucher: Voucher, lines: readonly VoucherLine[]): Promise<string> {
  const off = sumByCurrency(lines.map(line => line.amount)).find(sum => sum.minor !== 0)
  if (off || lines.length < 2)
    throw new RangeError(`the voucher does not balance: ${off?.minor ?? 0} ${off?.currency ?? ''}`)
  const id = newId(tx.now)
  await sql`
    with head as (
      insert into voucher (municipality_id, voucher_id, kind, at, entered_at, description, by_kind, by_id, request_id, reverses,
                           session_id)
      values (${tx.town}, ${id}, ${voucher.kind}, ${voucher.at}, ${tx.now}, ${voucher.description},
              ${voucher.by.kind}, ${voucher.by.id}, ${voucher.requestId ?? null}, ${voucher.reverses ?? null},
              ${voucher.sessionId ?? null}))
    insert into voucher_line (municipality_id, voucher_id, line, ledger, account_id, charge_id, currency, amount_minor)
    select ${tx.town}::uuid, ${id}::uuid, l.line, l.ledger, l.account_id, l.charge_id, l.currency, l.amount_minor
      from unnest(${lines.map(line => line.ledger)}::text[], ${lines.map(line => line.accountId ?? null)}::uuid[],
                  ${lines.map(line => line.chargeId ?? null)}::uuid[], ${lines.map(line => line.amount.currency)}::text[],
                  ${lines.map(line => line.amount.minor)}::bigint[])
           with ordinality as l(ledger, account_id, charge_id, currency, amount_minor, line)`.execute(tx.q)
  return id
}

/** A drawer's ledger is of its till: money that is taken back leaves the till that is open now. */
const inDrawer = sql`split_part(ledger, ':', 1) in ('cash', 'card', 'wallet', 'bank')`

/**
 * Takes a voucher back by its mirror image (قيد عكسي), in the drawer of a session open now where money of a drawer goes back. A voucher
 * can be taken back once: the database holds that.
 */
export async function counterEntry(
  tx: Write,
  of: {
    voucherId: string
    description: string
    by: By
    requestId?: string | undefined
    session?: { sessionId: string; till: string } | undefined
  },
): Promise<string> {
  const id = newId(tx.now)
  const ledger = of.session
    ? sql`case when ${inDrawer} then split_part(ledger, ':', 1) || ':' || ${of.session.till}::text else ledger end`
    : sql`ledger`
  await sql`
    with head as (
      insert into voucher (municipality_id, voucher_id, kind, at, entered_at, description, by_kind, by_id, request_id, reverses,
                           session_id)
      values (${tx.town}, ${id}, 'counter-entry', ${tx.now}, ${tx.now}, ${of.description}, ${of.by.kind}, ${of.by.id},
              ${of.requestId ?? null}, ${of.voucherId}, ${of.session?.sessionId ?? null}))
    insert into voucher_line (municipality_id, voucher_id, line, ledger, account_id, charge_id, currency, amount_minor)
    select municipality_id, ${id}::uuid, line, ${ledger}, account_id, charge_id, currency, -amount_minor
      from voucher_line where municipality_id = ${tx.town} and voucher_id = ${of.voucherId}`.execute(tx.q)
  return id
}
