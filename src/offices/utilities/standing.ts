import { sql } from 'kysely'
import type { CalendarDate } from '../../lib/calendar.ts'
import type { Read, Write } from '../../platform/database/transaction.ts'

/** Whether a subscription was stopped for a time and does not run again yet: what happened to it last says so. */
export const isSuspended = async (tx: Read, subscriptionId: string): Promise<boolean> =>
  (await lastOf(tx, subscriptionId, ['suspended', 'reactivated'])) === 'suspended'

/** Whether it may stand still: it was stopped here, or came from an earlier program that does not say. */
export const mayBeSuspended = async (tx: Read, subscriptionId: string): Promise<boolean> => {
  const last = await lastOf(tx, subscriptionId, ['suspended', 'reactivated', 'imported'])
  return last === 'suspended' || last === 'imported'
}

async function lastOf(
  tx: Read,
  subscriptionId: string,
  kinds: readonly string[],
): Promise<string | undefined> {
  const { rows } = await sql<{ kind: string }>`
    select kind from subscription_event
     where municipality_id = ${tx.town} and subscription_id = ${subscriptionId} and kind = any(${kinds}::text[])
     order by at desc, event_id desc limit 1`.execute(tx.q)
  return rows[0]?.kind
}

/**
 * Ends a subscription and the term of its holders; its account stays for what is owed or to be given back. False where it had ended before.
 */
export async function closeSubscription(
  tx: Write,
  subscriptionId: string,
  today: CalendarDate,
): Promise<boolean> {
  const ended = await sql`update subscription set closed_at = ${tx.now}
             where municipality_id = ${tx.town} and subscription_id = ${subscriptionId} and closed_at is null returning 1`.execute(
    tx.q,
  )
  if (ended.rows.length === 0) return false
  await sql`update subscription_holder set valid_until = greatest(${today}::date, valid_from)
             where municipality_id = ${tx.town} and subscription_id = ${subscriptionId} and valid_until is null`.execute(
    tx.q,
  )
  return true
}

/** Writes the meter that is installed now. */
export async function changeMeter(tx: Write, subscriptionId: string, meterNumber: string): Promise<void> {
  await sql`update subscription set meter_number = ${meterNumber}
             where municipality_id = ${tx.town} and subscription_id = ${subscriptionId}`.execute(tx.q)
}
