import { sql } from 'kysely'
import type { Actor } from '../../kernel/access/index.ts'
import { dateIn } from '../../lib/calendar.ts'
import { Conflict, InvalidInput, NotFound } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import type { Localized } from '../../lib/localized.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import { actorKey } from '../../web/actor.ts'
import { record } from '../audit/index.ts'
import { getStaffMember } from '../people/index.ts'
import { type Desk, findByNumber, readRequestNumber } from '../requests/index.ts'
import { complaintVisible } from './complaint-access.ts'
import { tellAnswered } from './contact.ts'
import type { WordState } from './model.ts'

export type Complaint = {
  id: string
  number: number
  year: number
  personId: string
  person: string
  requestId: string | undefined
  requestNumber: string | undefined
  words: string
  /** Those it is about, by name. */
  about: Localized[]
  state: WordState
  filedAt: Date
  finding: string | undefined
  answer: string | undefined
  answeredAt: Date | undefined
}

type Row = {
  complaint_id: string
  number: number
  year: number
  person_id: string
  person: string
  request_id: string | null
  request_number: string | null
  words: string
  about: Localized[] | null
  state: WordState
  filed_at: Date
  finding: string | null
  answer: string | null
  answered_at: Date | null
}

const from = sql`select c.complaint_id, c.number, c.year, c.person_id, s.display_name as person, c.request_id,
    r.number || '/' || r.year as request_number, c.words, c.state, c.filed_at, c.finding, c.answer, c.answered_at,
    (select json_agg(json_build_object('ar', m.name_ar, 'en', m.name_en) order by m.name_ar) from complaint_subject x
       join staff m on m.municipality_id = x.municipality_id and m.staff_id = x.staff_id
      where x.municipality_id = c.municipality_id and x.complaint_id = c.complaint_id) as about
  from complaint c
  join person s on s.municipality_id = c.municipality_id and s.person_id = c.person_id
  left join request r on r.municipality_id = c.municipality_id and r.request_id = c.request_id`

const todayOf = (tx: Read, { town }: Pick<Desk, 'town'>) => dateIn(tx.now, town.timeZone)

/** Complaints this actor may read, the latest first. */
export async function complaintsFor(
  tx: Read,
  desk: Pick<Desk, 'town'>,
  actor: Actor,
  limit = 50,
): Promise<Complaint[]> {
  const { rows } =
    await sql<Row>`${from} where c.municipality_id = ${tx.town} and ${complaintVisible(actor, todayOf(tx, desk))}
    order by c.filed_at desc, c.complaint_id desc limit ${limit}`.execute(tx.q)
  return rows.map(toComplaint)
}

/** How many of the last complaints this actor may read wait for an answer. */
export async function countComplaints(tx: Read, desk: Pick<Desk, 'town'>, actor: Actor): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from (
      select 1 from complaint c where c.municipality_id = ${tx.town} and c.state = 'open'
         and ${complaintVisible(actor, todayOf(tx, desk))} limit 500) open`.execute(tx.q)
  return rows[0]?.n ?? 0
}

/** One complaint; for whoever may not read it, it does not exist. */
export async function getComplaint(
  tx: Read,
  desk: Pick<Desk, 'town'>,
  actor: Actor,
  id: string,
  lock = false,
): Promise<Complaint> {
  const { rows } = await sql<Row>`${from} where c.municipality_id = ${tx.town} and c.complaint_id = ${id}
    and ${complaintVisible(actor, todayOf(tx, desk))} ${lock ? sql`for update of c` : sql``}`.execute(tx.q)
  const [row] = rows
  if (!row) throw new NotFound('no-such-complaint')
  return toComplaint(row)
}

export type NewComplaint = {
  personId: string
  words: string
  /** The member of staff it is about, a request it is about, or both. */
  staffId?: string | undefined
  requestNumber?: string | undefined
  /** Whoever writes it down: the person, or a clerk for them. */
  actor: Actor
}

/**
 * Takes a complaint about the staff. Named by a request alone, it is about everybody of the staff who acted on it: none of them reads it.
 * Gives the id.
 */
export async function complain(tx: Write, desk: Desk, input: NewComplaint): Promise<string> {
  const requestId = await requestOf(tx, input)
  const subjects = input.staffId
    ? [(await getStaffMember(tx, input.staffId)).id]
    : requestId
      ? await actedOn(tx, requestId)
      : []
  if (!input.staffId && !requestId) throw new InvalidInput([{ field: 'staff', code: 'about-missing' }])
  const id = newId(tx.now)
  const by = actorKey(input.actor)
  const year = Number(todayOf(tx, desk).slice(0, 4))
  const { rows } = await sql<{
    number: number
  }>`select next_number('complaint', ${year}::int) as number`.execute(tx.q)
  await sql`insert into complaint (municipality_id, complaint_id, number, year, person_id, request_id, words, about, state, filed_at,
      entered_by_kind, entered_by)
    values (${tx.town}, ${id}, ${rows[0]?.number ?? 0}, ${year}, ${input.personId}, ${requestId ?? null}, ${input.words},
      ${input.requestNumber ?? ''}, 'open', ${tx.now}, ${by.kind}, ${by.id})`.execute(tx.q)
  for (const staffId of new Set(subjects)) {
    await sql`insert into complaint_subject (municipality_id, complaint_id, staff_id) values (${tx.town}, ${id}, ${staffId})`.execute(
      tx.q,
    )
  }
  // Not under the request: what is written of a request is read by those who work on it.
  await record(tx, {
    actor: by,
    act: 'feedback.complaint-filed',
    subjectKind: 'complaint',
    subjectId: id,
    personId: input.personId,
  })
  return id
}

/** Answers a complaint: what was found stays in the house, the answer goes to whoever complained. */
export async function answerComplaint(
  tx: Write,
  desk: Desk,
  input: { id: string; finding: string; answer: string; actor: Actor },
): Promise<void> {
  const complaint = await getComplaint(tx, desk, input.actor, input.id, true)
  if (input.actor.kind !== 'staff') throw new NotFound('no-such-complaint')
  if (complaint.state !== 'open') throw new Conflict('complaint-answered')
  const by = actorKey(input.actor)
  await sql`update complaint set state = 'answered', finding = ${input.finding}, answer = ${input.answer}, answered_at = ${tx.now},
      answered_by = ${by.id}
    where municipality_id = ${tx.town} and complaint_id = ${input.id}`.execute(tx.q)
  await record(tx, {
    actor: by,
    act: 'feedback.complaint-answered',
    subjectKind: 'complaint',
    subjectId: input.id,
    personId: complaint.personId,
  })
  await tellAnswered(tx, desk, complaint)
}

/** The request named, if it is one of this person's. */
async function requestOf(tx: Write, { requestNumber, personId }: NewComplaint): Promise<string | undefined> {
  if (!requestNumber?.trim()) return undefined
  const read = readRequestNumber(requestNumber)
  const actor: Actor = { kind: 'citizen', personId, level: 'verified' }
  const found = read && (await findByNumber(tx, actor, read.number, read.year))
  if (!found) throw new InvalidInput([{ field: 'request', code: 'no-such-request-number' }])
  return found.id
}

async function actedOn(tx: Write, requestId: string): Promise<string[]> {
  const { rows } = await sql<{ actor_id: string }>`select distinct actor_id from request_action
    where municipality_id = ${tx.town} and request_id = ${requestId} and actor_kind = 'staff'`.execute(tx.q)
  return rows.map(row => row.actor_id)
}

const toComplaint = (row: Row): Complaint => ({
  id: row.complaint_id,
  number: row.number,
  year: row.year,
  personId: row.person_id,
  person: row.person,
  requestId: row.request_id ?? undefined,
  requestNumber: row.request_number ?? undefined,
  words: row.words,
  about: row.about ?? [],
  state: row.state,
  filedAt: row.filed_at,
  finding: row.finding ?? undefined,
  answer: row.answer ?? undefined,
  answeredAt: row.answered_at ?? undefined,
})
