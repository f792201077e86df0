import { sql } from 'kysely'
import type { Read } from '../../platform/database/transaction.ts'
import { type Asked, type Cause, registerCause } from '../looks/index.ts'
import { samePerson } from '../people/index.ts'
import { notClosedTo } from './access.ts'

/** What was worked on a moment ago is open still: an act closes its task, and its page is shown again. */
const momentMs = 15 * 60_000

type Row = { request_id: string; outing: boolean }

/**
 * A task at one of their offices, on a request of that person or one they are a party to: the office's own work. A visit to a place that is
 * appointed for today is an inspection. So is what they themselves did on such a request a moment ago, and what they began at the window.
 */
async function taskOf(tx: Read, asked: Asked): Promise<Cause | undefined> {
  // The request it is about answers for itself, nearly always: their others are asked only where it does not.
  return (asked.requestId && (await taskOn(tx, asked, asked.requestId))) || taskOn(tx, asked)
}

async function taskOn(tx: Read, asked: Asked, requestId?: string): Promise<Cause | undefined> {
  const only = requestId === undefined ? sql`` : sql`and request_id = ${requestId}`
  const offices = [...new Set(asked.appointments.map(({ office }) => office))]
  const since = new Date(tx.now.getTime() - momentMs)
  const theirs = samePerson(asked.personId)
  const { rows } = await sql<Row>`
    with theirs as (
      select request_id from request where municipality_id = ${tx.town} and applicant_id = any(${theirs}) ${only}
      union
      select request_id from request_party where municipality_id = ${tx.town} and person_id = any(${theirs}) and ended_at is null ${only}
    )
    select h.request_id, coalesce(t.outing, false) as outing
      from theirs h
      left join lateral (
        select true as open, bool_or(k.appointment_from is not null and k.appointment_from < ${tx.now}::timestamptz + interval '1 day') as outing
          from task k
         where k.municipality_id = ${tx.town} and k.request_id = h.request_id and k.closed_at is null and k.office_code = any(${offices}::text[])
        having count(*) > 0) t on true
     where (t.open or exists (select 1 from request_action a
              where a.municipality_id = ${tx.town} and a.request_id = h.request_id and a.at > ${since}
                and a.actor_kind = 'staff' and a.actor_id = ${asked.staffId}))
       and ${notClosedTo(asked.staffId, sql`h.request_id`)} limit 1`.execute(tx.q)
  const [row] = rows
  return row && { kind: row.outing ? 'inspection' : 'task', requestId: row.request_id }
}

/** Begun for them at the window by this member of the staff, and not filed yet. */
async function draftOf(tx: Read, asked: Asked): Promise<Cause | undefined> {
  const since = new Date(tx.now.getTime() - 86_400_000)
  const { rows } = await sql`
    select 1 from draft
     where municipality_id = ${tx.town} and owner_id = ${asked.staffId} and updated_at > ${since} and owner_kind = 'staff'
       and request_id is null and person_id = any(${samePerson(asked.personId)}) limit 1`.execute(tx.q)
  return rows.length > 0 ? { kind: 'task' } : undefined
}

/** A paper of a request that they opened a moment ago. */
async function paperOf(tx: Read, asked: Asked): Promise<Cause | undefined> {
  if (asked.subjectKind !== 'document') return undefined
  const since = new Date(tx.now.getTime() - momentMs)
  const { rows } = await sql<{ request_id: string; kind: 'task' | 'visit' | 'inspection' }>`
    select a.request_id, l.cause_kind as kind from look l
      join audit a on a.municipality_id = l.municipality_id and a.audit_id = l.audit_id
      join request_paper p on p.municipality_id = a.municipality_id and p.request_id = a.request_id and p.document_id = ${asked.subjectId}
     where l.municipality_id = ${tx.town} and l.actor_id = ${asked.staffId} and l.at > ${since}
       and l.cause_kind in ('task', 'visit', 'inspection') limit 1`.execute(tx.q)
  const [row] = rows
  return row && { kind: row.kind, requestId: row.request_id }
}

registerCause('1-task', taskOf)
registerCause('3-draft', draftOf)
registerCause('4-paper', paperOf)
