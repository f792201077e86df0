import { sql } from 'kysely'
import type { CalendarDate } from '../../../lib/calendar.ts'
import { Conflict, NotFound } from '../../../lib/errors.ts'
import type { Write } from '../../../platform/database/index.ts'
import { type AuditActor, record } from '../../audit/index.ts'
import { tellCutOff } from '../cut-off.ts'
import { appointmentsOf, todayOf } from '../offices.ts'
import { withdrawProposalsOf } from './proposals.ts'
import { dropWaysIn, resetWaysIn } from './reset.ts'

const theSystem: AuditActor = { kind: 'system', id: 'command' }

/**
 * Ends an appointment; `lastDay` is the last day it is in force; of `staffId` alone where given. What was open under it ends now: streams come back with what may be heard
 * then, and who holds no post any more is logged out.
 */
export async function endAppointment(
  tx: Write,
  appointmentId: string,
  lastDay: CalendarDate,
  by: AuditActor = theSystem,
  staffId?: string,
): Promise<void> {
  const whose = staffId === undefined ? sql`` : sql`and staff_id = ${staffId}`
  const ended = await sql<{ staff_id: string; role: string }>`
    update appointment set valid_until = ${lastDay}
     where municipality_id = ${tx.town} and appointment_id = ${appointmentId} ${whose} returning staff_id, role`.execute(
    tx.q,
  )
  const [row] = ended.rows
  if (!row) throw new NotFound('no-such-appointment')
  await record(tx, {
    actor: by,
    act: 'people.appointment-ended',
    subjectKind: 'staff',
    subjectId: row.staff_id,
  })
  const today = await todayOf(tx)
  if (lastDay >= today) return
  if (row.role === 'admin' && by.kind === 'staff') await needAnAdmin(tx, today)
  if ((await appointmentsOf(tx, row.staff_id, today)).length === 0) await endSessions(tx, row.staff_id)
  await tellCutOff(tx, [row.staff_id])
}

/**
 * Somebody leaves the municipality. With the same commit every session and stream of theirs ends, their ways in open nothing, nobody
 * stands in for them and they for nobody, and what they proposed is withdrawn. What they wrote and could not send waits to be handed over.
 */
export async function leave(tx: Write, staffId: string, by: AuditActor = theSystem): Promise<void> {
  const left = await sql`
    update staff set left_at = ${tx.now}
     where municipality_id = ${tx.town} and staff_id = ${staffId} and left_at is null`.execute(tx.q)
  if (left.numAffectedRows === 0n) throw new NotFound('no-such-staff')
  const today = await todayOf(tx)
  await dropWaysIn(tx, staffId)
  for (const table of ['absence', 'delegation'] as const)
    await sql`update ${sql.table(table)} set ended_at = ${tx.now}, ended_by = ${by.kind === 'staff' ? by.id : staffId}
               where municipality_id = ${tx.town} and (staff_id = ${staffId} or deputy_id = ${staffId}) and ended_at is null`.execute(
      tx.q,
    )
  await withdrawProposalsOf(tx, staffId)
  await record(tx, { actor: by, act: 'people.staff-left', subjectKind: 'staff', subjectId: staffId })
  if (by.kind === 'staff') await needAnAdmin(tx, today)
}

/** Somebody comes back under the log-in they had: gives the password to hand over. Posts are given anew. */
export async function returnToWork(tx: Write, staffId: string, by: AuditActor): Promise<string> {
  const back = await sql`
    update staff set left_at = null
     where municipality_id = ${tx.town} and staff_id = ${staffId} and left_at is not null`.execute(tx.q)
  if (back.numAffectedRows === 0n) throw new Conflict('staff-here')
  // Posts they held when they left ended with it, whatever the day that was written down.
  await sql`update appointment a set valid_until = (${await todayOf(tx)}::date - 1)
             where a.municipality_id = ${tx.town} and a.staff_id = ${staffId}
               and (a.valid_until is null or a.valid_until >= ${await todayOf(tx)}::date)`.execute(tx.q)
  await record(tx, { actor: by, act: 'people.staff-returned', subjectKind: 'staff', subjectId: staffId })
  return resetWaysIn(tx, staffId, by, 'returned')
}

/** Nobody takes the last administrator away: the town could not let anybody in again. */
async function needAnAdmin(tx: Write, today: CalendarDate): Promise<void> {
  const { rows } = await sql`
    select 1 from appointment a join staff s on s.municipality_id = a.municipality_id and s.staff_id = a.staff_id
     where a.municipality_id = ${tx.town} and a.role = 'admin' and s.left_at is null
       and a.valid_from <= ${today} and (a.valid_until is null or a.valid_until >= ${today}) limit 1`.execute(
    tx.q,
  )
  if (rows.length === 0) throw new Conflict('last-admin')
}

async function endSessions(tx: Write, staffId: string): Promise<void> {
  await sql`update session set ended_at = ${tx.now}
             where municipality_id = ${tx.town} and subject_id = ${staffId} and ended_at is null`.execute(
    tx.q,
  )
}

declare module '../../../platform/events.ts' {
  interface EventPayloads {
    /** Somebody left, or a post of theirs ended: what was in their hands is nobody's. */
    'people.posts-ended': { staffId: string }
  }
}
