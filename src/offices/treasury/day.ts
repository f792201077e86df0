import { sql } from 'kysely'
import { addDays, type CalendarDate } from '../../lib/calendar.ts'
import { type Currency, type Money, money } from '../../lib/money.ts'
import type { Read } from '../../platform/database/index.ts'
import type { Receipt } from './model.ts'
import { receiptsBetween } from './receipts.ts'

/** What one book's till took in and gave back in one currency; change is no income and stands in neither. */
export type CashSum = { book: string; received: Money; returned: Money; net: Money }

export type TillDay = { receipts: Receipt[]; sums: CashSum[] }

/** A day at the till on the town's clock: its receipts and the cash of its vouchers, of one collector or of all. */
export async function tillDay(
  tx: Read,
  day: { date: CalendarDate; collectorId?: string | undefined },
): Promise<TillDay> {
  const { rows } = await sql<{ from: Date; to: Date }>`
    select ${day.date}::date::timestamp at time zone time_zone as "from",
           ${addDays(day.date, 1)}::date::timestamp at time zone time_zone as "to"
      from municipality where municipality_id = ${tx.town}`.execute(tx.q)
  const [between] = rows
  if (!between) throw new Error('a day of no town')
  const { collectorId } = day
  return {
    receipts: await receiptsBetween(tx, { ...between, collectorId }),
    sums: await cashBetween(tx, { ...between, collectorId }),
  }
}

/** Received by receipts, returned by the counter-entries of the day, whichever day their receipts are of. */
async function cashBetween(
  tx: Read,
  { from, to, collectorId }: { from: Date; to: Date; collectorId?: string | undefined },
): Promise<CashSum[]> {
  const of = collectorId === undefined ? sql`` : sql`and v.by_kind = 'staff' and v.by_id = ${collectorId}`
  const found = await sql<{ book: string; currency: Currency; received: string; returned: string }>`
    select substr(l.ledger, 6) as book, l.currency,
           coalesce(sum(l.amount_minor) filter (where v.kind <> 'counter-entry'), 0)::text as received,
           coalesce(-sum(l.amount_minor) filter (where v.kind = 'counter-entry'), 0)::text as returned
      from voucher v
      join voucher_line l on l.municipality_id = v.municipality_id and l.voucher_id = v.voucher_id
     where v.municipality_id = ${tx.town} and v.at >= ${from} and v.at < ${to} ${of} and v.kind in ('receipt', 'counter-entry') and starts_with(l.ledger, 'cash:')
     group by l.ledger, l.currency order by l.ledger, l.currency`.execute(tx.q)
  return found.rows.map(row => {
    const [received, returned] = [Number(row.received), Number(row.returned)]
    const of = (minor: number) => money(minor, row.currency)
    return { book: row.book, received: of(received), returned: of(returned), net: of(received - returned) }
  })
}
