import { sql } from 'kysely'
import type { CalendarDate } from '../../../lib/calendar.ts'
import { newId } from '../../../lib/ids.ts'
import type { Localized } from '../../../lib/localized.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { type AuditActor, record } from '../../audit/index.ts'

/** The act of going on through lists beyond the day's limit. */
export const listsAct = 'looks.lists-opened'

type Day = { staffId: string; day: CalendarDate }

/**
 * Adds rows of people that a list is about to show. False where the day's limit, with as much again for each reason given, was reached
 * before: then nothing is added. A page that begins within the limit is shown whole.
 */
export async function addRows(
  tx: Write,
  { staffId, day }: Day,
  { rows, limit }: { rows: number; limit: number },
): Promise<boolean> {
  const done = await sql`
    insert into look_rows as r (municipality_id, staff_id, day, rows) values (${tx.town}, ${staffId}, ${day}::date, ${rows})
    on conflict (municipality_id, staff_id, day) do update set rows = r.rows + excluded.rows
     where r.rows < ${limit} * (1 + (select count(*) from look_rows_reason w
             where w.municipality_id = r.municipality_id and w.staff_id = r.staff_id and w.day = r.day))`.execute(
    tx.q,
  )
  return done.numAffectedRows === 1n
}

/** How many rows of people one of the staff had on screen on a day. */
export async function rowsOn(tx: Read, { staffId, day }: Day): Promise<number> {
  const { rows } = await sql<{ rows: number }>`
    select rows from look_rows where municipality_id = ${tx.town} and staff_id = ${staffId} and day = ${day}::date`.execute(
    tx.q,
  )
  return rows[0]?.rows ?? 0
}

/** A reason to go on: as many rows again. It stands before whoever looks after the lookers, without what was searched for. */
export async function giveRowsReason(
  tx: Write,
  of: Day & { words: string; address: string },
  by: AuditActor & { kind: 'staff' },
): Promise<void> {
  const rows = await rowsOn(tx, of)
  await sql`
    insert into look_rows_reason (municipality_id, reason_id, staff_id, office_code, day, at, rows, words, address)
    values (${tx.town}, ${newId(tx.now)}, ${of.staffId}, ${by.office ?? null}, ${of.day}::date, ${tx.now}, ${rows}, ${of.words},
            ${of.address.split('?')[0]?.slice(0, 500) ?? ''})`.execute(tx.q)
  await record(tx, {
    actor: by,
    act: listsAct,
    subjectKind: 'staff',
    subjectId: of.staffId,
    cause: of.words,
  })
}

/** Why somebody went on through lists, and how many people they had seen by then. */
export type RowsReason = {
  id: string
  at: Date
  staff: Localized
  office: Localized | undefined
  rows: number
  words: string
}

/** The latest first; the next page begins after `before`, an id. */
export async function rowsReasons(
  tx: Read,
  { before, limit }: { before?: string | undefined; limit: number },
): Promise<RowsReason[]> {
  const older = sql`and (w.at, w.reason_id) < (select b.at, b.reason_id from look_rows_reason b
                                                where b.municipality_id = ${tx.town} and b.reason_id = ${before ?? null}::uuid)`
  const { rows } = await sql<{
    reason_id: string
    at: Date
    name_ar: string
    name_en: string
    office_ar: string | null
    office_en: string | null
    rows: number
    words: string
  }>`
    select w.reason_id, w.at, s.name_ar, s.name_en, o.name_ar as office_ar, o.name_en as office_en, w.rows, w.words
      from look_rows_reason w
      join staff s on s.municipality_id = w.municipality_id and s.staff_id = w.staff_id
      left join office o on o.municipality_id = w.municipality_id and o.office_code = w.office_code
     where w.municipality_id = ${tx.town} ${before === undefined ? sql`` : older}
     order by w.at desc, w.reason_id desc limit ${limit}`.execute(tx.q)
  return rows.map(row => ({
    id: row.reason_id,
    at: row.at,
    rows: row.rows,
    words: row.words,
    staff: { ar: row.name_ar, en: row.name_en },
    office: row.office_ar === null ? undefined : { ar: row.office_ar, en: row.office_en ?? row.office_ar },
  }))
}
