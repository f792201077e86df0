import { sql } from 'kysely'
import { BadRequest, Conflict, NotFound } from '../../../lib/errors.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { record } from '../../audit/index.ts'
import type { By } from '../model.ts'
import type { Book, BookKind } from './model.ts'

const bookName = /^[A-Za-z0-9]{1,12}$/

/** The printed book a town begins with, and the book of what is paid online. */
export const firstBook = 'A'
export const onlineBook = 'E'

type Row = {
  book: string
  kind: BookKind
  description: string
  first_serial: number | null
  last_serial: number | null
  active: boolean
}

const toBook = (row: Row): Book => ({
  book: row.book,
  kind: row.kind,
  description: row.description,
  active: row.active,
  pages:
    row.first_serial === null || row.last_serial === null
      ? undefined
      : { first: row.first_serial, last: row.last_serial },
})

/** Every book of the town by its letter, those put away too. */
export async function booksOf(tx: Read): Promise<Book[]> {
  const found = await sql<Row>`
    select book, kind, description, first_serial, last_serial, active from receipt_book
     where municipality_id = ${tx.town} order by book`.execute(tx.q)
  return found.rows.map(toBook)
}

export async function findBook(tx: Read, book: string): Promise<Book | undefined> {
  const found = await sql<Row>`
    select book, kind, description, first_serial, last_serial, active from receipt_book
     where municipality_id = ${tx.town} and book = ${book}`.execute(tx.q)
  return found.rows[0] && toBook(found.rows[0])
}

/** Adds a book; a hand-written one with the first and last serial printed on its pages. */
export async function addBook(
  tx: Write,
  input: {
    book: string
    kind: BookKind
    description: string
    pages?: { first: number; last: number } | undefined
    by: By
  },
): Promise<void> {
  const { book, kind, pages, by } = input
  if (!bookName.test(book)) throw new BadRequest('book-malformed', { book })
  if (
    kind === 'hand-written' &&
    (!pages || pages.first < 1 || pages.last < pages.first || pages.last > 999_999_999)
  )
    throw new BadRequest('book-pages-malformed', { book })
  if (await findBook(tx, book)) throw new Conflict('book-there', { book })
  await insert(tx, { ...input, pages: kind === 'hand-written' ? pages : undefined })
  await record(tx, { actor: by, act: 'treasury.book-added', subjectKind: 'receipt-book', subjectId: book })
}

/** Puts a book away, or takes it out again. What was written from it stays. */
export async function setBookActive(
  tx: Write,
  { book, active, by }: { book: string; active: boolean; by: By },
): Promise<void> {
  if (!(await findBook(tx, book))) throw new NotFound('no-such-book', { book })
  await sql`update receipt_book set active = ${active}
             where municipality_id = ${tx.town} and book = ${book}`.execute(tx.q)
  const act = active ? 'treasury.book-taken-out' : 'treasury.book-put-away'
  await record(tx, { actor: by, act, subjectKind: 'receipt-book', subjectId: book })
}

/** The book a till writes from; a town that has no printed book yet gets its first when it first opens a till. */
export async function bookOfTill(tx: Write, book: string): Promise<Book> {
  const found = await findBook(tx, book)
  if (found?.kind === 'printed' && found.active) return found
  if (found) throw new Conflict('book-not-of-tills', { book })
  const printed = (await booksOf(tx)).some(each => each.kind === 'printed')
  if (book !== firstBook || printed) throw new NotFound('no-such-book', { book })
  await insert(tx, { book, kind: 'printed', description: '' })
  return { book, kind: 'printed', description: '', pages: undefined, active: true }
}

/** The book of what comes in online, added when it is first written in. */
export async function bookOfOnline(tx: Write, book: string): Promise<void> {
  if (!bookName.test(book)) throw new BadRequest('book-malformed', { book })
  const found = await findBook(tx, book)
  if (found && found.kind !== 'online') throw new Conflict('book-not-online', { book })
  if (!found) await insert(tx, { book, kind: 'online', description: '' })
}

type NewBook = {
  book: string
  kind: BookKind
  description: string
  pages?: Book['pages']
  by?: By
}

async function insert(tx: Write, { book, kind, description, pages, by }: NewBook): Promise<void> {
  await sql`
    insert into receipt_book (municipality_id, book, kind, description, first_serial, last_serial, active, added_at, added_by)
    values (${tx.town}, ${book}, ${kind}, ${description.trim()}, ${pages?.first ?? null}, ${pages?.last ?? null}, true, ${tx.now},
            ${by?.kind === 'staff' ? by.id : null})
    on conflict do nothing`.execute(tx.q)
}
