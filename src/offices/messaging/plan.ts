import { type RawBuilder, sql } from 'kysely'
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

/** Of what use these are later than that: a code, a turn, the answer to a question. Other kinds wait for as long as it takes. */
const lifeMs: Partial<Record<MessageKind, number>> = { code: 30 * 60_000, turn: 3_600_000, reply: 86_400_000 }

/**
 * Plans a message in the transaction of the act it tells of: the row is its own outbox. It goes the ways the person chose: by SMS, by SMS
 * and e-mail, or into the inbox of the portal alone; what nobody may do without goes by SMS even then. A person without a number is told by
 * e-mail where they have proven one; else they still get the row, as unaddressed, so that somebody sees that they were not told. Gives the
 * id of the message, of two that by SMS. One statement.
 */
export async function planMessage(tx: Write, _house: House, message: NewMessage): Promise<string> {
  const id = newId(tx.now)
  const { kind, written } = message
  const { encoding, parts } = smsParts(message.body)
  const { key = message.event, version = 1, from = 'given' } = message.template ?? {}
  const life = lifeMs[kind]
  const expiresAt = message.expiresAt ?? (life === undefined ? null : new Date(tx.now.getTime() + life))
  const ways = message.to
    ? sql`select ${message.channel ?? 'sms'}::text as channel, ${message.to.sealed}::bytea as sealed, ${message.to.index}::bytea as index`
    : message.personId
      ? waysOf(message.personId, kind)
      : sql`select ${message.channel ?? 'sms'}::text as channel, null::bytea as sealed, null::bytea as index`
  await sql`
    insert into message (municipality_id, message_id, request_id, person_id, event, kind, template, template_version, template_from, channel, lane,
                         to_sealed, to_index, body, encoding, parts, state, planned_at, not_before, expires_at, written_by)
    select ${tx.town}, case when row_number() over () = 1 then ${id}::uuid else ${newId(tx.now)}::uuid end, ${message.requestId ?? null},
           ${message.personId ?? null}, ${message.event}, ${kind}, ${key}, ${version}::integer, ${written ? null : from}, way.channel,
           ${lanes[kinds[kind].lane]}, way.sealed, way.index, ${message.body}, ${encoding},
           case when way.channel = 'sms' then ${parts}::integer else 1 end,
           case when ${written?.held ?? false}::boolean then 'held' when way.sealed is null and way.channel <> 'portal' then 'unaddressed' else 'planned' end,
           ${tx.now}, ${tx.now}, ${expiresAt}, ${written?.by ?? null}
      from (${ways}) way`.execute(tx.q)
  return id
}

/** The ways a person is told by, the first of them first. A code goes to the number alone. */
function waysOf(personId: string, kind: MessageKind): RawBuilder<unknown> {
  const onPortal = kinds[kind].optOut ? sql`r.channels = 'portal'` : sql`false`
  const byEmail = kind === 'code' ? sql`false` : sql`(r.channels = 'sms+email' or r.phone_sealed is null)`
  return sql`
    select w.channel, w.sealed, w.index
      from reach_of(${personId}) r
      cross join lateral (
        select 1 as at, 'portal' as channel, null::bytea as sealed, null::bytea as index where ${onPortal}
        union all
        select 2, 'sms', r.phone_sealed, r.phone_index
         where not (${onPortal}) and (r.phone_sealed is not null or r.email_sealed is null or not ${byEmail})
        union all
        select 3, 'email', r.email_sealed, r.email_index where not (${onPortal}) and r.email_sealed is not null and ${byEmail}) w
     order by w.at`
}
