import { sql } from 'kysely'
import type { Read } from '../../../platform/database/transaction.ts'
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
): AsyncGenerator<(MessageLine & { refs: string })[]> {
  let before: MessageFilter['before']
  for (;;) {
    const lines = await house.database.read(town, async tx =>
      withRefs(tx, await findMessages(tx, finder, { ...filter, before }, pageRows)),
    )
    const last = lines.at(-1)
    if (!last) return
    yield lines
    if (lines.length < pageRows) return
    before = { at: last.plannedAt, id: last.id }
  }
}

/** With what their providers called their parts. */
async function withRefs(tx: Read, lines: MessageLine[]): Promise<(MessageLine & { refs: string })[]> {
  const { rows } = await sql<{ message_id: string; refs: string }>`
    select message_id, string_agg(provider_ref, ' ' order by try, part) as refs from message_part
     where municipality_id = ${tx.town} and message_id = any(${lines.map(({ id }) => id)}::uuid[]) and provider_ref is not null
     group by message_id`.execute(tx.q)
  const refs = new Map(rows.map(row => [row.message_id, row.refs]))
  return lines.map(line => ({ ...line, refs: refs.get(line.id) ?? '' }))
}
