import { isMessageKind } from '../../../kernel/messages/index.ts'
import type { House } from '../../../platform/house.ts'
import type { Channel, Claimed } from './model.ts'

type Row = {
  message_id: string
  lane: number
  kind: string
  event: string
  template: string | null
  request_id: string | null
  person_id: string | null
  to_sealed: Buffer | null
  to_index: Buffer | null
  body: string
  parts: number
  attempts: number
  fill: string | null
  fill_id: string | null
  not_before: Date
  expires_at: Date | null
}

export type Wanted = { channel: Channel; most: number; bulk: number }

/**
 * Claims what is due by a channel, the most urgent first. Once this is committed the messages are this process's to send, and should it die
 * they count as handed over: so no more are claimed than can be handed over at once.
 */
export async function claim(
  house: House,
  town: string,
  sender: string,
  { channel, most, bulk }: Wanted,
): Promise<Claimed[]> {
  const { rows, at } = await house.database.write(town, async tx => ({
    at: tx.now,
    rows: await tx.prepared<Row>('claim-messages', 'select * from claim_messages($1, $2, $3, $4, $5, $6)', [
      town,
      tx.now,
      sender,
      channel,
      most,
      bulk,
    ]),
  }))
  return rows
    .sort((a, b) => a.lane - b.lane || a.not_before.getTime() - b.not_before.getTime())
    .map(row => toClaimed(row, channel, at))
}

function toClaimed(row: Row, channel: Channel, claimedAt: Date): Claimed {
  if (!isMessageKind(row.kind)) throw new Error(`no kind of message ${row.kind}`)
  return {
    ...{ id: row.message_id, channel, lane: row.lane, kind: row.kind, event: row.event },
    template: row.template ?? undefined,
    requestId: row.request_id ?? undefined,
    personId: row.person_id ?? undefined,
    sealed: row.to_sealed ?? undefined,
    index: row.to_index ?? undefined,
    ...{ text: row.body, parts: row.parts, attempts: row.attempts },
    fill: row.fill !== null && row.fill_id !== null ? { by: row.fill, id: row.fill_id } : undefined,
    expiresAt: row.expires_at ?? undefined,
    ...{ encoding: undefined, claimedAt, rewritten: undefined, refusals: [] },
  }
}

/** For how long a claim is this process's, and for how long of that it may still begin to hand over. */
export const leaseMs = { claim: 120_000, begin: 60_000 }

/**
 * Gives back what this process claimed and does not hold: an answer of the database that was lost on its way, after which the rows are
 * claimed and nobody knows. Surely none of them was handed over.
 */
export async function giveBack(
  house: House,
  town: string,
  sender: string,
  held: readonly string[],
): Promise<void> {
  await house.database.write(town, tx =>
    tx.prepared(
      'give-back-messages',
      `update message set state = 'planned', claimed_by = null
        where municipality_id = $1 and state = 'sending' and claimed_by = $2 and message_id <> all($3::uuid[])`,
      [town, sender, held],
    ),
  )
}

/**
 * Takes up what was claimed by a process that died: planned again where its carriers tell repetitions apart, else uncertain, for nobody knows
 * whether it was handed over.
 */
export async function releaseOrphans(house: House, town: string, repeatable: boolean): Promise<number> {
  const rows = await house.database.write(town, tx =>
    tx.prepared<{ message_id: string }>(
      'release-orphans',
      `with released as (
         update message set state = case when $3 or channel = 'portal' then 'planned' else 'uncertain' end,
                failure = case when not $3 and channel <> 'portal' then 'sender-died' end, sent_at = case when not $3 and channel <> 'portal' then claimed_at end
          where municipality_id = $1 and state = 'sending' and claimed_at < $2
         returning municipality_id, message_id, state, attempts, greatest(parts, 1) as parts, claimed_at),
       parts as (
         insert into message_part (municipality_id, message_id, try, part, state, failure, submitted_at)
         select r.municipality_id, r.message_id, r.attempts, p.part, 'uncertain', 'sender-died', r.claimed_at
           from released r cross join lateral generate_series(1, r.parts) p(part) where r.state = 'uncertain'
         on conflict do nothing)
       select message_id from released`,
      [town, new Date(tx.now.getTime() - leaseMs.claim), repeatable],
    ),
  )
  return rows.length
}
