import { sql } from 'kysely'
import { addDays, type CalendarDate } from '../../../lib/calendar.ts'
import { type Currency, type Money, money } from '../../../lib/money.ts'
import type { Read } from '../../../platform/database/index.ts'
import { type Receipt, receiptNumber, type VoucherKind } from '../model.ts'
import { receiptsBetween } from '../receipts.ts'
import type { DrawerKind, Figure } from './model.ts'

/** The instants between which the town's calendar has these days, both included. */
export async function instantsOf(
  tx: Read,
  { from, to }: { from: CalendarDate; to: CalendarDate },
): Promise<{ from: Date; to: Date }> {
  const { rows } = await sql<{ from: Date; to: Date }>`
    select ${from}::date::timestamp at time zone time_zone as "from",
           ${addDays(to, 1)}::date::timestamp at time zone time_zone as "to"
      from municipality where municipality_id = ${tx.town}`.execute(tx.q)
  const [row] = rows
  if (!row) throw new Error('days of no town')
  return row
}

/** A line of the day book (يومية): one side of a voucher. */
export type DayLine = {
  voucherId: string
  at: Date
  enteredAt: Date
  kind: VoucherKind
  description: string
  /** Number of the receipt, where it is one. */
  receipt: string | undefined
  ledger: string
  /** Debit positive, credit negative. */
  amount: Money
  byKind: string
  byId: string
}

type DayRow = {
  voucher_id: string
  at: Date
  entered_at: Date
  kind: VoucherKind
  description: string
  book: string | null
  year: number | null
  serial: number | null
  ledger: string
  currency: Currency
  amount_minor: number
  by_kind: string
  by_id: string
}

/** The vouchers of some days with their lines, in the order in which it happened; at most so many lines. */
export async function dayBook(
  tx: Read,
  between: { from: Date; to: Date },
  most = 20_000,
): Promise<DayLine[]> {
  const { rows } = await sql<DayRow>`
    select v.voucher_id, v.at, v.entered_at, v.kind, v.description, r.book, r.year, r.serial, l.ledger, l.currency, l.amount_minor,
           v.by_kind, v.by_id
      from voucher v
      join voucher_line l on l.municipality_id = v.municipality_id and l.voucher_id = v.voucher_id
      left join receipt r on r.municipality_id = v.municipality_id and r.voucher_id = v.voucher_id
     where v.municipality_id = ${tx.town} and v.at >= ${between.from} and v.at < ${between.to}
     order by v.at, v.voucher_id, l.line limit ${most}`.execute(tx.q)
  return rows.map(({ book, year, serial, ...row }) => ({
    voucherId: row.voucher_id,
    at: row.at,
    enteredAt: row.entered_at,
    kind: row.kind,
    receipt:
      book !== null && year !== null && serial !== null ? receiptNumber({ book, year, serial }) : undefined,
    description: row.description,
    ledger: row.ledger,
    amount: money(row.amount_minor, row.currency),
    byKind: row.by_kind,
    byId: row.by_id,
  }))
}

/** What was taken for a kind of due on a day, in the currency of the due. */
export type Income = {
  day: CalendarDate
  kind: string
  receipts: number
  taken: Money
  back: Money
  net: Money
}

/**
 * Income by kind and day: what receipts paid of each kind of due, and what counter-entries and returned cheques took back that day,
 * whichever day their receipts are of. Money on account counts as a kind of its own until a charge takes it.
 */
export async function incomeByKind(tx: Read, between: { from: Date; to: Date }): Promise<Income[]> {
  const { rows } = await sql<{
    day: CalendarDate
    kind: string
    currency: Currency
    receipts: string
    taken: string
    back: string
  }>`
    select (v.at at time zone m.time_zone)::date as day, l.ledger as kind, l.currency,
           count(distinct v.voucher_id) filter (where v.kind = 'receipt')::text as receipts,
           coalesce(-sum(l.amount_minor) filter (where v.kind = 'receipt'), 0)::text as taken,
           coalesce(sum(l.amount_minor) filter (where v.kind <> 'receipt'), 0)::text as back
      from voucher v
      join municipality m on m.municipality_id = v.municipality_id
      join voucher_line l on l.municipality_id = v.municipality_id and l.voucher_id = v.voucher_id
      left join voucher o on o.municipality_id = v.municipality_id and o.voucher_id = v.reverses
     where v.municipality_id = ${tx.town} and v.at >= ${between.from} and v.at < ${between.to}
       and (v.kind = 'receipt' or (v.kind = 'counter-entry' and o.kind = 'receipt') or (v.kind = 'cheque' and l.account_id is not null))
       and split_part(l.ledger, ':', 1) in ('receivable', 'advance')
     group by 1, 2, 3 order by 1, 2, 3`.execute(tx.q)
  return rows.map(row => {
    const [taken, back] = [Number(row.taken), Number(row.back)]
    const of = (minor: number) => money(minor, row.currency)
    const kind = row.kind.replace(/^receivable:/, '')
    return {
      day: row.day,
      kind,
      receipts: Number(row.receipts),
      taken: of(taken),
      back: of(back),
      net: of(taken - back),
    }
  })
}

/** Receipts of some days whose payer's name holds the words, the newest first. */
export async function searchReceipts(
  tx: Read,
  { words, ...between }: { from: Date; to: Date; words: string },
): Promise<Receipt[]> {
  return receiptsBetween(tx, { ...between, payer: words.trim() || undefined, most: 2_000 })
}

/** Pages of a hand-written book below the last one entered that nobody has entered: the first hundred. */
export async function missingPages(tx: Read, book: string): Promise<number[]> {
  const { rows } = await sql<{ serial: number }>`
    with entered as (
      select serial from receipt where municipality_id = ${tx.town} and book = ${book} and hand_written)
    select n.serial::integer as serial
      from receipt_book b cross join lateral generate_series(b.first_serial, (select max(serial) from entered)) n(serial)
     where b.municipality_id = ${tx.town} and b.book = ${book} and b.kind = 'hand-written'
       and n.serial not in (select serial from entered)
     order by n.serial limit 100`.execute(tx.q)
  return rows.map(row => row.serial)
}

/** What should have lain in each of these sessions when it was counted, or now where it is open. One query for all of them. */
export async function expectedOfAll(tx: Read, ids: readonly string[]): Promise<Map<string, Figure[]>> {
  const { rows } = await sql<{ session_id: string; tender: DrawerKind; currency: Currency; minor: string }>`
    select v.session_id, split_part(l.ledger, ':', 1) as tender, l.currency, sum(l.amount_minor)::text as minor
      from voucher v join voucher_line l on l.municipality_id = v.municipality_id and l.voucher_id = v.voucher_id
     where v.municipality_id = ${tx.town} and v.session_id = any(${[...ids]}::uuid[]) and v.kind not in ('closing', 'hand-over')
       and split_part(l.ledger, ':', 1) in ('cash', 'card', 'wallet', 'bank')
     group by 1, 2, 3 having sum(l.amount_minor) <> 0
    union all
    select r.session_id, 'cheque', c.currency, sum(c.amount_minor)::text
      from receipt r join cheque c on c.municipality_id = r.municipality_id and c.receipt_id = r.receipt_id
     where r.municipality_id = ${tx.town} and r.session_id = any(${[...ids]}::uuid[]) and c.state <> 'void'
     group by 1, 3`.execute(tx.q)
  const all = new Map<string, Figure[]>()
  for (const row of rows) {
    const figures = all.get(row.session_id) ?? []
    figures.push({ tender: row.tender, amount: money(Number(row.minor), row.currency) })
    all.set(row.session_id, figures)
  }
  return all
}
