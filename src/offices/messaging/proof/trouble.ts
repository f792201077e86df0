import { type RawBuilder, sql } from 'kysely'
import type { Read } from '../../../platform/database/transaction.ts'
import type { Finder } from './find.ts'
import { linesOf } from './lines.ts'
import type { MessageLine } from './model.ts'

/** What needs a look, in the order in which it hurts: nobody was told, or nobody knows. What waits for a reviewer has a page of its own. */
export const troubles = ['unaddressed', 'failed', 'uncertain'] as const
export type Trouble = (typeof troubles)[number]
export const isTrouble = (text: string): text is Trouble => (troubles as readonly string[]).includes(text)

// As the index of the few has it, word for word.
const open = sql`m.lane = 1 and m.settled_how is null and m.undelivered in ('held', 'failed', 'uncertain', 'unaddressed', 'opted-out')
  and (m.undelivered <> 'opted-out' or m.kind = 'legal')`
const toPost = sql`m.kind = 'legal' and m.settled_how is null and m.undelivered in ('failed', 'unaddressed', 'opted-out')`

const stateOf = (trouble: Trouble): RawBuilder<unknown> =>
  trouble === 'unaddressed'
    ? sql`m.undelivered in ('unaddressed', 'opted-out')`
    : sql`m.undelivered = ${trouble}`

/** Messages of one trouble that nobody has settled, the latest first. */
export const troubled = (
  tx: Read,
  finder: Finder,
  trouble: Trouble,
  { before, limit }: { before?: { at: Date; id: string } | undefined; limit: number },
): Promise<MessageLine[]> => {
  const goesOn = before ? sql`(m.planned_at, m.message_id) < (${before.at}, ${before.id}::uuid)` : sql`true`
  return linesOf(tx, finder, sql`${open} and ${stateOf(trouble)} and ${goesOn}`, { limit })
}

const countedUpTo = 1_000

/** How many of each the town has, up to a thousand. Counted for the town, whoever asks: it is how much there is to do. */
export async function countTroubles(tx: Read): Promise<Record<Trouble | 'post', number>> {
  const counts = [...troubles.map(trouble => sql`${open} and ${stateOf(trouble)}`), toPost].map(
    which => sql`(select count(*)::integer from (select 1 from message m
       where m.municipality_id = ${tx.town} and ${which} limit ${countedUpTo}) few)`,
  )
  const names = [...troubles, 'post']
  const { rows } = await sql<Record<Trouble | 'post', number>>`
    select ${sql.join(counts.map((count, place) => sql`${count} as ${sql.ref(names[place] ?? '')}`))}`.execute(
    tx.q,
  )
  return rows[0] ?? { unaddressed: 0, failed: 0, uncertain: 0, post: 0 }
}

/** Notices of law that reached nobody by telephone and go by post or wait at the counter, those that wait longest first. */
export const toBePosted = (tx: Read, finder: Finder, limit: number): Promise<MessageLine[]> =>
  linesOf(tx, finder, toPost, { order: sql`m.planned_at, m.message_id`, limit })

/** Those that went by post or were handed over at the counter, the latest first. */
export const posted = (tx: Read, finder: Finder, limit: number): Promise<MessageLine[]> =>
  linesOf(tx, finder, sql`m.kind = 'legal' and m.settled_how in ('post', 'counter')`, {
    order: sql`m.settled_at desc, m.message_id desc`,
    limit,
  })
