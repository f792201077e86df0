import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../../../kernel/access/index.ts'
import type { MessageKind, MessageState } from '../../../kernel/messages/index.ts'
import type { Currency } from '../../../lib/money.ts'
import type { Read } from '../../../platform/database/transaction.ts'
import { messageVisible, ofRequest, type Visible } from './access.ts'
import type { Channel, MessageLine, Settling } from './model.ts'

type Row = {
  message_id: string
  channel: Channel
  kind: MessageKind
  event: string
  template: string | null
  template_version: number | null
  body: string
  parts: number
  encoding: 'GSM-7' | 'UCS-2'
  state: MessageState
  failure: string | null
  planned_at: Date
  sent_at: Date | null
  delivered_at: Date | null
  ended_at: Date | null
  read_at: Date | null
  price_milli: number | null
  price_currency: Currency | null
  provider: string | null
  request_id: string | null
  number: number | null
  year: number | null
  person_id: string | null
  name: string | null
  to_sealed: Buffer | null
  settled_how: Settling | null
  settled_by: string | null
  settled_at: Date | null
}

const columns = sql`m.message_id, m.channel, m.kind, m.event, m.template, m.template_version, m.body, m.parts, m.encoding, m.state, m.failure,
  m.planned_at, m.sent_at, m.delivered_at, m.ended_at, m.read_at, m.price_milli, m.price_currency, m.provider, m.request_id, r.number, r.year,
  m.person_id, p.display_name as name, m.to_sealed, m.settled_how, m.settled_by, m.settled_at`

/** Messages an actor may read, in the order asked for. `which` is over the row `m`. */
export async function linesOf(
  tx: Read,
  who: { actor: Actor; visible: Visible },
  which: RawBuilder<unknown>,
  {
    order = sql`m.planned_at desc, m.message_id desc`,
    limit,
  }: { order?: RawBuilder<unknown>; limit: number },
): Promise<MessageLine[]> {
  const { rows } = await sql<Row>`
    select ${columns}
      from message m ${ofRequest}
      left join person p on p.municipality_id = m.municipality_id and p.person_id = m.person_id
     where m.municipality_id = ${tx.town} and ${which} and ${messageVisible(who.actor, who.visible)}
     order by ${order} limit ${limit}`.execute(tx.q)
  return rows.map(toLine)
}

function toLine(row: Row): MessageLine {
  return {
    id: row.message_id,
    channel: row.channel,
    kind: row.kind,
    event: row.event,
    body: row.body,
    template: row.template ?? undefined,
    templateVersion: row.template_version ?? undefined,
    parts: row.parts,
    encoding: row.encoding,
    state: row.state,
    // What was planned for nobody's telephone carries no cause of its own: that there was none is the cause.
    failure: row.failure ?? (row.state === 'unaddressed' ? 'no-address' : undefined),
    plannedAt: row.planned_at,
    sentAt: row.sent_at ?? undefined,
    deliveredAt: row.delivered_at ?? undefined,
    endedAt: row.ended_at ?? undefined,
    readAt: row.read_at ?? undefined,
    price:
      row.price_milli === null || row.price_currency === null
        ? undefined
        : { milli: row.price_milli, currency: row.price_currency },
    provider: row.provider ?? undefined,
    request:
      row.request_id === null || row.number === null
        ? undefined
        : { id: row.request_id, number: `${row.number}/${row.year}` },
    person: row.person_id === null ? undefined : { id: row.person_id, name: row.name ?? '' },
    to: row.to_sealed ?? undefined,
    settled:
      row.settled_how === null || row.settled_at === null
        ? undefined
        : { how: row.settled_how, by: row.settled_by ?? undefined, at: row.settled_at },
  }
}
