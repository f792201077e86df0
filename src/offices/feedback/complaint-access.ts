import { type RawBuilder, sql } from 'kysely'
import { type Actor, reachOf } from '../../kernel/access/index.ts'
import { samePerson } from '../people/index.ts'

/**
 * Who reads a complaint about the staff, as SQL over a row of it: whoever wrote it; of the staff the manager and the supervisor, and the
 * mayor where it is about a manager. Never anybody it is about, whatever they are. Every list, count and page of complaints asks it.
 */
export function complaintVisible(actor: Actor, today: string, complaint = 'c'): RawBuilder<boolean> {
  const reach = reachOf(actor, 'complaint.read')
  const row = sql.ref(`${complaint}.complaint_id`)
  const town = sql.ref(`${complaint}.municipality_id`)
  if (reach.own !== undefined)
    return sql<boolean>`${sql.ref(`${complaint}.person_id`)} = any(${samePerson(reach.own)})`
  if (actor.kind !== 'staff' || !reach.town) return sql<boolean>`false`
  const notMe = sql`not exists (select 1 from complaint_subject x
    where x.municipality_id = ${town} and x.complaint_id = ${row} and x.staff_id = ${actor.staffId})`
  const held = actor.appointments.filter(({ deputyOf }) => deputyOf === undefined).map(({ role }) => role)
  if (held.includes('manager') || held.includes('supervisor')) return sql<boolean>`${notMe}`
  const ofManager = sql`exists (select 1 from complaint_subject x
    join appointment a on a.municipality_id = x.municipality_id and a.staff_id = x.staff_id and a.role = 'manager'
     and a.valid_from <= ${today}::date and (a.valid_until is null or a.valid_until >= ${today}::date)
   where x.municipality_id = ${town} and x.complaint_id = ${row})`
  return sql<boolean>`(${notMe} and ${ofManager})`
}
