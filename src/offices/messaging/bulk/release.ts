import { sql } from 'kysely'
import type { Write } from '../../../platform/database/transaction.ts'

export type Released = { messages: number; parts: number }

/**
 * Lets the next waiting messages of a bulk into the outbox, the first planned first, at most so many. From then on the senders hand them
 * over behind codes and steps; past `expiresAt`, where there is one, they are of no use. What two let go at one time is let go once.
 */
export async function releaseBulk(
  tx: Write,
  bulkId: string,
  { limit, expiresAt }: { limit: number; expiresAt: Date | undefined },
): Promise<Released> {
  const { rows } = await sql<Released>`
    with next as materialized (
      select m.message_id from message_due d join message m on m.municipality_id = d.municipality_id and m.message_id = d.message_id
       where d.municipality_id = ${tx.town} and d.bulk_id = ${bulkId} and d.not_before = 'infinity' and m.state = 'waiting'
       order by d.message_id limit ${limit} for update of m skip locked),
    released as (
      update message m set state = 'planned', not_before = ${tx.now}::timestamptz, expires_at = ${expiresAt ?? null}::timestamptz
        from next where m.municipality_id = ${tx.town} and m.message_id = next.message_id and m.state = 'waiting'
      returning m.parts)
    select count(*)::integer as messages, coalesce(sum(parts), 0)::integer as parts from released`.execute(
    tx.q,
  )
  return rows[0] ?? { messages: 0, parts: 0 }
}

/** Takes back what a bulk has in the outbox and nobody has in hand; it waits again. Gives what went back. */
export async function holdBulk(tx: Write, bulkId: string): Promise<Released> {
  const { rows } = await sql<Released>`
    with held as (
      update message m set state = 'waiting' from message_due d
       where d.municipality_id = ${tx.town} and d.bulk_id = ${bulkId} and d.not_before < 'infinity'
         and m.municipality_id = d.municipality_id and m.message_id = d.message_id and m.state = 'planned'
      returning m.parts)
    select count(*)::integer as messages, coalesce(sum(parts), 0)::integer as parts from held`.execute(tx.q)
  return rows[0] ?? { messages: 0, parts: 0 }
}

/** Takes back for good the next messages of a bulk that have not left, at most so many. Gives how many; 0 when none are left. */
export async function cancelBulk(tx: Write, bulkId: string, why: string, limit: number): Promise<number> {
  const cancelled = await sql`
    with next as materialized (
      select m.message_id from message_due d join message m on m.municipality_id = d.municipality_id and m.message_id = d.message_id
       where d.municipality_id = ${tx.town} and d.bulk_id = ${bulkId} and m.state in ('waiting', 'planned')
       limit ${limit} for update of m skip locked)
    update message m set state = 'cancelled', failure = ${why}, ended_at = ${tx.now}::timestamptz
      from next where m.municipality_id = ${tx.town} and m.message_id = next.message_id`.execute(tx.q)
  return Number(cancelled.numAffectedRows ?? 0n)
}
