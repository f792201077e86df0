import { type RawBuilder, sql } from 'kysely'
import { NotFound } from '../../../../lib/errors.ts'
import type { Read, Write } from '../../../../platform/database/index.ts'

export type SettledHow = 'read' | 'answered' | 'linked' | 'called'

/** A text nobody understood, as the list for the staff shows it. */
export type UnreadMessage = {
  id: string
  from: Buffer
  text: string
  at: Date
  person: { id: string; name: string } | undefined
  /** In whose hands it is. */
  takenBy: { id: string; name: string } | undefined
}

/** The same with what became of it. */
export type OneText = UnreadMessage & {
  index: Buffer
  settled: { how: SettledHow; by: string; at: Date } | undefined
}

type Row = {
  incoming_id: string
  from_sealed: Buffer
  from_index: Buffer
  text: string
  received_at: Date
  person_id: string | null
  name: string | null
  taken_by: string | null
  taker: string | null
  settled_how: SettledHow | null
  seen_at: Date | null
  seer: string | null
}

const toText = (row: Row): OneText => ({
  id: row.incoming_id,
  from: row.from_sealed,
  index: row.from_index,
  text: row.text,
  at: row.received_at,
  person: row.person_id === null ? undefined : { id: row.person_id, name: row.name ?? '' },
  takenBy: row.taken_by === null ? undefined : { id: row.taken_by, name: row.taker ?? '' },
  settled: row.seen_at ? { how: row.settled_how ?? 'read', by: row.seer ?? '', at: row.seen_at } : undefined,
})

/** A telephone of several people names none of them. */
const withPeople = (tx: Read, texts: RawBuilder<unknown>): RawBuilder<Row> => sql<Row>`
  select i.incoming_id, i.from_sealed, i.from_index, i.text, i.received_at, i.taken_by, i.settled_how, i.seen_at,
         p.person_id, p.display_name as name, t.name_ar as taker, s.name_ar as seer
    from (${texts}) i
    left join lateral (
      select f.person_id from person_phone f
       where f.municipality_id = ${tx.town} and f.phone_index = i.from_index and f.ended_at is null and not f.is_shared
       limit 1) owner on true
    left join person p on p.municipality_id = ${tx.town} and p.person_id = owner.person_id
    left join staff t on t.municipality_id = ${tx.town} and t.staff_id = i.taken_by
    left join staff s on s.municipality_id = ${tx.town} and s.staff_id = i.seen_by
   order by i.received_at`

/** Texts nobody understood and nobody has dealt with yet, the oldest first. */
export async function unreadMessages(tx: Read, limit = 100): Promise<UnreadMessage[]> {
  const { rows } = await withPeople(
    tx,
    sql`select * from incoming_message
         where municipality_id = ${tx.town} and handled_by is null and seen_at is null
         order by received_at limit ${limit}`,
  ).execute(tx.q)
  return rows.map(toText)
}

/** One text nobody understood. @throws NotFound of any other: what joined a request is read there. */
export async function oneText(tx: Read, id: string): Promise<OneText> {
  const { rows } = await withPeople(
    tx,
    sql`select * from incoming_message
         where municipality_id = ${tx.town} and incoming_id = ${id} and handled_by is null and from_index <> ''`,
  ).execute(tx.q)
  const [row] = rows
  if (!row) throw new NotFound('no-such-text')
  return toText(row)
}

export type Exchange = { id: string; at: Date; text: string; mine: boolean; by: string | undefined }

/** What else this number wrote that joined no request, and what it was answered, the first first. */
export async function exchangeWith(tx: Read, index: Buffer, limit = 10): Promise<Exchange[]> {
  const { rows } = await sql<{
    incoming_id: string
    received_at: Date
    text: string
    reply: string | null
    replied_at: Date | null
    answer: string | null
    answered_at: Date | null
    answerer: string | null
  }>`
    select i.incoming_id, i.received_at, i.text, r.body as reply, r.planned_at as replied_at, a.body as answer,
           a.planned_at as answered_at, s.name_ar as answerer
      from (select * from incoming_message
             where municipality_id = ${tx.town} and from_index = ${index} order by received_at desc limit ${limit * 5}) i
      left join message r on r.municipality_id = ${tx.town} and r.message_id = i.reply_id
      left join message a on a.municipality_id = ${tx.town} and a.message_id = i.answer_id
      left join staff s on s.municipality_id = ${tx.town} and s.staff_id = a.written_by
     where i.handled_by is null
     order by i.received_at desc limit ${limit}`.execute(tx.q)
  return rows.toReversed().flatMap(row => [
    { id: row.incoming_id, at: row.received_at, text: row.text, mine: false, by: undefined },
    ...(row.reply !== null && row.replied_at
      ? [{ id: `${row.incoming_id}r`, at: row.replied_at, text: row.reply, mine: true, by: undefined }]
      : []),
    ...(row.answer !== null && row.answered_at
      ? [
          {
            id: `${row.incoming_id}a`,
            at: row.answered_at,
            text: row.answer,
            mine: true,
            by: row.answerer ?? undefined,
          },
        ]
      : []),
  ])
}

/** Takes a text into somebody's hands, or gives it back; false where a colleague has it, or it is dealt with. */
export async function takeText(tx: Write, id: string, staffId: string, back: boolean): Promise<boolean> {
  const done = await sql`
    update incoming_message set taken_by = ${back ? null : staffId}, taken_at = ${back ? null : tx.now}
     where municipality_id = ${tx.town} and incoming_id = ${id} and handled_by is null and seen_at is null
       and (taken_by is null or taken_by = ${staffId})`.execute(tx.q)
  return done.numAffectedRows === 1n
}

export type Settlement = {
  how: SettledHow
  by: string
  answerId?: string | undefined
  requestId?: string | undefined
}

/** Takes a text off the list; false where somebody was faster, or a colleague has it in hand. */
export async function settleText(
  tx: Write,
  id: string,
  { how, by, answerId, requestId }: Settlement,
): Promise<boolean> {
  const done = await sql`
    update incoming_message
       set seen_by = ${by}, seen_at = ${tx.now}, settled_how = ${how}, answer_id = ${answerId ?? null},
           request_id = coalesce(${requestId ?? null}::uuid, request_id)
     where municipality_id = ${tx.town} and incoming_id = ${id} and handled_by is null and seen_at is null
       and (taken_by is null or taken_by = ${by})`.execute(tx.q)
  return done.numAffectedRows === 1n
}
