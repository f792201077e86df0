import { sql } from 'kysely'
import { Conflict, NotFound } from '../../../lib/errors.ts'
import { type Currency, type Money, money } from '../../../lib/money.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import type { Events } from '../../../platform/events.ts'
import type { By, Receipt, ReceiptLineInput } from '../model.ts'
import { takeReceipt } from '../take.ts'

/** What a page of a hand-written book says. */
export type HandWritten = {
  book: string
  serial: number
  collectorId: string
  receivedAt: Date
  payer: string
  /** The account it was paid on, by its number: 20-004178-3. */
  account: string
  amount: Money
  by: By
}

type Open = { account_id: string; charge_id: string | null; currency: Currency | null; open: number | null }

/** The open charges of an account by number in one currency, the oldest first. */
async function openOn(tx: Read, number: string, currency: Currency) {
  const { rows } = await sql<Open>`
    select a.account_id, c.charge_id, c.currency, c.amount_minor - c.settled_minor as open
      from account a
      left join charge c on c.municipality_id = a.municipality_id and c.account_id = a.account_id
           and c.cancelled_at is null and c.settled_minor < c.amount_minor and c.currency = ${currency}
     where a.municipality_id = ${tx.town} and a.number = ${number}
     order by c.due_on, c.charge_id`.execute(tx.q)
  const [first] = rows
  if (!first) throw new NotFound('no-such-account')
  return {
    accountId: first.account_id,
    charges: rows.flatMap(row => (row.charge_id && row.open ? [{ id: row.charge_id, open: row.open }] : [])),
  }
}

/**
 * Enters a receipt that was written by hand while there was no power: the account's oldest charges first, and what is more than they are
 * stays on account. It keeps its printed number and both its dates, and goes into the open till of who wrote it.
 * @throws NotFound `no-such-account`, `no-such-book`; Conflict `page-entered`, `page-out-of-book`, `till-not-open`, `nothing-open`
 */
export async function enterHandWritten(tx: Write, events: Events, page: HandWritten): Promise<Receipt> {
  const { amount, book, serial } = page
  const { accountId, charges } = await openOn(tx, page.account, amount.currency)
  if (amount.minor <= 0) throw new Conflict('nothing-open')
  let left = amount.minor
  const lines: ReceiptLineInput[] = []
  for (const { id, open } of charges) {
    const part = money(Math.min(left, open), amount.currency)
    if (part.minor === 0) break
    lines.push({ chargeId: id, amount: part, paid: part })
    left -= part.minor
  }
  const rest = money(left, amount.currency)
  if (left > 0) lines.push({ onAccount: accountId, amount: rest, paid: rest })
  return takeReceipt(tx, events, {
    payer: { name: page.payer },
    collectorId: page.collectorId,
    by: page.by,
    lines,
    receivedAt: page.receivedAt,
    handWritten: { book, serial },
    tenders: [{ kind: 'cash', received: [amount], change: [] }],
  })
}
