import { sql } from 'kysely'
import { BadRequest, Conflict, NotFound } from '../../../lib/errors.ts'
import type { Write } from '../../../platform/database/index.ts'
import type { Ledger, ReceiptInput } from '../model.ts'
import { bookOfOnline, findBook, onlineBook } from './books.ts'
import type { Tender } from './model.ts'
import { sessionForTaking } from './sessions.ts'

/** Where a receipt is written, and where its money goes. */
export type Place = {
  book: string
  /** The serial printed on a hand-written page; undefined is the next of the book. */
  serial: number | undefined
  /** Nothing that came over a counter: no till. */
  session: { sessionId: string; till: string } | undefined
}

/**
 * The book of a receipt and the till of its money. What came in online goes past the tills; all else goes into the collector's open
 * session, also what was written by hand before: its money lies in that drawer.
 */
export async function placeOf(tx: Write, input: ReceiptInput): Promise<Place> {
  const { tenders, collectorId } = input
  const online = tenders.filter(tender => tender.kind === 'online').length
  if (online > 0) {
    if (online < tenders.length || input.handWritten) throw new BadRequest('online-with-others')
    const book = input.book ?? onlineBook
    await bookOfOnline(tx, book)
    return { book, serial: undefined, session: undefined }
  }
  if (collectorId === undefined) throw new BadRequest('collector-missing')
  const session = await sessionForTaking(tx, collectorId)
  if (input.handWritten) return { ...(await pageOf(tx, input.handWritten)), session }
  if (input.book !== undefined && input.book !== session.till)
    throw new Conflict('book-of-another-till', { book: input.book, till: session.till })
  return { book: session.till, serial: undefined, session }
}

/** A page of a hand-written book: in its range, and not entered before. */
async function pageOf(
  tx: Write,
  { book, serial }: { book: string; serial: number },
): Promise<{ book: string; serial: number }> {
  const found = await findBook(tx, book)
  if (found?.kind !== 'hand-written' || !found.active || !found.pages)
    throw new NotFound('no-such-book', { book })
  const { first, last } = found.pages
  if (!Number.isInteger(serial) || serial < first || serial > last)
    throw new Conflict('page-out-of-book', { book, serial, first, last })
  await sql`select pg_advisory_xact_lock(hashtextextended(${`page ${tx.town} ${book} ${serial}`}, 0))`.execute(
    tx.q,
  )
  const entered = await sql`
    select 1 from receipt where municipality_id = ${tx.town} and book = ${book} and serial = ${serial} and hand_written`.execute(
    tx.q,
  )
  if (entered.rows.length > 0) throw new Conflict('page-entered', { book, serial })
  return { book, serial }
}

/** The ledger a tender's money lies in. */
export function ledgerOf(tender: Tender, place: Place): Ledger {
  const till = place.session?.till ?? ''
  switch (tender.kind) {
    case 'online':
      return `online:${place.book}`
    case 'cheque':
      return 'cheques'
    default:
      return `${tender.kind}:${till}`
  }
}
