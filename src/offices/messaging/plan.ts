import { sql } from 'kysely'
import { kinds, lanes, type MessageKind } from '../../kernel/messages/index.ts'
import { newId } from '../../lib/ids.ts'
import { smsParts } from '../../lib/sms/index.ts'
import type { Write } from '../../platform/database/transaction.ts'
import type { House } from '../../platform/house.ts'
import type { WordsFrom } from './templates/model.ts'

export type NewMessage = {
  kind: MessageKind
  requestId?: string | undefined
  /** Whom it is for; left out where only the telephone is known, and then `to` is given. */
  personId?: string | undefined
  event: string
  body: string
  /** Whose words these are, and which version of them; the event's own unless given. */
  template?: { key: string; version: number; from?: WordsFrom } | undefined
  /** By e-mail instead of by SMS; `to` is then the address. */
  channel?: 'sms' | 'email' | undefined
  /** Another of the person's numbers; the primary one unless given. */
  to?: { sealed: Buffer; index: Buffer } | undefined
  /** After which it is of no use and is not sent. */
  expiresAt?: Date | undefined
  /** Free words of the staff: who wrote them, and whether a second person looks at them first. */
  written?: { by: string; held: boolean } | undefined
}

/**
 * Plans a message in the transaction of the act it tells of: the row is its own outbox. A person without a number still gets the row, as
 * unaddressed, so that somebody sees that they were not told. Gives the message's id. One statement.
 */
export async function planMessage(tx: Write, _house: House, message: NewMessage): Promise<string> {
  const id = newId(tx.now)
  const { encoding, parts } = smsParts(message.body)
  const {
    key = message.event,
    version = 1,
    from = message.written ? undefined : 'given',
  } = message.template ?? {}
  const ready = message.written?.held ? 'held' : 'planned'
  await sql`
    insert into message (municipality_id, message_id, request_id, person_id, event, kind, template, template_version, template_from, channel, lane,
                         to_sealed, to_index, body, encoding, parts, state, planned_at, not_before, expires_at, written_by)
    select ${tx.town}, ${id}, ${message.requestId ?? null}, ${message.personId ?? null}, ${message.event}, ${message.kind},
           ${key}, ${version}::integer, ${from ?? null}, ${message.channel ?? 'sms'}, ${lanes[kinds[message.kind].lane]}, phone.sealed, phone.index, ${message.body}, ${encoding}, ${parts},
           case when phone.sealed is null then 'unaddressed' else ${ready} end, ${tx.now}, ${tx.now}, ${message.expiresAt ?? null},
           ${message.written?.by ?? null}
      from (select 1) one
      left join lateral (
        select coalesce(${message.to?.sealed ?? null}::bytea, p.phone_sealed) as sealed,
               coalesce(${message.to?.index ?? null}::bytea, p.phone_index) as index
          from (select 1) given
          left join person_phone p on p.municipality_id = ${tx.town} and p.person_id = ${message.personId ?? null}
                                  and p.is_primary and p.ended_at is null
         limit 1
      ) phone on true`.execute(tx.q)
  return id
}
