import { afterDeath } from '../../../kernel/messages/index.ts'
import { plainList, type Write } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'

/** For how long a process sends for a town after it last said so, unless told otherwise. */
export const usualLeaseMs = 12_000

/** A process that sends, and for how long it does after it last said so. */
export type Holder = { id: string; leaseMs: number }

/** Another process sends for the town by now: nothing more is handed over by this one. */
export class LeaseLost extends Error {
  override name = 'LeaseLost'
}

/**
 * A process that stands still in the middle of this transaction, or whose machine is gone, keeps its rows from whoever sends next for no longer
 * than its lease: then the database ends it.
 */
export const letGo = (tx: Write, leaseMs: number): Promise<unknown> =>
  tx.prepared('let-go', "select set_config('idle_in_transaction_session_timeout', $1, true)", [
    String(leaseMs),
  ])

/**
 * Takes the lease of a town, or says again that it is this process's; false while it is another's. Whoever takes it from a process that fell
 * silent finds what that one was handing over: it may have reached somebody, and is uncertain. Only what goes into the inbox of the portal
 * goes again, since there it is once however often it is put there.
 */
export async function holdLease(
  house: House,
  town: string,
  { id: holder, leaseMs }: Holder,
  repeatable: boolean,
): Promise<boolean> {
  return house.database.write(town, async tx => {
    const hold = tx.prepared(
      'hold-lease',
      `insert into message_lease as l (municipality_id, holder, until) values ($1, $2, $3)
       on conflict (municipality_id) do update set holder = excluded.holder, until = excluded.until
        where l.holder = excluded.holder or l.until <= $4
       returning holder`,
      [town, holder, new Date(tx.now.getTime() + leaseMs), tx.now],
    )
    const [held] = await Promise.all([hold, letGo(tx, leaseMs)])
    if (held.length === 0) return false
    await tx.prepared(
      'take-over-handings',
      `with dead as (delete from message_handing where municipality_id = $1 and holder <> $2 returning at, message_ids),
       taken as (select u.message_id, max(d.at) as at from dead d cross join lateral unnest(d.message_ids) u(message_id) group by 1),
       lost as (
         update message m set state = $3, attempts = m.attempts + 1, claimed_at = t.at, failure = case when $3 = 'uncertain' then 'sender-died' end,
                sent_at = case when $3 = 'uncertain' then t.at end
           from taken t
          where m.municipality_id = $1 and m.message_id = t.message_id and m.state = 'planned' and m.channel <> 'portal'
         returning m.message_id, m.attempts, m.state, m.channel, greatest(m.parts, 1) as parts, t.at)
       insert into message_part (municipality_id, message_id, try, part, state, failure, submitted_at)
       select $1, l.message_id, l.attempts, p.part, 'uncertain', 'sender-died', l.at
         from lost l cross join lateral generate_series(1, case when l.channel = 'sms' then l.parts else 1 end) p(part)
        where l.state = 'uncertain'
       on conflict do nothing`,
      [town, holder, afterDeath(repeatable)],
    )
    return true
  })
}

/** Lets the next process begin at once. */
export async function leaveLease(house: House, town: string, holder: string): Promise<void> {
  await house.database.write(town, tx =>
    tx.prepared(
      'leave-lease',
      'update message_lease set until = $3 where municipality_id = $1 and holder = $2',
      [town, holder, tx.now],
    ),
  )
}

/**
 * Writes down what is about to be handed over, and says again that this process sends for the town. Both or neither: a process that slept
 * through its lease stops here.
 * @throws LeaseLost
 */
export async function intend(
  house: House,
  town: string,
  { id: holder, leaseMs }: Holder,
  handing: string,
  messages: readonly string[],
): Promise<void> {
  const written = await house.database.write(town, async tx => {
    const intended = tx.prepared(
      'intend-handing',
      `with held as (
         update message_lease set until = $5 where municipality_id = $1 and holder = $2 returning holder)
       insert into message_handing (municipality_id, handing_id, holder, at, message_ids)
       select $1, $3, holder, $4, $6::uuid[] from held returning handing_id`,
      [town, holder, handing, tx.now, new Date(tx.now.getTime() + leaseMs), plainList(messages)],
    )
    const [rows] = await Promise.all([intended, letGo(tx, leaseMs)])
    return rows
  })
  if (written.length === 0) throw new LeaseLost(`another process sends for the town ${town}`)
}

/** Forgets what was written down and surely not begun: the answer of the database to `intend` was lost on its way. */
export async function forget(house: House, town: string, handings: readonly string[]): Promise<void> {
  await house.database.write(town, tx =>
    tx.prepared(
      'forget-handings',
      'delete from message_handing where municipality_id = $1 and handing_id = any($2::uuid[])',
      [town, handings],
    ),
  )
}
