import { type RawBuilder, sql } from 'kysely'
import { type Actor, reachOf } from '../../kernel/access/index.ts'
import { Decimal } from '../../lib/decimal.ts'
import { NotFound } from '../../lib/errors.ts'
import { type Currency, money, sumByCurrency } from '../../lib/money.ts'
import type { Read } from '../../platform/database/index.ts'
import { samePerson } from '../people/index.ts'
import { type Receipt, type ReceiptLine, readReceiptNumber, receiptNumber } from './model.ts'
import { treasuryText } from './strings.ts'

type LineRow = {
  charge_id: string | null
  credit_id: string | null
  number: string
  label_ar: string | null
  label_en: string | null
  currency: Currency
  amount_minor: number
  paid_currency: Currency
  paid_minor: number
  rate: string | null
  request_id: string | null
  fee_point: string | null
}

type ReceiptRow = {
  receipt_id: string
  book: string
  year: number
  serial: number
  payer_id: string | null
  payer_name: string
  received_at: Date
  entered_at: Date
  collector_id: string | null
  entered_by: string | null
  hand_written: boolean
  session_id: string | null
  tender: { tenders?: Receipt['tenders']; rates?: Receipt['rates'] }
  request_id: string | null
  voucher_id: string
  reversed_by: string | null
  lines: LineRow[]
}

/**
 * Which receipts an actor sees: the town's at the till, a citizen's where they paid or where it was their debt
 * (under whichever of their merged records), a partner's where its
 * program took the money or filed the request. `receipt` is the alias.
 */
function receiptVisible(actor: Actor, receipt = 'r'): RawBuilder<boolean> {
  const reach = reachOf(actor, 'receipt.read')
  const of = (column: string) => sql.ref(`${receipt}.${column}`)
  if (reach.town) return sql<boolean>`true`
  if (reach.partner !== undefined) {
    return sql<boolean>`(${of('collector_id')} = ${reach.partner}::uuid or exists (
      select 1 from request vr where vr.municipality_id = ${of('municipality_id')} and vr.request_id = ${of('request_id')}
         and vr.filed_by_kind = 'partner' and vr.filed_by = ${reach.partner}))`
  }
  const whose = reach.own ?? reach.principals[0]
  if (whose === undefined) return sql<boolean>`false`
  const own = samePerson(whose)
  return sql<boolean>`(${of('payer_id')} = any(${own}) or exists (
    select 1 from receipt_line vl
      join charge vc on vc.municipality_id = vl.municipality_id and vc.charge_id = vl.charge_id
     where vl.municipality_id = ${of('municipality_id')} and vl.receipt_id = ${of('receipt_id')} and vc.debtor_id = any(${own}))
    or exists (
    select 1 from receipt_line vl
      join account_credit vk on vk.municipality_id = vl.municipality_id and vk.credit_id = vl.credit_id
     where vl.municipality_id = ${of('municipality_id')} and vl.receipt_id = ${of('receipt_id')} and vk.person_id = any(${own})))`
}

const select = (tx: Read, which: RawBuilder<unknown>) =>
  sql<ReceiptRow>`
    select r.receipt_id, r.book, r.year, r.serial, r.payer_id, r.payer_name, r.received_at, r.entered_at, r.collector_id, r.tender,
           r.request_id, r.voucher_id, r.reversed_by, r.entered_by, r.hand_written, r.session_id,
           (select jsonb_agg(jsonb_build_object(
                     'charge_id', l.charge_id, 'credit_id', l.credit_id, 'number', coalesce(a.number, b.number), 'label_ar', c.label_ar, 'label_en', c.label_en,
                     'currency', l.currency, 'amount_minor', l.amount_minor, 'paid_currency', l.paid_currency,
                     'paid_minor', l.paid_minor, 'rate', l.rate::text, 'request_id', c.request_id, 'fee_point', c.fee_point)
                   order by l.line)
              from receipt_line l
              left join charge c on c.municipality_id = l.municipality_id and c.charge_id = l.charge_id
              left join account_credit k on k.municipality_id = l.municipality_id and k.credit_id = l.credit_id
              left join account a on a.municipality_id = c.municipality_id and a.account_id = c.account_id
              left join account b on b.municipality_id = k.municipality_id and b.account_id = k.account_id
             where l.municipality_id = r.municipality_id and l.receipt_id = r.receipt_id) as lines
      from receipt r
     where r.municipality_id = ${tx.town} and ${which}`

/** One receipt; given an actor, only one they may see. */
export async function getReceipt(tx: Read, receiptId: string, actor?: Actor): Promise<Receipt> {
  const seen = actor ? receiptVisible(actor) : sql`true`
  const found = await select(tx, sql`r.receipt_id = ${receiptId} and ${seen}`).execute(tx.q)
  if (!found.rows[0]) throw new NotFound('no-such-receipt')
  return toReceipt(found.rows[0])
}

/** The receipt of a number as people read it, BOOK-SERIAL/YEAR, if there is one the actor may see. */
export async function findReceiptByNumber(
  tx: Read,
  number: string,
  actor: Actor,
): Promise<Receipt | undefined> {
  const named = readReceiptNumber(number)
  if (!named) return undefined
  const which = sql`r.book = ${named.book} and r.year = ${named.year} and r.serial = ${named.serial}`
  const found = await select(tx, sql`${which} and ${receiptVisible(actor)}`).execute(tx.q)
  return found.rows[0] && toReceipt(found.rows[0])
}

/** The receipts that paid something of a request, first the earliest, also those taken back. */
export async function receiptsOfRequest(tx: Read, requestId: string): Promise<Receipt[]> {
  const paying = sql`r.receipt_id in (
    select l.receipt_id from charge c
      join receipt_line l on l.municipality_id = c.municipality_id and l.charge_id = c.charge_id
     where c.municipality_id = ${tx.town} and c.request_id = ${requestId})`
  const found = await sql<ReceiptRow>`${select(tx, paying)} order by r.received_at, r.receipt_id`.execute(
    tx.q,
  )
  return found.rows.map(toReceipt)
}

/** The receipts of a till session, the newest first. */
export async function receiptsOfSession(tx: Read, sessionId: string): Promise<Receipt[]> {
  const found = await sql<ReceiptRow>`${select(tx, sql`r.session_id = ${sessionId}`)}
    order by r.received_at desc, r.receipt_id desc limit 1000`.execute(tx.q)
  return found.rows.map(toReceipt)
}

/** Receipts received between two instants, the newest first; of one collector, or of all. */
export async function receiptsBetween(
  tx: Read,
  between: {
    from: Date
    to: Date
    collectorId?: string | undefined
    /** Words the payer's name holds. */
    payer?: string | undefined
    most?: number | undefined
  },
): Promise<Receipt[]> {
  const { from, to, collectorId, payer, most = 2_000 } = between
  const by = collectorId === undefined ? sql`` : sql`and r.collector_id = ${collectorId}`
  const of = payer === undefined ? by : sql`${by} and strpos(r.payer_name, ${payer}) > 0`
  const found =
    await sql<ReceiptRow>`${select(tx, sql`r.received_at >= ${from} and r.received_at < ${to}`)} ${of}
    order by r.received_at desc, r.receipt_id desc limit ${most}`.execute(tx.q)
  return found.rows.map(toReceipt)
}

function toReceipt(row: ReceiptRow): Receipt {
  const lines = row.lines.map(toLine)
  return {
    id: row.receipt_id,
    book: row.book,
    year: row.year,
    serial: row.serial,
    number: receiptNumber(row),
    payer: { personId: row.payer_id ?? undefined, name: row.payer_name },
    receivedAt: row.received_at,
    enteredAt: row.entered_at,
    collectorId: row.collector_id ?? undefined,
    enteredBy: row.entered_by ?? undefined,
    handWritten: row.hand_written,
    sessionId: row.session_id ?? undefined,
    lines,
    totals: sumByCurrency(lines.map(line => line.paid)),
    tenders: row.tender.tenders ?? [],
    rates: row.tender.rates ?? [],
    requestId: row.request_id ?? undefined,
    voucherId: row.voucher_id,
    reversedBy: row.reversed_by ?? undefined,
  }
}

function toLine(row: LineRow): ReceiptLine {
  return {
    chargeId: row.charge_id ?? undefined,
    creditId: row.credit_id ?? undefined,
    accountNumber: row.number,
    label: {
      ar: row.label_ar ?? treasuryText('ar', 'on-account'),
      en: row.label_en ?? treasuryText('en', 'on-account'),
    },
    amount: money(row.amount_minor, row.currency),
    paid: money(row.paid_minor, row.paid_currency),
    rate: row.rate === null ? undefined : Decimal.parse(row.rate),
    requestId: row.request_id ?? undefined,
    feePoint: row.fee_point ?? undefined,
  }
}
