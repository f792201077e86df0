import { isMessageKind } from '../../../kernel/messages/index.ts'
import { plainList, type Read } from '../../../platform/database/index.ts'
import type { Channel, Claimed } from './model.ts'

type Row = {
  message_id: string
  lane: number
  kind: string
  template: string | null
  to_sealed: Buffer | null
  to_index: string | null
  body: string
  parts: number
  attempts: number
  fill: string | null
  fill_id: string | null
  later_since: Date | null
  later_tries: number
  expires_at: Date | null
}

/** How many messages are wanted; of those said to many no more than `bulk`. */
export type Wanted = { channel: Channel; most: number; bulk: number }

const lane = (number: number, most: string) => `
  (select message_id from message_due
    where municipality_id = $1 and channel = $2 and lane = ${number} and not_before <= $3
      and message_id not in (select unnest($6::uuid[]))
    order by not_before, message_id limit ${most})`

// Each row by its key, however many the planner takes them for.
const query = `
  select m.* from (select * from (${lane(0, '$4')} union all ${lane(1, '$4')} union all ${lane(2, '$5')}) first limit $4) due
   cross join lateral (
     select message_id, lane, kind, template, to_sealed, encode(to_index, 'hex') as to_index, body, parts, attempts, fill, fill_id, later_since, later_tries,
            expires_at
       from message where municipality_id = $1 and message_id = due.message_id limit 1) m`

/** What is due by a channel and not in hand already, the most urgent first. */
export async function dueMessages(
  tx: Read,
  { channel, most, bulk }: Wanted,
  held: readonly string[],
): Promise<Claimed[]> {
  const rows = await tx.prepared<Row>('due-messages', query, [
    tx.town,
    channel,
    tx.now,
    most,
    bulk,
    plainList(held),
  ])
  return rows.map(row => toClaimed(row, channel, tx.now)).sort((a, b) => a.lane - b.lane)
}

function toClaimed(row: Row, channel: Channel, takenAt: Date): Claimed {
  if (!isMessageKind(row.kind)) throw new Error(`no kind of message ${row.kind}`)
  return {
    id: row.message_id,
    channel,
    lane: row.lane,
    kind: row.kind,
    template: row.template ?? undefined,
    sealed: row.to_sealed ?? undefined,
    index: row.to_index ?? undefined,
    text: row.body,
    parts: row.parts,
    attempts: row.attempts + 1,
    fill: row.fill !== null && row.fill_id !== null ? { by: row.fill, id: row.fill_id } : undefined,
    later: row.later_since ? { since: row.later_since, tries: row.later_tries } : undefined,
    expiresAt: row.expires_at ?? undefined,
    takenAt,
    handing: '',
    encoding: undefined,
    rewritten: undefined,
    behind: undefined,
    refusals: [],
  }
}
