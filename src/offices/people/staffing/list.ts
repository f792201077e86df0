import { sql } from 'kysely'
import { isRole, type Role } from '../../../kernel/access/index.ts'
import type { CalendarDate } from '../../../lib/calendar.ts'
import type { Localized } from '../../../lib/localized.ts'
import type { Read } from '../../../platform/database/index.ts'
import type { StaffAppointment } from '../model.ts'

/** One of the staff in the list of all. */
export type ListedStaff = {
  id: string
  login: string
  name: Localized
  title: Localized
  leftAt: Date | undefined
  /** Whether the password that was handed out is still to be changed. */
  waits: boolean
  hasSecond: boolean
  /** In force today or still to come. */
  posts: { role: Role; office: string; from: CalendarDate; until: CalendarDate | undefined }[]
}

type Row = {
  staff_id: string
  login: string
  name_ar: string
  name_en: string
  title_ar: string
  title_en: string
  left_at: Date | null
  waits: boolean
  has_second: boolean
  posts: { role: string; office: string; from: string; until: string | null }[] | null
}

const pageSize = 100

/** Those of the staff who are here, or who have left, by name; `after` is the last one of the page before. */
export async function listStaff(
  tx: Read,
  {
    left,
    today,
    after,
  }: { left: boolean; today: CalendarDate; after?: { name: string; id: string } | undefined },
): Promise<{ staff: ListedStaff[]; more: boolean }> {
  const { rows } = await sql<Row>`
    select s.staff_id, s.login, s.name_ar, s.name_en, s.title_ar, s.title_en, s.left_at, s.password_until is not null as waits,
           s.totp_sealed is not null or exists (
             select 1 from staff_passkey k
              where k.municipality_id = s.municipality_id and k.staff_id = s.staff_id and k.removed_at is null) as has_second,
           (select json_agg(json_build_object('role', a.role, 'office', a.office_code, 'from', a.valid_from, 'until', a.valid_until)
                            order by a.valid_from, a.appointment_id)
              from appointment a
             where a.municipality_id = s.municipality_id and a.staff_id = s.staff_id
               and (a.valid_until is null or a.valid_until >= ${today})) as posts
      from staff s
     where s.municipality_id = ${tx.town} and ${left ? sql`s.left_at is not null` : sql`s.left_at is null`}
       ${after ? sql`and (s.name_ar collate "C", s.staff_id) > (${after.name}, ${after.id}::uuid)` : sql``}
     order by s.name_ar collate "C", s.staff_id limit ${pageSize + 1}`.execute(tx.q)
  return { staff: rows.slice(0, pageSize).map(toListed), more: rows.length > pageSize }
}

const toListed = (row: Row): ListedStaff => ({
  id: row.staff_id,
  login: row.login,
  name: { ar: row.name_ar, en: row.name_en },
  title: { ar: row.title_ar, en: row.title_en },
  leftAt: row.left_at ?? undefined,
  waits: row.waits,
  hasSecond: row.has_second,
  posts: (row.posts ?? []).flatMap(({ role, office, from, until }) =>
    isRole(role) ? [{ role, office, from, until: until ?? undefined }] : [],
  ),
})

/** Everything somebody was and is appointed to, the newest first. */
export async function allAppointments(tx: Read, staffId: string): Promise<StaffAppointment[]> {
  const { rows } = await sql<{
    appointment_id: string
    office_code: string
    role: string
    valid_from: string
    valid_until: string | null
    decision: string | null
  }>`
    select appointment_id, office_code, role, valid_from, valid_until, decision from appointment
     where municipality_id = ${tx.town} and staff_id = ${staffId}
     order by valid_from desc, appointment_id desc limit 200`.execute(tx.q)
  return rows.flatMap(row =>
    isRole(row.role)
      ? [
          {
            id: row.appointment_id,
            staffId,
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

/** Who has this identity number or this login already, those who left included. */
export async function findHuman(
  tx: Read,
  { idIndex, login, email }: { idIndex: Buffer | undefined; login: string; email: string | undefined },
): Promise<{ by: 'id' | 'login' | 'email'; staffId: string } | undefined> {
  const { rows } = await sql<{ staff_id: string; by: 'id' | 'login' | 'email' }>`
    select staff_id, case when id_index = ${idIndex ?? null} then 'id' when login = ${login} then 'login' else 'email' end as by from staff
     where municipality_id = ${tx.town} and (login = ${login} or id_index = ${idIndex ?? null} or email = ${email ?? null})
     order by (id_index is not distinct from ${idIndex ?? null}) desc limit 1`.execute(tx.q)
  return rows[0] && { by: rows[0].by, staffId: rows[0].staff_id }
}
