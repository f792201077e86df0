import { sql } from 'kysely'
import { Conflict } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import type { Currency } from '../../lib/money.ts'
import type { Write } from '../../platform/database/index.ts'
import { type Credited, writeCredits } from './credits.ts'
import type { RateUsed, ReceiptInput } from './model.ts'
import { amountsOf, lineRate, type Rates } from './tender.ts'
import type { ChequeTender } from './till/model.ts'
import type { Place } from './till/place.ts'

export type Written = {
  receiptId: string
  voucherId: string
  at: Date
  rates: Rates
  place: Place
  credits: ReadonlyMap<number, Credited>
}

/** The rows of a receipt whose voucher is posted: its credits, its cheques, and last of all its number. */
export async function writeReceipt(tx: Write, input: ReceiptInput, of: Written): Promise<void> {
  await writeCredits(tx, of.credits, input.lines, of)
  await writeHead(tx, input, of)
  for (const tender of input.tenders)
    if (tender.kind === 'cheque') await writeCheque(tx, of.receiptId, tender)
}

async function writeHead(tx: Write, input: ReceiptInput, of: Written): Promise<void> {
  const { receiptId, voucherId, at, rates, place, credits } = of
  const { lines, by, collectorId } = input
  const tender = { tenders: input.tenders, rates: ratesUsed(input, rates) }
  // A page has its number printed; any other receipt takes the next of its book.
  const serial =
    place.serial === undefined
      ? sql`next_number(${`receipt:${place.book}`}, year)`
      : sql`${place.serial}::integer`
  const enteredBy = by?.kind === 'staff' && by.id !== collectorId ? by.id : null
  await sql`
    with day as (
      select extract(year from ${at}::timestamptz at time zone time_zone)::integer as year
        from municipality where municipality_id = ${tx.town}),
    head as (
      insert into receipt (municipality_id, receipt_id, book, year, serial, payer_id, payer_name, received_at, entered_at,
                           collector_id, tender, request_id, voucher_id, session_id, hand_written, entered_by)
      select ${tx.town}::uuid, ${receiptId}::uuid, ${place.book}::text, year, ${serial},
             ${input.payer.personId ?? null}::uuid, ${input.payer.name.trim()}::text, ${at}::timestamptz, ${tx.now}::timestamptz,
             ${collectorId ?? null}::uuid, ${JSON.stringify(tender)}::jsonb, ${input.requestId ?? null}::uuid, ${voucherId}::uuid,
             ${place.session?.sessionId ?? null}::uuid, ${place.serial !== undefined}::boolean, ${enteredBy}::uuid
        from day)
    insert into receipt_line (municipality_id, receipt_id, line, charge_id, credit_id, currency, amount_minor, paid_currency,
                              paid_minor, rate)
    select ${tx.town}::uuid, ${receiptId}::uuid, l.line, l.charge_id, l.credit_id, l.currency, l.amount, l.paid_currency, l.paid, l.rate
      from unnest(${lines.map(line => line.chargeId ?? null)}::uuid[],
                  ${lines.map((_, place) => credits.get(place)?.creditId ?? null)}::uuid[],
                  ${lines.map(line => line.amount.currency)}::text[], ${lines.map(line => line.amount.minor)}::bigint[],
                  ${lines.map(line => line.paid.currency)}::text[], ${lines.map(line => line.paid.minor)}::bigint[],
                  ${lines.map(line => lineRate(line, rates)?.toString() ?? null)}::numeric[])
           with ordinality as l(charge_id, credit_id, currency, amount, paid_currency, paid, rate, line)`.execute(
    tx.q,
  )
}

/** The rates this receipt rests on, with who set them. */
function ratesUsed({ lines, tenders }: ReceiptInput, rates: Rates): RateUsed[] {
  const mixed = new Set<Currency>(
    [...lines.flatMap(line => [line.amount, line.paid]), ...amountsOf(tenders)].map(each => each.currency),
  )
  return [...rates.values()]
    .filter(rate => mixed.has(rate.currency))
    .map(({ currency, rate, setBy, from }) => ({
      currency,
      rate: rate.toString(),
      setBy,
      from: from.toISOString(),
    }))
}

/** A cheque is one sheet of paper: held or cleared it is not taken a second time. */
async function writeCheque(tx: Write, receiptId: string, cheque: ChequeTender): Promise<void> {
  const { amount, drawer, bank, branch = '', number, dueOn } = cheque
  const written = await sql`
    insert into cheque (municipality_id, cheque_id, receipt_id, drawer, bank, branch, number, due_on, currency, amount_minor, state)
    values (${tx.town}, ${newId(tx.now)}, ${receiptId}, ${drawer.trim()}, ${bank.trim()}, ${branch.trim()}, ${number}, ${dueOn}::date,
            ${amount.currency}, ${amount.minor}, 'held')
    on conflict do nothing returning 1`.execute(tx.q)
  if (written.rows.length === 0) throw new Conflict('cheque-entered', { number })
}
