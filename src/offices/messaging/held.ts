import { sql } from 'kysely'
import { newId } from '../../lib/ids.ts'
import type { Write } from '../../platform/database/transaction.ts'

/** Lets a message go that a second person has looked at: it is due from now on. One that is held no more stays as it is. */
export const letGo = (tx: Write, messageId: string, by: string): Promise<void> =>
  settle(tx, messageId, { by, what: 'let-go', becomes: sql`state = 'planned', not_before = ${tx.now}` })

/** Takes a held message back: it is never sent. */
export const takeBack = (tx: Write, messageId: string, by: string, why: string): Promise<void> =>
  settle(tx, messageId, {
    ...{ by, what: 'sent-back', detail: why },
    becomes: sql`state = 'cancelled', ended_at = ${tx.now}`,
  })

async function settle(
  tx: Write,
  messageId: string,
  {
    by,
    what,
    detail,
    becomes,
  }: { by: string; what: string; detail?: string; becomes: ReturnType<typeof sql> },
): Promise<void> {
  await sql`
    with held as (
      update message set ${becomes}
       where municipality_id = ${tx.town} and message_id = ${messageId} and state = 'held'
      returning message_id)
    insert into message_note (municipality_id, message_id, note_id, at, what, detail, by_staff)
    select ${tx.town}, message_id, ${newId(tx.now)}::uuid, ${tx.now}, ${what}, ${detail ?? null}, ${by}::uuid from held`.execute(
    tx.q,
  )
}
