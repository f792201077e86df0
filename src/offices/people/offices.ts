import { sql } from 'kysely'
import { isRole, type Role } from '../../kernel/access/index.ts'
import { type CalendarDate, dateIn } from '../../lib/calendar.ts'
import { NotFound } from '../../lib/errors.ts'
import type { Read } from '../../platform/database/index.ts'
import type { Office, StaffAppointment, StaffMember } from './model.ts'

type OfficeRow = {
  office_code: string
  name_ar: string
  name_en: string
  parent_code: string | null
  position: number
}
type StaffRow = {
  staff_id: string
  login: string
  name_ar: string
  name_en: string
  title_ar: string
  title_en: string
  left_at: Date | null
}
type AppointmentRow = {
  appointment_id: string
  staff_id: string
  office_code: string
  role: string
  valid_from: string
  valid_until: string | null
  decision: string | null
}

/** The town's offices in the order the town gave them. */
export async function officesOf(tx: Read): Promise<Office[]> {
  const found = await sql<OfficeRow>`
    select office_code, name_ar, name_en, parent_code, position from office
     where municipality_id = ${tx.town} order by position, office_code`.execute(tx.q)
  return found.rows.map(row => ({
    code: row.office_code,
    name: { ar: row.name_ar, en: row.name_en },
    parent: row.parent_code ?? undefined,
    position: row.position,
  }))
}

/** The day it is in this town. */
export async function todayOf(tx: Read): Promise<CalendarDate> {
  const found = await sql<{ time_zone: string }>`
    select time_zone from municipality where municipality_id = ${tx.town}`.execute(tx.q)
  return dateIn(tx.now, found.rows[0]?.time_zone ?? 'UTC')
}

/** Who is appointed to an office on a day, by name. With a role, only those who hold it there. */
export async function staffOf(
  tx: Read,
  office: string,
  on: CalendarDate,
  role?: Role,
): Promise<(StaffMember & { roles: Role[] })[]> {
  const found = await sql<StaffRow & { roles: string[] }>`
    select s.staff_id, s.login, s.name_ar, s.name_en, s.title_ar, s.title_en, s.left_at, array_agg(distinct a.role) as roles
      from appointment a
      join staff s on s.municipality_id = a.municipality_id and s.staff_id = a.staff_id
     where a.municipality_id = ${tx.town} and a.office_code = ${office} and s.left_at is null
       and a.valid_from <= ${on} and (a.valid_until is null or a.valid_until >= ${on})
       ${role ? sql`and a.role = ${role}` : sql``}
     group by s.municipality_id, s.staff_id
     order by s.name_ar collate "C", s.staff_id`.execute(tx.q)
  return found.rows.map(row => ({ ...toStaff(row), roles: row.roles.filter(isRole) }))
}

/** Names and posts of these people of the staff, those who left included, by id. */
export async function staffById(tx: Read, staffIds: readonly string[]): Promise<Map<string, StaffMember>> {
  if (staffIds.length === 0) return new Map()
  const found = await sql<StaffRow>`
    select staff_id, login, name_ar, name_en, title_ar, title_en, left_at from staff
     where municipality_id = ${tx.town} and staff_id = any(${[...new Set(staffIds)]}::uuid[])`.execute(tx.q)
  return new Map(found.rows.map(row => [row.staff_id, toStaff(row)]))
}

/** One of the staff, or NotFound. */
export async function getStaffMember(tx: Read, staffId: string): Promise<StaffMember> {
  const member = (await staffById(tx, [staffId])).get(staffId)
  if (!member) throw new NotFound('no-such-staff')
  return member
}

/** What somebody is appointed to on a day. */
export async function appointmentsOf(
  tx: Read,
  staffId: string,
  on: CalendarDate,
): Promise<StaffAppointment[]> {
  const found = await sql<AppointmentRow>`
    select appointment_id, staff_id, office_code, role, valid_from, valid_until, decision from appointment
     where municipality_id = ${tx.town} and staff_id = ${staffId}
       and valid_from <= ${on} and (valid_until is null or valid_until >= ${on})
     order by valid_from, appointment_id`.execute(tx.q)
  return found.rows.flatMap(row =>
    isRole(row.role)
      ? [
          {
            id: row.appointment_id,
            staffId: row.staff_id,
            office: row.office_code,
            role: row.role,
            validFrom: row.valid_from,
            validUntil: row.valid_until ?? undefined,
            decision: row.decision ?? undefined,
          },
        ]
      : [],
  )
}

/** The posts of the town that somebody holds on a day. */
export async function postsHeld(tx: Read, on: CalendarDate): Promise<{ role: string; office: string }[]> {
  const found = await sql<{ role: string; office: string }>`
    select distinct role, office_code as office from appointment
     where municipality_id = ${tx.town} and valid_from <= ${on} and (valid_until is null or valid_until >= ${on})`.execute(
    tx.q,
  )
  return found.rows
}

function toStaff(row: StaffRow): StaffMember {
  return {
    id: row.staff_id,
    login: row.login,
    name: { ar: row.name_ar, en: row.name_en },
    title: { ar: row.title_ar, en: row.title_en },
    leftAt: row.left_at ?? undefined,
  }
}
