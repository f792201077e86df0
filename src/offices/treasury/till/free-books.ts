import type { Read } from '../../../platform/database/index.ts'
import { booksOf, firstBook } from './books.ts'
import { openSessions } from './sessions.ts'

/** The printed books in use that no till has open; a town without any begins with its first. */
export async function freeBooks(tx: Read): Promise<string[]> {
  const printed = (await booksOf(tx)).filter(book => book.kind === 'printed')
  if (printed.length === 0) return [firstBook]
  const taken = new Set((await openSessions(tx)).map(session => session.book))
  return printed.filter(book => book.active && !taken.has(book.book)).map(book => book.book)
}
