import { sql } from 'kysely'
import type { CalendarDate } from '../../lib/calendar.ts'
import type { Localized } from '../../lib/localized.ts'
import type { Read } from '../../platform/database/index.ts'

export type Colleague = { id: string; name: Localized; title: Localized }

/** Everybody of the staff appointed to anything on a day, by name. */
export async function colleaguesOn(tx: Read, on: CalendarDate): Promise<Colleague[]> {
  const { rows } = await sql<{
    staff_id: string
    name_ar: string
    name_en: string
    title_ar: string
    title_en: string
  }>`
    select s.staff_id, s.name_ar, s.name_en, s.title_ar, s.title_en from staff s
     where s.municipality_id = ${tx.town} and s.left_at is null
       and exists (select 1 from appointment a where a.municipality_id = s.municipality_id and a.staff_id = s.staff_id
                     and a.valid_from <= ${on}::date and (a.valid_until is null or a.valid_until >= ${on}::date))
     order by s.name_ar collate "C", s.staff_id`.execute(tx.q)
  return rows.map(row => ({
    id: row.staff_id,
    name: { ar: row.name_ar, en: row.name_en },
    title: { ar: row.title_ar, en: row.title_en },
  }))
}
