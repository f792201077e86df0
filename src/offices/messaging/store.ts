import { type RawBuilder, sql } from 'kysely'
import type { MessageState } from '../../kernel/messages/index.ts'
import type { Read, Write } from '../../platform/database/transaction.ts'
import { samePerson } from '../people/index.ts'
import type { Channel } from './proof/model.ts'

/** A message as pages show it: the words as sent, and where it stands. */
export type ShownMessage = {
  id: string
  requestId: string | undefined
  requestNumber: string | undefined
  channel: Channel
  event: string
  body: string
  parts: number
  state: MessageState
  plannedAt: Date
  sentAt: Date | undefined
  deliveredAt: Date | undefined
  /** When its reader opened it in the inbox of the portal. */
  readAt: Date | undefined
  failure: string | undefined
}

type Row = {
  message_id: string
  request_id: string | null
  number: number | null
  year: number | null
  channel: Channel
  event: string
  body: string
  parts: number
  state: MessageState
  planned_at: Date
  sent_at: Date | null
  delivered_at: Date | null
  read_at: Date | null
  failure: string | null
}

async function shown(tx: Read, which: RawBuilder<unknown>, limit: number): Promise<ShownMessage[]> {
  const { rows } = await sql<Row>`
    select m.message_id, m.request_id, r.number, r.year, m.channel, m.event, m.body, m.parts, m.state, m.planned_at, m.sent_at,
           m.delivered_at, m.read_at, m.failure
      from message m
      left join request r on r.municipality_id = m.municipality_id and r.request_id = m.request_id
     where m.municipality_id = ${tx.town} and ${which}
     order by m.planned_at desc, m.message_id desc limit ${limit}`.execute(tx.q)
  return rows.map(row => ({
    id: row.message_id,
    requestId: row.request_id ?? undefined,
    requestNumber: row.number === null ? undefined : `${row.number}/${row.year}`,
    channel: row.channel,
    event: row.event,
    body: row.body,
    parts: row.parts,
    state: row.state,
    plannedAt: row.planned_at,
    sentAt: row.sent_at ?? undefined,
    deliveredAt: row.delivered_at ?? undefined,
    readAt: row.read_at ?? undefined,
    failure: row.failure ?? undefined,
  }))
}

/** What was said in a request, the latest first. Codes are never shown. */
export const messagesOfRequest = (tx: Read, requestId: string, limit = 50): Promise<ShownMessage[]> =>
  shown(tx, sql`m.request_id = ${requestId} and m.lane > 0`, limit)

/** Words nobody has let go yet, somebody took back, or that are not filled in, were said to nobody. */
const said = sql`m.lane > 0 and m.state not in ('held', 'waiting', 'cancelled') and m.body <> '' and (m.fill is null or m.provider is not null)`

/** The same as its people read it. */
export const saidInRequest = (tx: Read, requestId: string, limit = 50): Promise<ShownMessage[]> =>
  shown(tx, sql`m.request_id = ${requestId} and ${said}`, limit)

/** What was said to a person, the latest first. Codes are never shown. */
export const messagesOfPerson = (tx: Read, personId: string, limit = 50): Promise<ShownMessage[]> =>
  shown(tx, sql`m.person_id = any(${samePerson(personId)}) and ${said}`, limit)

/** Notes that a person has opened these messages in the inbox of the portal. Those opened before stay as they are. */
export async function markRead(tx: Write, personId: string, ids: readonly string[]): Promise<void> {
  await sql`
    update message set read_at = ${tx.now}
     where municipality_id = ${tx.town} and message_id = any(${[...ids]}::uuid[]) and person_id = any(${samePerson(personId)})
       and channel = 'portal' and read_at is null`.execute(tx.q)
}
