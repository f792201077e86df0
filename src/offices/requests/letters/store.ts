import { sql } from 'kysely'
import type { MessageState } from '../../../kernel/messages/index.ts'
import { newId } from '../../../lib/ids.ts'
import type { Read, Write } from '../../../platform/database/transaction.ts'
import { lockRequest } from '../store.ts'

/** One letter (رسالة) of the conversation between the town and the people of a request. */
export type Letter = {
  id: string
  from: { kind: 'staff' | 'citizen'; id: string; office: string | undefined }
  text: string
  documentId: string | undefined
  at: Date
  /** When the other side first opened it. */
  readAt: Date | undefined
  /** How it came, or goes besides the portal. */
  channel: 'portal' | 'sms'
  /** held: a second person looks at it first; returned: it went back to whoever wrote it. Neither has reached the applicant. */
  state: 'sent' | 'held' | 'returned'
  /** Why it went back. */
  note: string | undefined
  /** What became of the message that carries it. */
  sms: { state: MessageState | 'sending'; at: Date } | undefined
}

export type LetterSide = Letter['from']['kind']

type Row = {
  letter_id: string
  from_kind: LetterSide
  from_id: string
  from_office: string | null
  text: string
  document_id: string | null
  at: Date
  read_at: Date | null
  channel: Letter['channel']
  state: Letter['state']
  review_note: string | null
  sms_state: MessageState | 'sending' | null
  sms_at: Date | null
}

/** The last letters of a request as one side sees them, the first first: what has not been sent is the staff's alone. */
export async function lettersOf(
  tx: Read,
  requestId: string,
  side: LetterSide,
  limit = 200,
): Promise<Letter[]> {
  const sent = side === 'citizen' ? sql`and l.state = 'sent'` : sql``
  const { rows } = await sql<Row>`
    select l.letter_id, l.from_kind, l.from_id, l.from_office, l.text, l.document_id, l.at, l.read_at, l.channel, l.state, l.review_note,
           m.state as sms_state, coalesce(m.delivered_at, m.ended_at, m.sent_at, m.planned_at) as sms_at
      from letter l
      left join message m on m.municipality_id = l.municipality_id and m.message_id = l.message_id
     where l.municipality_id = ${tx.town} and l.request_id = ${requestId} ${sent}
     order by l.at desc, l.letter_id desc limit ${limit}`.execute(tx.q)
  return rows.reverse().map(toLetter)
}

const toLetter = (row: Row): Letter => ({
  id: row.letter_id,
  from: { kind: row.from_kind, id: row.from_id, office: row.from_office ?? undefined },
  text: row.text,
  documentId: row.document_id ?? undefined,
  at: row.at,
  readAt: row.read_at ?? undefined,
  channel: row.channel,
  state: row.state,
  note: row.review_note ?? undefined,
  sms: row.sms_state && row.sms_at ? { state: row.sms_state, at: row.sms_at } : undefined,
})

export type LetterRow = Pick<Letter, 'from' | 'text'> & {
  documentId?: string | undefined
  channel?: Letter['channel'] | undefined
  messageId?: string | undefined
  /** The text it came as. */
  incomingId?: string | undefined
  held?: boolean | undefined
}

/** Writes a letter down and raises the other side's mark, unless somebody looks at it first; gives its id. */
export async function addLetter(tx: Write, requestId: string, letter: LetterRow): Promise<string> {
  const { from, text, documentId, channel = 'portal', messageId, incomingId, held = false } = letter
  const id = newId(tx.now)
  await sql`
    insert into letter (municipality_id, letter_id, request_id, from_kind, from_id, from_office, text, document_id, at, channel,
                        message_id, incoming_id, state)
    values (${tx.town}, ${id}, ${requestId}, ${from.kind}, ${from.id}, ${from.office ?? null}, ${text}, ${documentId ?? null}, ${tx.now},
            ${channel}, ${messageId ?? null}, ${incomingId ?? null}, ${held ? 'held' : 'sent'})`.execute(tx.q)
  if (!held) await raiseMark(tx, requestId, from.kind)
  return id
}

/** Tells the other side that there is something to read. */
export async function raiseMark(tx: Write, requestId: string, from: LetterSide): Promise<void> {
  const mark = from === 'citizen' ? sql`unread_by_town = true` : sql`unread_by_citizen = true`
  await sql`update request set ${mark} where municipality_id = ${tx.town} and request_id = ${requestId}`.execute(
    tx.q,
  )
}

/**
 * Notes that one side has read what the other wrote: what was `shown` to it and what is older, or everything where it answers. What comes
 * while a page is shown stays unread. The request is held first: of two who read at once, one marks.
 */
export async function markLettersRead(
  tx: Write,
  requestId: string,
  { side, by, shown }: { side: LetterSide; by: string; shown?: readonly Letter[] },
): Promise<void> {
  const mark = side === 'staff' ? sql`unread_by_town` : sql`unread_by_citizen`
  const unread = sql`municipality_id = ${tx.town} and request_id = ${requestId} and from_kind <> ${side} and read_at is null
                     and state = 'sent'`
  const read = shown
    ? sql`(letter_id = any(${shown.map(({ id }) => id)}::uuid[]) or at < coalesce(${shown[0]?.at ?? null}, '-infinity'::timestamptz))`
    : sql`true`
  const held = lockRequest(tx, requestId)
  const marked = sql`
    with read as (update letter set read_at = ${tx.now}, read_by = ${by} where ${unread} and ${read})
    update request set ${mark} = false
     where municipality_id = ${tx.town} and request_id = ${requestId} and ${mark}
       and not exists (select from letter where ${unread} and not ${read})`.execute(tx.q)
  await Promise.all([held, marked])
}

/** How many letters one side wrote in a request since an instant. */
export async function countLetters(
  tx: Read,
  requestId: string,
  side: LetterSide,
  since: Date,
): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from letter
     where municipality_id = ${tx.town} and request_id = ${requestId} and at > ${since} and from_kind = ${side}`.execute(
    tx.q,
  )
  return rows[0]?.n ?? 0
}

/** The letter a text became; undefined where it became none. */
export async function letterOfText(tx: Read, incomingId: string): Promise<string | undefined> {
  const { rows } = await sql<{ letter_id: string }>`select letter_id from letter
    where municipality_id = ${tx.town} and incoming_id = ${incomingId}`.execute(tx.q)
  return rows[0]?.letter_id
}
