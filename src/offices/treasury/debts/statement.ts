import { type RawBuilder, sql } from 'kysely'
import type { CalendarDate } from '../../../lib/calendar.ts'
import type { Localized } from '../../../lib/localized.ts'
import { type Currency, type Money, money, sumByCurrency } from '../../../lib/money.ts'
import type { Read } from '../../../platform/database/index.ts'
import { samePerson } from '../../people/index.ts'
import { receiptNumber, type VoucherKind } from '../model.ts'

/** A movement on an account and what was owed after it, in its currency. */
export type StatementLine = {
  voucherId: string
  accountId: string
  kind: VoucherKind
  at: Date
  description: string
  label: Localized | undefined
  chargeId: string | undefined
  /** The receipt's number, where the movement is one's. */
  document: string | undefined
  receiptId: string | undefined
  /** Why a charge is what it is. */
  reasons: unknown
  /** Debit positive: it is owed; credit negative. */
  amount: Money
  balance: Money
}

/** كشف حساب: what was owed before the first day, each movement since, and what is owed after the last. */
export type Statement = {
  opening: Money[]
  lines: StatementLine[]
  closing: Money[]
}

/** Days on the town's clock, the last included. */
export type Between = { from?: CalendarDate | undefined; until?: CalendarDate | undefined }

type Row = {
  voucher_id: string
  account_id: string
  kind: VoucherKind
  at: Date
  description: string
  label_ar: string | null
  label_en: string | null
  charge_id: string | null
  reasons: unknown
  currency: Currency
  amount_minor: number
  balance: string
  receipt_id: string | null
  book: string | null
  year: number | null
  serial: number | null
  earlier: boolean
}

/**
 * The movements of an account in the order they were entered, with the running balance of each currency. Lines entered at one instant keep
 * the order of their vouchers. The balance of the last line is the account's.
 */
export const statementOf = (tx: Read, accountId: string, between: Between = {}): Promise<Statement> =>
  read(tx, sql`l.account_id = ${accountId}`, between)

/**
 * The same of one person, whichever of their merged records the id names: on every account what they are the debtor of, what was raised on
 * an account of theirs while they held it, and what lies there for them. Whoever else's debt moved over the account stays unseen. Their
 * accounts are found first, as an array, so that the lines are read by the accounts and not by the town.
 */
export const statementOfPerson = async (
  tx: Read,
  personId: string,
  on: CalendarDate,
  of: Between & { accountId?: string | undefined } = {},
): Promise<Statement> => {
  // Read beforehand: of ids it knows the database goes by index through the few accounts they name.
  const known = await sql<{ ids: string[] }>`select ${samePerson(personId)} as ids`.execute(tx.q)
  const own = sql`${known.rows[0]?.ids ?? [personId]}::uuid[]`
  const only = of.accountId === undefined ? sql`` : sql`and l.account_id = ${of.accountId}`
  const mine = sql`l.account_id is not null ${only} and (
    l.charge_id in (
      select charge_id from charge where municipality_id = ${tx.town} and debtor_id = any(${own})
      union
      select c.charge_id from account_holder h
        join municipality m on m.municipality_id = h.municipality_id
        join charge c on c.municipality_id = h.municipality_id and c.account_id = h.account_id
       where h.municipality_id = ${tx.town} and h.person_id = any(${own}) and h.capacity <> 'tenant'
         and h.valid_from <= ${on}::date and (h.valid_until is null or h.valid_until > ${on}::date)
         and h.valid_from <= (c.raised_at at time zone m.time_zone)::date)
    or (l.charge_id is null and l.account_id in (
      select account_id from account_holder h
       where h.municipality_id = ${tx.town} and h.person_id = any(${own}) and h.capacity <> 'tenant'
         and h.valid_from <= ${on}::date and (h.valid_until is null or h.valid_until > ${on}::date))))
    and l.account_id = any(array(
      select account_id from account_holder where municipality_id = ${tx.town} and person_id = any(${own})
      union
      select account_id from charge where municipality_id = ${tx.town} and debtor_id = any(${own})))`
  return read(tx, mine, of)
}

async function read(tx: Read, which: RawBuilder<unknown>, { from, until }: Between): Promise<Statement> {
  const day = sql`(v.entered_at at time zone m.time_zone)::date`
  const { rows } = await sql<Row>`
    select s.*, r.receipt_id, r.book, r.year, r.serial from (
      select v.voucher_id, l.account_id, v.kind, v.at, v.entered_at, l.line, v.description, c.label_ar, c.label_en, l.charge_id,
             case when v.kind = 'charge' then c.reasons end as reasons, l.currency, l.amount_minor,
             coalesce(v.reverses, v.voucher_id) as document_of,
             sum(l.amount_minor) over (partition by l.currency order by v.entered_at, v.voucher_id, l.line)::text as balance,
             ${from === undefined ? sql`false` : sql`${day} < ${from}::date`} as earlier
        from voucher_line l
        join municipality m on m.municipality_id = l.municipality_id
        join voucher v on v.municipality_id = l.municipality_id and v.voucher_id = l.voucher_id
        left join charge c on c.municipality_id = l.municipality_id and c.charge_id = l.charge_id
       where l.municipality_id = ${tx.town} and ${which}
             ${until === undefined ? sql`` : sql`and ${day} <= ${until}::date`}) s
      left join receipt r on r.municipality_id = ${tx.town} and r.voucher_id = s.document_of
     order by s.entered_at, s.voucher_id, s.line`.execute(tx.q)
  const last = (of: readonly Row[]): Money[] =>
    sumByCurrency([
      ...new Map(of.map(row => [row.currency, money(Number(row.balance), row.currency)])).values(),
    ])
  return {
    opening: last(rows.filter(row => row.earlier)),
    lines: rows.filter(row => !row.earlier).map(toLine),
    closing: last(rows),
  }
}

function toLine(row: Row): StatementLine {
  const { book, serial, year } = row
  return {
    voucherId: row.voucher_id,
    accountId: row.account_id,
    kind: row.kind,
    at: row.at,
    description: row.description,
    label: row.label_ar === null ? undefined : { ar: row.label_ar, en: row.label_en ?? row.label_ar },
    chargeId: row.charge_id ?? undefined,
    document:
      book === null || serial === null || year === null ? undefined : receiptNumber({ book, serial, year }),
    receiptId: row.receipt_id ?? undefined,
    reasons: row.reasons,
    amount: money(row.amount_minor, row.currency),
    balance: money(Number(row.balance), row.currency),
  }
}
