import { sql } from 'kysely'
import type { Actor } from '../../kernel/access/index.ts'
import { dateIn } from '../../lib/calendar.ts'
import { Conflict, InvalidInput, NotFound } from '../../lib/errors.ts'
import type { Localized } from '../../lib/localized.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import { actorKey } from '../../web/actor.ts'
import { record } from '../audit/index.ts'
import { type Desk, requestVisible } from '../requests/index.ts'

export type ClosedTo = { staffId: string; name: Localized; reason: string; at: Date }

/** Lets pass who may close this request; one to whom it is closed is told that there is none. */
async function requireCloser(tx: Read, actor: Actor, requestId: string): Promise<void> {
  const { rows } =
    await sql`select 1 from request r where r.municipality_id = ${tx.town} and r.request_id = ${requestId}
    and ${requestVisible(actor, 'request.close-to')}`.execute(tx.q)
  if (rows.length === 0) throw new NotFound('no-such-request')
}

/** Those of the staff a request is closed to, for whoever may close it. */
export async function closedTo(tx: Read, actor: Actor, requestId: string): Promise<ClosedTo[]> {
  await requireCloser(tx, actor, requestId)
  const { rows } = await sql<{
    staff_id: string
    name_ar: string
    name_en: string
    reason: string
    closed_at: Date
  }>`
    select c.staff_id, s.name_ar, s.name_en, c.reason, c.closed_at from request_closed c
      join staff s on s.municipality_id = c.municipality_id and s.staff_id = c.staff_id
     where c.municipality_id = ${tx.town} and c.request_id = ${requestId} order by s.name_ar collate "C"`.execute(
    tx.q,
  )
  return rows.map(row => ({
    staffId: row.staff_id,
    name: { ar: row.name_ar, en: row.name_en },
    reason: row.reason,
    at: row.closed_at,
  }))
}

/**
 * Closes a request to these of the staff and, if asked, to the heads of the offices they are appointed to. From now on it is in none of their
 * lists, whatever they are. Whoever closes it cannot close it to themselves.
 */
export async function closeTo(
  tx: Write,
  desk: Desk,
  input: { requestId: string; staffIds: readonly string[]; superiors: boolean; reason: string; actor: Actor },
): Promise<void> {
  await requireCloser(tx, input.actor, input.requestId)
  const by = actorKey(input.actor)
  if (input.reason.trim() === '') throw new InvalidInput([{ field: 'reason', code: 'reason-missing' }])
  if (input.staffIds.length === 0) throw new InvalidInput([{ field: 'staff', code: 'staff-missing' }])
  if (input.staffIds.includes(by.id)) throw new Conflict('closed-to-oneself')
  await requireStaff(tx, input.staffIds)
  const today = dateIn(tx.now, desk.town.timeZone)
  const above = input.superiors ? await headsOver(tx, input.staffIds, today) : []
  const all = [...new Set([...input.staffIds, ...above])].filter(id => id !== by.id)
  for (const staffId of all) {
    await sql`insert into request_closed (municipality_id, request_id, staff_id, reason, closed_at, closed_by)
      values (${tx.town}, ${input.requestId}, ${staffId}, ${input.reason}, ${tx.now}, ${by.id})
      on conflict (municipality_id, staff_id, request_id) do nothing`.execute(tx.q)
    await record(tx, {
      actor: by,
      act: 'feedback.request-closed-to',
      subjectKind: 'staff',
      subjectId: staffId,
      requestId: input.requestId,
      cause: input.reason,
    })
  }
}

/** Opens it to them again. */
export async function openTo(
  tx: Write,
  input: { requestId: string; staffId: string; actor: Actor },
): Promise<void> {
  await requireCloser(tx, input.actor, input.requestId)
  await sql`delete from request_closed
    where municipality_id = ${tx.town} and request_id = ${input.requestId} and staff_id = ${input.staffId}`.execute(
    tx.q,
  )
  await record(tx, {
    actor: actorKey(input.actor),
    act: 'feedback.request-opened-to',
    subjectKind: 'staff',
    subjectId: input.staffId,
    requestId: input.requestId,
  })
}

async function requireStaff(tx: Read, staffIds: readonly string[]): Promise<void> {
  const { rows } = await sql<{ known: boolean }>`
    select count(*) = ${staffIds.length} as known from staff
     where municipality_id = ${tx.town} and staff_id = any(${[...staffIds]}::uuid[])`.execute(tx.q)
  if (!rows[0]?.known) throw new InvalidInput([{ field: 'staff', code: 'staff-missing' }])
}

async function headsOver(tx: Read, staffIds: readonly string[], today: string): Promise<string[]> {
  const { rows } = await sql<{ staff_id: string }>`
    select distinct h.staff_id from appointment a
      join appointment h on h.municipality_id = a.municipality_id and h.office_code = a.office_code and h.role = 'head'
     where a.municipality_id = ${tx.town} and a.staff_id = any(${[...staffIds]}::uuid[])
       and a.valid_from <= ${today}::date and (a.valid_until is null or a.valid_until >= ${today}::date)
       and h.valid_from <= ${today}::date and (h.valid_until is null or h.valid_until >= ${today}::date)`.execute(
    tx.q,
  )
  return rows.map(row => row.staff_id)
}
