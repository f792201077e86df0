import { sql } from 'kysely'
import { type Allocation, allocate } from '../../../kernel/dues/index.ts'
import type { CalendarDate } from '../../../lib/calendar.ts'
import { Conflict } from '../../../lib/errors.ts'
import { type Currency, type Money, money, negate, sumByCurrency } from '../../../lib/money.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import type { Events } from '../../../platform/events.ts'
import { record } from '../../audit/index.ts'
import { lockCharges } from '../charges.ts'
import { duesOf } from '../dues.ts'
import type { By, Ledger, VoucherLine } from '../model.ts'
import { post } from '../vouchers.ts'
import { type Relief, tellSettled, writeReliefs } from './reliefs.ts'
import { allocationOrder } from './rules.ts'
import { debtText } from './strings.ts'

/** Money that lies on an account and pays nothing yet. */
export type Credit = {
  id: string
  accountId: string
  accountNumber: string
  accountKind: string
  personId: string | undefined
  /** What of it is still free. */
  free: Money
  at: Date
}

type CreditRow = {
  credit_id: string
  account_id: string
  number: string
  kind: string
  person_id: string | null
  currency: Currency
  free: number
  at: Date
  ledger: Ledger
}

/** The free credits on the accounts a person holds, and those paid in for them elsewhere, the oldest first. */
export async function creditsOf(tx: Read, personId: string, on: CalendarDate): Promise<Credit[]> {
  return (await rowsOf(tx, personId, on)).map(row => ({
    id: row.credit_id,
    accountId: row.account_id,
    accountNumber: row.number,
    accountKind: row.kind,
    personId: row.person_id ?? undefined,
    free: money(row.free, row.currency),
    at: row.at,
  }))
}

async function rowsOf(tx: Read, personId: string, on: CalendarDate): Promise<CreditRow[]> {
  const { rows } = await sql<CreditRow>`
    select k.credit_id, k.account_id, a.number, a.kind, k.person_id, k.currency, k.amount_minor - k.used_minor as free, k.at,
           (select l.ledger from voucher_line l
             where l.municipality_id = k.municipality_id and l.voucher_id = k.voucher_id and l.account_id = k.account_id
               and l.charge_id is null and l.currency = k.currency limit 1) as ledger
      from (
        select c.credit_id from account_credit c
         where c.municipality_id = ${tx.town} and c.person_id = ${personId} and c.used_minor < c.amount_minor
        union
        select c.credit_id from account_holder h
          join account_credit c on c.municipality_id = h.municipality_id and c.account_id = h.account_id
               and c.used_minor < c.amount_minor and c.person_id is null
         where h.municipality_id = ${tx.town} and h.person_id = ${personId} and h.capacity <> 'tenant'
           and h.valid_from <= ${on}::date and (h.valid_until is null or h.valid_until > ${on}::date)) mine
      join account_credit k on k.municipality_id = ${tx.town} and k.credit_id = mine.credit_id
      join account a on a.municipality_id = k.municipality_id and a.account_id = k.account_id
     order by k.at, k.credit_id`.execute(tx.q)
  return rows
}

/** What lies on account for a person, one sum for each currency. */
export const creditTotals = (credits: readonly Credit[]): Money[] =>
  sumByCurrency(credits.map(credit => credit.free))

/**
 * Lays what lies on account of a person on what they owe, in one currency, by the town's order: the oldest credit is used first. Gives
 * what was paid and what stays on account.
 * @throws Conflict `nothing-on-account`, `nothing-owed`
 */
export async function allocateCredit(
  tx: Write,
  events: Events,
  input: { personId: string; currency: Currency; on: CalendarDate; requestId?: string | undefined; by: By },
): Promise<Allocation> {
  const { personId, currency, on, by } = input
  const credits = (await lockCredits(tx, personId, on)).filter(row => row.currency === currency)
  const free = credits.reduce((sum, row) => sum + row.free, 0)
  if (free === 0) throw new Conflict('nothing-on-account', { currency })
  const before = await duesOf(tx, personId, on)
  const rows = await lockCharges(
    tx,
    before.map(due => due.chargeId),
  )
  const open = before.flatMap(due => {
    const row = rows.find(each => each.charge_id === due.chargeId)
    if (!row || row.cancelled_at) return []
    return [{ ...due, open: money(row.amount_minor - row.settled_minor, row.currency) }]
  })
  const paid = allocate(await allocationOrder(tx, on), money(free, currency), open, input.requestId)
  if (paid.lines.length === 0) throw new Conflict('nothing-owed', { currency })

  const pieces: { credit: CreditRow; chargeId: string; minor: number }[] = []
  for (const line of paid.lines) {
    let left = line.amount.minor
    for (const credit of credits) {
      const minor = Math.min(left, credit.free)
      if (minor === 0) continue
      pieces.push({ credit, chargeId: line.chargeId, minor })
      credit.free -= minor
      left -= minor
    }
  }
  const description = debtText('ar', 'voucher-allocation')
  const lines = pieces.flatMap(({ credit, chargeId, minor }): VoucherLine[] => {
    const row = rows.find(each => each.charge_id === chargeId)
    const amount = money(minor, currency)
    return [
      { ledger: credit.ledger, amount, accountId: credit.account_id },
      { ledger: `receivable:${row?.due_kind}`, amount: negate(amount), accountId: row?.account_id, chargeId },
    ]
  })
  const voucherId = await post(tx, { kind: 'allocation', at: tx.now, description, by }, lines)
  await sql`
    update account_credit k set used_minor = k.used_minor + u.minor
      from (select credit_id, sum(minor)::bigint as minor
              from unnest(${pieces.map(each => each.credit.credit_id)}::uuid[], ${pieces.map(each => each.minor)}::bigint[])
                   as p(credit_id, minor) group by credit_id) u
     where k.municipality_id = ${tx.town} and k.credit_id = u.credit_id`.execute(tx.q)
  await writeReliefs(
    tx,
    pieces.map(
      ({ credit, chargeId, minor }): Relief => ({
        kind: 'credit',
        creditId: credit.credit_id,
        chargeId,
        voucherId,
        amount: money(minor, currency),
      }),
    ),
    by,
  )
  await record(tx, {
    actor: by,
    act: 'treasury.credit-allocated',
    subjectKind: 'voucher',
    subjectId: voucherId,
    personId,
    requestId: input.requestId,
  })
  for (const { chargeId, minor } of pieces) {
    const row = rows.find(each => each.charge_id === chargeId)
    if (row) row.settled_minor += minor
  }
  const chargeIds = new Set(pieces.map(each => each.chargeId))
  await tellSettled(tx, events, rows, { chargeIds, decision: description, by })
  return paid
}

async function lockCredits(tx: Write, personId: string, on: CalendarDate): Promise<CreditRow[]> {
  const found = (await rowsOf(tx, personId, on)).map(row => row.credit_id)
  await sql`select 1 from account_credit where municipality_id = ${tx.town} and credit_id = any(${found}::uuid[])
             order by credit_id for update`.execute(tx.q)
  return rowsOf(tx, personId, on)
}
