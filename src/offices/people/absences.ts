import { sql } from 'kysely'
import { addDays, type CalendarDate } from '../../lib/calendar.ts'
import { Conflict, type Fault, InvalidInput, NotFound } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import { type AuditActor, record } from '../audit/index.ts'
import { appointmentsOf, todayOf } from './offices.ts'

/** Somebody is away on these days, both counted, and who stands in for them. */
export type Absence = {
  id: string
  staffId: string
  deputyId: string
  from: CalendarDate
  until: CalendarDate
  reason: string
}

type Row = {
  absence_id: string
  staff_id: string
  deputy_id: string
  valid_from: string
  valid_until: string
  reason: string
}

const toAbsence = (row: Row): Absence => ({
  id: row.absence_id,
  staffId: row.staff_id,
  deputyId: row.deputy_id,
  from: row.valid_from,
  until: row.valid_until,
  reason: row.reason,
})

const columns = sql`absence_id, staff_id, deputy_id, valid_from, valid_until, reason`

/** Absences in force on a day or still to come, the nearest first; of these people, or of everybody. */
export async function absencesFrom(
  tx: Read,
  on: CalendarDate,
  staffIds?: readonly string[],
): Promise<Absence[]> {
  const { rows } = await sql<Row>`
    select ${columns} from absence
     where municipality_id = ${tx.town} and ended_at is null and valid_until >= ${on}
       ${staffIds ? sql`and staff_id = any(${[...staffIds]}::uuid[])` : sql``}
     order by valid_from, absence_id limit 500`.execute(tx.q)
  return rows.map(toAbsence)
}

/** What is entered of an absence. */
export type NewAbsence = Omit<Absence, 'id'>

/** The longest somebody is away under one entry. */
const longestDays = 366

/**
 * Enters an absence; gives its id. Faults are `InvalidInput` on `from`, `until`, `deputy` and `reason`: a day gone, an end before the
 * beginning, oneself or nobody in office as deputy, a deputy who is away on one of these days, another absence on one of them.
 */
export async function enterAbsence(tx: Write, absence: NewAbsence, by: AuditActor): Promise<string> {
  const today = await todayOf(tx)
  // Two entries for one person come one after the other.
  await sql`select 1 from staff where municipality_id = ${tx.town} and staff_id = ${absence.staffId} for no key update`.execute(
    tx.q,
  )
  const faults = [...datesWrong(absence, today), ...(await deputyWrong(tx, absence)), ...reasonWrong(absence)]
  if (faults.length > 0) throw new InvalidInput(faults)
  const { rows } = await sql`
    select 1 from absence where municipality_id = ${tx.town} and staff_id = ${absence.staffId} and ended_at is null
       and valid_from <= ${absence.until} and valid_until >= ${absence.from}`.execute(tx.q)
  if (rows.length > 0) throw new InvalidInput([{ field: 'from', code: 'absence-overlaps' }])
  const id = newId(tx.now)
  await sql`
    insert into absence (municipality_id, absence_id, staff_id, deputy_id, valid_from, valid_until, reason, set_at, set_by)
    values (${tx.town}, ${id}, ${absence.staffId}, ${absence.deputyId}, ${absence.from}, ${absence.until}, ${absence.reason},
            ${tx.now}, ${by.id})`.execute(tx.q)
  await record(tx, {
    actor: by,
    act: 'people.absence-entered',
    subjectKind: 'staff',
    subjectId: absence.staffId,
    cause: `${absence.from} ${absence.until} ${absence.deputyId}`,
  })
  return id
}

function datesWrong({ from, until }: NewAbsence, today: CalendarDate): Fault[] {
  if (from < today) return [{ field: 'from', code: 'date-in-past' }]
  if (until < from) return [{ field: 'until', code: 'ends-before-it-begins' }]
  return until > addDays(from, longestDays) ? [{ field: 'until', code: 'absence-too-long' }] : []
}

async function deputyWrong(tx: Read, { staffId, deputyId, from, until }: NewAbsence): Promise<Fault[]> {
  if (deputyId === staffId) return [{ field: 'deputy', code: 'deputy-of-oneself' }]
  const there = await appointmentsOf(tx, deputyId, from)
  if (there.length === 0) return [{ field: 'deputy', code: 'deputy-not-in-office' }]
  const { rows } = await sql`
    select 1 from absence where municipality_id = ${tx.town} and staff_id = ${deputyId} and ended_at is null
       and valid_from <= ${until} and valid_until >= ${from}`.execute(tx.q)
  return rows.length > 0 ? [{ field: 'deputy', code: 'deputy-away' }] : []
}

const reasonWrong = ({ reason }: NewAbsence): Fault[] =>
  reason.trim() === '' ? [{ field: 'reason', code: 'reason-missing' }] : []

/** The absence, in force or to come; NotFound for one that has ended. */
export async function getAbsence(tx: Read, id: string): Promise<Absence> {
  const { rows } = await sql<Row>`
    select ${columns} from absence
     where municipality_id = ${tx.town} and absence_id = ${id} and ended_at is null`.execute(tx.q)
  const [row] = rows
  if (!row) throw new NotFound('no-such-absence')
  return toAbsence(row)
}

/** Takes an absence back: from now on nobody stands in. */
export async function endAbsence(tx: Write, id: string, by: AuditActor): Promise<void> {
  const { rows } = await sql<{ staff_id: string }>`
    update absence set ended_at = ${tx.now}, ended_by = ${by.id}
     where municipality_id = ${tx.town} and absence_id = ${id} and ended_at is null returning staff_id`.execute(
    tx.q,
  )
  const staffId = rows[0]?.staff_id
  if (staffId === undefined) throw new Conflict('absence-ended')
  await record(tx, { actor: by, act: 'people.absence-ended', subjectKind: 'staff', subjectId: staffId })
}
