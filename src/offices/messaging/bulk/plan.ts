import { type RawBuilder, sql } from 'kysely'
import { lanes, type MessageKind } from '../../../kernel/messages/index.ts'
import { smsParts } from '../../../lib/sms/index.ts'
import type { Write } from '../../../platform/database/transaction.ts'
import type { TemplateUsed } from '../templates/model.ts'

/** What is said to many: the same words to all, or words that are filled when each message is handed over. */
export type BulkText = {
  bulkId: string
  kind: MessageKind
  event: string
  body: string
  /** Whose words these are, and which version of them; the event's own unless given. */
  template?: TemplateUsed | undefined
  /**
   * Who fills the words of each message, by the name they registered under; its `fill_id` is the message's own id. Until then it has no
   * words, and is as long as `body`.
   */
  fill?: string | undefined
  writtenBy: string
}

/**
 * Plans messages of a bulk in one statement, however many recipients the query gives: `(seq integer, channel, person_id, to_sealed,
 * to_index)`, `seq` told apart within the bulk. They wait until `releaseBulk` lets them into the outbox; one without a telephone is
 * unaddressed. Whoever repeats it doubles them: the caller keeps in the same transaction how far it is. Gives how many.
 */
export async function planBulk(tx: Write, text: BulkText, recipients: RawBuilder<unknown>): Promise<number> {
  const { encoding, parts } = smsParts(text.body)
  const { key, version, from } = text.template ?? { key: text.event, version: 1, from: null }
  const instant = tx.now.getTime().toString(16).padStart(12, '0')
  // An id of UUIDv7's shape with the recipient's number where the counter stands: they sort as they were planned, and the indexes grow at
  // one end.
  const id = sql`(${instant} || '7' || substr(lpad(to_hex(r.seq), 6, '0'), 1, 3) || '8' || substr(lpad(to_hex(r.seq), 6, '0'), 4, 3)
    || right(gen_random_uuid()::text, 12))::uuid`
  const planned = await sql`
    insert into message (municipality_id, message_id, person_id, event, kind, template, template_version, template_from, fill, fill_id,
                         bulk_id, channel, lane, to_sealed, to_index, body, encoding, parts, state, planned_at, not_before, written_by)
    select ${tx.town}::uuid, r.message_id, r.person_id, ${text.event}::text, ${text.kind}::text, ${key}::text, ${version}::integer,
           ${from}::text, ${text.fill ?? null}::text, ${text.fill ? sql`r.message_id` : sql`null::uuid`},
           ${text.bulkId}::uuid, r.channel, ${lanes.bulk}::smallint, r.to_sealed, r.to_index, ${text.fill ? '' : text.body}::text, ${encoding}::text,
           ${parts}::integer, case when r.channel = 'sms' and r.to_sealed is null then 'unaddressed' else 'waiting' end,
           ${tx.now}::timestamptz, ${tx.now}::timestamptz, ${text.writtenBy}::uuid
      from (select r.*, ${id} as message_id from (${recipients}) r) r
     order by r.seq`.execute(tx.q)
  return Number(planned.numAffectedRows ?? 0n)
}
