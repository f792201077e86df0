import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/index.ts'
import type { Read } from '../../../platform/database/index.ts'
import { requestVisible } from '../../requests/index.ts'

/** A file that waits for the manager before it goes on to its end. */
export type ToReview = {
  taskId: string
  requestId: string
  number: string
  serviceCode: string
  serviceVersion: number
  step: string
  applicant: string
  openedAt: Date
  dueAt: Date | undefined
  note: string | undefined
}

/** Files whose step is the manager's, the longest waiting first. */
export async function filesToReview(tx: Read, actor: Actor, limit = 50): Promise<ToReview[]> {
  if (actor.kind !== 'staff') return []
  const offices = actor.appointments
    .filter(({ role, deputyOf }) => role === 'manager' && deputyOf === undefined)
    .map(({ office }) => office)
  if (offices.length === 0) return []
  const { rows } = await sql<{
    task_id: string
    request_id: string
    number: string
    service_code: string
    service_version: number
    step: string
    applicant: string
    opened_at: Date
    due_at: Date | null
    note: string | null
  }>`
    select t.task_id, t.request_id, r.number || '/' || r.year as number, r.service_code, r.service_version, t.step,
           p.display_name as applicant, t.opened_at, t.due_at, t.note
      from task t
      join request r on r.municipality_id = t.municipality_id and r.request_id = t.request_id
      join person p on p.municipality_id = r.municipality_id and p.person_id = r.applicant_id
     where t.municipality_id = ${tx.town} and t.closed_at is null and t.office_code = any(${offices}) and t.role = 'manager'
       and t.purpose = 'step' and t.state = 'open' and ${requestVisible(actor, 'request.read')}
     order by t.opened_at, t.task_id limit ${limit}`.execute(tx.q)
  return rows.map(row => ({
    taskId: row.task_id,
    requestId: row.request_id,
    number: row.number,
    serviceCode: row.service_code,
    serviceVersion: row.service_version,
    step: row.step,
    applicant: row.applicant,
    openedAt: row.opened_at,
    dueAt: row.due_at ?? undefined,
    note: row.note ?? undefined,
  }))
}
