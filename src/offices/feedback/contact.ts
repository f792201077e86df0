import { sql } from 'kysely'
import type { Actor } from '../../kernel/access/index.ts'
import { dateIn } from '../../lib/calendar.ts'
import { Conflict, NotFound } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import { actorKey } from '../../web/actor.ts'
import { record } from '../audit/index.ts'
import { planMessage, worded } from '../messaging/index.ts'
import { samePerson } from '../people/index.ts'
import type { Desk } from '../requests/index.ts'
import { type WordState, wordNumber } from './model.ts'
import { told } from './told.ts'

export type Contact = {
  id: string
  number: number
  year: number
  personId: string
  person: string
  subject: string
  state: WordState
  openedAt: Date
  movedAt: Date
}
export type ContactWord = { seq: number; byKind: string; byId: string; words: string; at: Date }

type Row = {
  contact_id: string
  number: number
  year: number
  person_id: string
  person: string
  subject: string
  state: WordState
  opened_at: Date
  moved_at: Date
}

const from = sql`select c.contact_id, c.number, c.year, c.person_id, s.display_name as person, c.subject, c.state, c.opened_at, c.moved_at
  from contact c join person s on s.municipality_id = c.municipality_id and s.person_id = c.person_id`

/** Messages of one person to the management, the latest moved first. */
export async function contactsOf(tx: Read, personId: string, limit = 50): Promise<Contact[]> {
  const { rows } =
    await sql<Row>`${from} where c.municipality_id = ${tx.town} and c.person_id = any(${samePerson(personId)})
    order by c.moved_at desc limit ${limit}`.execute(tx.q)
  return rows.map(toContact)
}

/** Messages for the management: those that wait for an answer, the oldest first, or all, the latest moved first. */
export async function contactsFor(tx: Read, which: 'open' | 'all', limit = 50): Promise<Contact[]> {
  const { rows } =
    await sql<Row>`${from} where c.municipality_id = ${tx.town} ${which === 'open' ? sql`and c.state = 'open'` : sql``}
    order by ${which === 'open' ? sql`c.moved_at` : sql`c.moved_at desc`} limit ${limit}`.execute(tx.q)
  return rows.map(toContact)
}

/** One message with everything said in it; for its writer, or for the management. */
export async function getContact(
  tx: Read,
  actor: Actor,
  id: string,
  lock = false,
): Promise<{ contact: Contact; words: ContactWord[] }> {
  const mine = actor.kind === 'citizen' ? sql`and c.person_id = any(${samePerson(actor.personId)})` : sql``
  const { rows } =
    await sql<Row>`${from} where c.municipality_id = ${tx.town} and c.contact_id = ${id} ${mine}
    ${lock ? sql`for update of c` : sql``}`.execute(tx.q)
  const [row] = rows
  if (!row || (actor.kind !== 'citizen' && actor.kind !== 'staff')) throw new NotFound('no-such-message')
  const words = await sql<{ seq: number; by_kind: string; by_id: string; words: string; at: Date }>`
    select seq, by_kind, by_id, words, at from contact_word
     where municipality_id = ${tx.town} and contact_id = ${id} order by seq`.execute(tx.q)
  return {
    contact: toContact(row),
    words: words.rows.map(each => ({
      seq: each.seq,
      byKind: each.by_kind,
      byId: each.by_id,
      words: each.words,
      at: each.at,
    })),
  }
}

/** A person writes to the management, by themselves or through a clerk; gives the id. */
export async function openContact(
  tx: Write,
  desk: Desk,
  input: { personId: string; subject: string; words: string; actor: Actor },
): Promise<string> {
  const id = newId(tx.now)
  const year = Number(dateIn(tx.now, desk.town.timeZone).slice(0, 4))
  const by = actorKey(input.actor)
  const { rows } = await sql<{
    number: number
  }>`select next_number('contact', ${year}::int) as number`.execute(tx.q)
  await sql`insert into contact (municipality_id, contact_id, number, year, person_id, subject, state, opened_at, moved_at, entered_by_kind,
      entered_by)
    values (${tx.town}, ${id}, ${rows[0]?.number ?? 0}, ${year}, ${input.personId}, ${input.subject}, 'open', ${tx.now}, ${tx.now}, ${by.kind},
      ${by.id})`.execute(tx.q)
  await addWord(tx, id, by, input.words)
  await record(tx, {
    actor: by,
    act: 'feedback.contact-opened',
    subjectKind: 'contact',
    subjectId: id,
    personId: input.personId,
  })
  return id
}

/** Another word in a message: the writer's opens it again, the management's answers it and is told by SMS. */
export async function sayMore(tx: Write, desk: Desk, id: string, words: string, actor: Actor): Promise<void> {
  const { contact } = await getContact(tx, actor, id, true)
  if (contact.state === 'closed') throw new Conflict('message-closed')
  const by = actorKey(actor)
  await addWord(tx, id, by, words)
  await moveTo(tx, id, by.kind === 'staff' ? 'answered' : 'open')
  await record(tx, {
    actor: by,
    act: by.kind === 'staff' ? 'feedback.contact-answered' : 'feedback.contact-continued',
    subjectKind: 'contact',
    subjectId: id,
    personId: contact.personId,
  })
  if (by.kind === 'staff') await tellAnswered(tx, desk, contact)
}

/** Nothing more is said in it. */
export async function closeContact(tx: Write, id: string, actor: Actor): Promise<void> {
  const { contact } = await getContact(tx, actor, id, true)
  await moveTo(tx, id, 'closed')
  await record(tx, {
    actor: actorKey(actor),
    act: 'feedback.contact-closed',
    subjectKind: 'contact',
    subjectId: id,
    personId: contact.personId,
  })
}

/** Words that tell of an answer without telling what it is about: a telephone may be another's. */
export async function tellAnswered(
  tx: Write,
  desk: Desk,
  of: { number: number; year: number; personId: string },
): Promise<void> {
  const words = await worded(tx, desk.house, told.answered, { number: wordNumber(of) })
  await planMessage(tx, desk.house, { ...words, personId: of.personId })
}

async function addWord(
  tx: Write,
  id: string,
  by: { kind: string; id: string },
  words: string,
): Promise<void> {
  await sql`insert into contact_word (municipality_id, contact_id, seq, by_kind, by_id, words, at)
    select ${tx.town}, ${id}, coalesce(max(seq), 0) + 1, ${by.kind}, ${by.id}, ${words}, ${tx.now} from contact_word
     where municipality_id = ${tx.town} and contact_id = ${id}`.execute(tx.q)
}

const moveTo = (tx: Write, id: string, state: WordState) =>
  sql`update contact set state = ${state}, moved_at = ${tx.now} where municipality_id = ${tx.town} and contact_id = ${id}`.execute(
    tx.q,
  )

const toContact = (row: Row): Contact => ({
  id: row.contact_id,
  number: row.number,
  year: row.year,
  personId: row.person_id,
  person: row.person,
  subject: row.subject,
  state: row.state,
  openedAt: row.opened_at,
  movedAt: row.moved_at,
})
