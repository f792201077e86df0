import { sql } from 'kysely'
import { type CalendarDate, dateIn } from '../../../lib/calendar.ts'
import type { Localized } from '../../../lib/localized.ts'
import type { Read } from '../../../platform/database/transaction.ts'

/** Somebody a request can be referred to; of whoever is away today, until when and who stands in. */
export type Colleague = {
  staffId: string
  office: string
  name: Localized
  away?: { until: CalendarDate; deputyId: string }
}

type Row = {
  staff_id: string
  office_code: string
  name_ar: string
  name_en: string
  until: string | null
  deputy_id: string | null
}

/** Everybody in office today, by name: one query for the whole town. */
export async function colleaguesOf(tx: Read, timeZone: string): Promise<Colleague[]> {
  const today = dateIn(tx.now, timeZone)
  const { rows } = await sql<Row>`
    select distinct s.staff_id, a.office_code, s.name_ar, s.name_en, b.valid_until as until, b.deputy_id
      from appointment a
      join staff s on s.municipality_id = a.municipality_id and s.staff_id = a.staff_id
      left join absence b on b.municipality_id = s.municipality_id and b.staff_id = s.staff_id and b.ended_at is null
       and b.valid_from <= ${today} and b.valid_until >= ${today}
     where a.municipality_id = ${tx.town} and s.left_at is null
       and a.valid_from <= ${today} and (a.valid_until is null or a.valid_until >= ${today})
     order by s.name_ar, s.staff_id`.execute(tx.q)
  return rows.map(row => ({
    staffId: row.staff_id,
    office: row.office_code,
    name: { ar: row.name_ar, en: row.name_en },
    ...(row.until !== null &&
      row.deputy_id !== null && { away: { until: row.until, deputyId: row.deputy_id } }),
  }))
}
