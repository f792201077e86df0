import { sql } from 'kysely'
import { addDays, type CalendarDate, dateIn, startOfDay } from '../../../lib/calendar.ts'
import type { Localized } from '../../../lib/localized.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import type { CauseKind } from '../../../web/actor.ts'

/** Fewer than this are no figure: they would point at somebody. */
export const smallest = 5

export type MonthOfLooks = {
  /** Its first day. */
  month: CalendarDate
  office: Localized | undefined
  kind: CauseKind
  /** Undefined where there are fewer than `smallest`. */
  looks: number | undefined
}

const monthStart = (day: CalendarDate): CalendarDate => `${day.slice(0, 7)}-01`
const nextMonth = (first: CalendarDate): CalendarDate => monthStart(addDays(first, 31))

/** The month of an instant, or the one before it with -1: its first day and that of the next. */
export function monthOf(
  now: Date,
  timeZone: string,
  step: 0 | -1,
): { from: CalendarDate; until: CalendarDate } {
  const month = monthStart(dateIn(now, timeZone))
  const from = step === 0 ? month : monthStart(addDays(month, -1))
  return { from, until: nextMonth(from) }
}

/** Counts this month's looks and the last one's anew, by office and ground. Runs by the calendar, and may run twice. */
export async function countMonths(tx: Write, timeZone: string): Promise<void> {
  for (const step of [-1, 0] as const) {
    const { from: first, until: next } = monthOf(tx.now, timeZone, step)
    const from = startOfDay(first, timeZone)
    const until = startOfDay(next, timeZone)
    await sql`delete from look_month where municipality_id = ${tx.town} and month = ${first}::date`.execute(
      tx.q,
    )
    await sql`
      insert into look_month (municipality_id, month, office_code, cause_kind, looks, people, counted_at)
      select municipality_id, ${first}::date, coalesce(office_code, ''), cause_kind, count(*), count(distinct person_id), ${tx.now}
        from look where municipality_id = ${tx.town} and at >= ${from} and at < ${until}
       group by municipality_id, coalesce(office_code, ''), cause_kind`.execute(tx.q)
  }
}

/** Looks by month, office and ground, the latest month first. */
export async function monthsOfLooks(tx: Read, months: number): Promise<MonthOfLooks[]> {
  const { rows } = await sql<{
    month: CalendarDate
    name_ar: string | null
    name_en: string | null
    cause_kind: CauseKind
    looks: number
  }>`
    select m.month, o.name_ar, o.name_en, m.cause_kind, m.looks from look_month m
      left join office o on o.municipality_id = m.municipality_id and o.office_code = m.office_code
     where m.municipality_id = ${tx.town} and m.month > ${tx.now}::timestamptz - make_interval(months => ${months + 1})
     order by m.month desc, o.position nulls last, m.office_code, m.cause_kind`.execute(tx.q)
  return rows.map(row => ({
    month: row.month,
    office: row.name_ar === null ? undefined : { ar: row.name_ar, en: row.name_en ?? row.name_ar },
    kind: row.cause_kind,
    looks: row.looks < smallest ? undefined : row.looks,
  }))
}

export type QuestionFigures = { asked: number; inTime: number; late: number; unjustified: number }

/** What became of «why did you look?»: counts alone, of the year before now. */
export async function questionFigures(tx: Read): Promise<QuestionFigures> {
  const since = new Date(tx.now.getTime() - 365 * 86_400_000)
  const { rows } = await sql<{ asked: number; in_time: number; late: number; unjustified: number }>`
    select count(*)::int as asked, (count(*) filter (where answered_at < (due_on + 1)))::int as in_time,
           (count(*) filter (where coalesce(answered_at, ${tx.now}::timestamptz) >= (due_on + 1)))::int as late,
           (count(*) filter (where found = 'unjustified'))::int as unjustified
      from look_question where municipality_id = ${tx.town} and asked_at > ${since}`.execute(
    tx.asHouse('counts of questions, that name nobody').q,
  )
  const [row] = rows
  return {
    asked: row?.asked ?? 0,
    inTime: row?.in_time ?? 0,
    late: row?.late ?? 0,
    unjustified: row?.unjustified ?? 0,
  }
}
