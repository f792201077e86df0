import { sql } from 'kysely'
import { newId } from '../../../lib/ids.ts'
import type { Read, Write } from '../../../platform/database/transaction.ts'

/** One letter (رسالة) of the conversation between the town and the people of a request. */
export type Letter = {
  id: string
  from: { kind: 'staff' | 'citizen'; id: string; office: string | undefined }
  text: string
  documentId: string | undefined
  at: Date
  /** When the other side first opened it. */
  readAt: Date | undefined
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
}

/** The letters of a request, the first first. */
export async function lettersOf(tx: Read, requestId: string, limit = 200): Promise<Letter[]> {
  const { rows } = await sql<Row>`
    select letter_id, from_kind, from_id, from_office, text, document_id, at, read_at from letter
     where municipality_id = ${tx.town} and request_id = ${requestId}
     order by at, letter_id limit ${limit}`.execute(tx.q)
  return rows.map(row => ({
    id: row.letter_id,
    from: { kind: row.from_kind, id: row.from_id, office: row.from_office ?? undefined },
    text: row.text,
    documentId: row.document_id ?? undefined,
    at: row.at,
    readAt: row.read_at ?? undefined,
  }))
}

/** Writes a letter down and raises the other side's mark; gives its id. */
export async function addLetter(
  tx: Write,
  requestId: string,
  { from, text, documentId }: Pick<Letter, 'from' | 'text' | 'documentId'>,
): Promise<string> {
  const id = newId(tx.now)
  await sql`
    insert into letter (municipality_id, letter_id, request_id, from_kind, from_id, from_office, text, document_id, at)
    values (${tx.town}, ${id}, ${requestId}, ${from.kind}, ${from.id}, ${from.office ?? null}, ${text}, ${documentId ?? null}, ${tx.now})`.execute(
    tx.q,
  )
  const mark = from.kind === 'citizen' ? sql`unread_by_town = true` : sql`unread_by_citizen = true`
  await sql`update request set ${mark} where municipality_id = ${tx.town} and request_id = ${requestId}`.execute(
    tx.q,
  )
  return id
}

/** Notes that one side has read what the other wrote. */
export async function markLettersRead(
  tx: Write,
  requestId: string,
  { side, by }: { side: LetterSide; by: string },
): Promise<void> {
  const mark = side === 'staff' ? sql`unread_by_town = false` : sql`unread_by_citizen = false`
  await sql`
    with read as (
      update letter set read_at = ${tx.now}, read_by = ${by}
       where municipality_id = ${tx.town} and request_id = ${requestId} and from_kind <> ${side} and read_at is null)
    update request set ${mark} where municipality_id = ${tx.town} and request_id = ${requestId}`.execute(tx.q)
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
