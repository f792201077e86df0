import { sql } from 'kysely'
import type { CalendarDate } from '../../../lib/calendar.ts'
import type { Localized } from '../../../lib/localized.ts'
import type { Read } from '../../../platform/database/index.ts'

/** A file that was opened by its number at a window, with nothing done for whoever it is of. */
export type IdleOpening = {
  visitId: string
  at: Date
  staffId: string
  staff: Localized
  office: Localized | undefined
  person: string
}

/** The latest first; those of one member of the staff with `staffId`. The next page begins after `before`, a visit. */
export async function idleOpenings(
  tx: Read,
  { staffId, before, limit }: { staffId?: string | undefined; before?: string | undefined; limit: number },
): Promise<IdleOpening[]> {
  const older = sql`and (p.at, p.visit_id) < (select b.at, b.visit_id from look_presence b
                                               where b.municipality_id = ${tx.town} and b.visit_id = ${before ?? null}::uuid)`
  const { rows } = await sql<{
    visit_id: string
    at: Date
    staff_id: string
    name_ar: string
    name_en: string
    office_ar: string | null
    office_en: string | null
    person: string
  }>`
    select p.visit_id, p.at, p.staff_id, s.name_ar, s.name_en, o.name_ar as office_ar, o.name_en as office_en, n.display_name as person
      from look_presence p
      join staff s on s.municipality_id = p.municipality_id and s.staff_id = p.staff_id
      join person n on n.municipality_id = p.municipality_id and n.person_id = p.person_id
      left join office o on o.municipality_id = p.municipality_id and o.office_code = p.office_code
     where p.municipality_id = ${tx.town} and p.is_idle ${staffId === undefined ? sql`` : sql`and p.staff_id = ${staffId}`}
           ${before === undefined ? sql`` : older}
     order by p.at desc, p.visit_id desc limit ${limit}`.execute(tx.q)
  return rows.map(row => ({
    visitId: row.visit_id,
    at: row.at,
    staffId: row.staff_id,
    person: row.person,
    staff: { ar: row.name_ar, en: row.name_en },
    office: row.office_ar === null ? undefined : { ar: row.office_ar, en: row.office_en ?? row.office_ar },
  }))
}

/** A day on which one of the staff opened so many files with nothing done in them that the town wants to know. */
export type IdleDay = { staffId: string; name: Localized; day: CalendarDate; files: number }

const latelyMs = 30 * 86_400_000

/** The days of the last month over the town's line, the latest first. */
export async function idleDays(tx: Read, { idleADay }: { idleADay: number }): Promise<IdleDay[]> {
  const { rows } = await sql<{ staff_id: string; name_ar: string; name_en: string; day: string; n: number }>`
    select p.staff_id, s.name_ar, s.name_en, p.day, count(*)::int as n
      from look_presence p join staff s on s.municipality_id = p.municipality_id and s.staff_id = p.staff_id
     where p.municipality_id = ${tx.town} and p.is_idle and p.at > ${new Date(tx.now.getTime() - latelyMs)}
     group by p.staff_id, s.name_ar, s.name_en, p.day having count(*) >= ${idleADay}
     order by p.day desc, n desc limit 10`.execute(tx.q)
  return rows.map(row => ({
    staffId: row.staff_id,
    name: { ar: row.name_ar, en: row.name_en },
    day: row.day,
    files: row.n,
  }))
}
