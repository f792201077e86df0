import type { House } from '../../../platform/house.ts'
import { type Finder, findMessages, type MessageFilter } from './find.ts'
import type { MessageLine } from './model.ts'

const pageRows = 500

/** All messages of a filter that the actor may read, page by page, each in a transaction of its own: a year of them needs no more memory than a page. */
export async function* everyMessage(
  house: House,
  town: string,
  finder: Finder,
  filter: MessageFilter,
): AsyncGenerator<MessageLine[]> {
  let before: MessageFilter['before']
  for (;;) {
    const lines = await house.database.read(town, tx =>
      findMessages(tx, finder, { ...filter, before }, pageRows),
    )
    const last = lines.at(-1)
    if (!last) return
    yield lines
    if (lines.length < pageRows) return
    before = { at: last.plannedAt, id: last.id }
  }
}

/** A cell that a spreadsheet would take for a formula is kept a text. */
export function csvCell(cell: string | number | undefined): string {
  if (cell === undefined) return ''
  if (typeof cell === 'number') return String(cell)
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
