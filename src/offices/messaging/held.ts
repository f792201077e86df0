import { type RawBuilder, sql } from 'kysely'
import { newId } from '../../lib/ids.ts'
import type { Write } from '../../platform/database/transaction.ts'

/**
 * Lets words go that a second person has looked at, by all ways they were planned for: they are due from now on, or have nobody to go to.
 * `messageId` is what `planMessage` gave. What is held no more stays as it is.
 */
export const letGo = (tx: Write, messageId: string, by: string): Promise<void> =>
  settle(tx, messageId, {
    by,
    what: 'let-go',
    becomes: sql`state = case when m.to_sealed is null and m.channel <> 'portal' then 'unaddressed' else 'planned' end,
                 not_before = ${tx.now}`,
  })

/** Takes held words back: they are never sent. */
export const takeBack = (tx: Write, messageId: string, by: string, why: string): Promise<void> =>
  settle(tx, messageId, {
    by,
    what: 'sent-back',
    detail: why,
    becomes: sql`state = 'cancelled', ended_at = ${tx.now}`,
  })

type Settlement = { by: string; what: string; detail?: string; becomes: RawBuilder<unknown> }

/** The same words by another way are another row, planned by the same hand at the same instant. */
async function settle(
  tx: Write,
  messageId: string,
  { by, what, detail, becomes }: Settlement,
): Promise<void> {
  const { rows } = await sql<{ message_id: string }>`
    update message m set ${becomes}
      from message named
     where named.municipality_id = ${tx.town} and named.message_id = ${messageId}
       and m.municipality_id = named.municipality_id and m.state = 'held'
       and (m.message_id = named.message_id
            or (m.request_id = named.request_id and m.planned_at = named.planned_at and m.event = named.event
                and m.person_id = named.person_id and m.written_by = named.written_by))
    returning m.message_id`.execute(tx.q)
  for (const { message_id: id } of rows) {
    await sql`insert into message_note (municipality_id, message_id, note_id, at, what, detail, by_staff)
      values (${tx.town}, ${id}, ${newId(tx.now)}, ${tx.now}, ${what}, ${detail ?? null}, ${by})`.execute(
      tx.q,
    )
  }
}
