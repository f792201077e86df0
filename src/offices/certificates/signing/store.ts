import { sql } from 'kysely'
import type { CalendarDate } from '../../../lib/calendar.ts'
import { NotFound } from '../../../lib/errors.ts'
import type { Localized } from '../../../lib/localized.ts'
import type { Money } from '../../../lib/money.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import type { Authority, DocumentKind } from './authority.ts'

type Row = {
  authority_id: string
  staff_id: string
  role: string
  document_kind: DocumentKind
  ceilings: Money[]
  decision: string
  valid_from: CalendarDate
  valid_until: CalendarDate | null
  deputy_for: string | null
}

const columns = sql`authority_id, staff_id, role, document_kind, ceilings, decision, valid_from::text, valid_until::text, deputy_for`

/** Everything the town has written of authority to sign, past and to come; of one role where it is named. */
export async function authorities(tx: Read, role?: string): Promise<Authority[]> {
  const { rows } = await sql<Row>`select ${columns} from signing_authority
    where municipality_id = ${tx.town} ${role === undefined ? sql`` : sql`and role = ${role}`}
    order by valid_from, authority_id`.execute(tx.q)
  return rows.map(toAuthority)
}

/** One authority with whoever stands in under it, held until the transaction ends; NotFound where there is none. */
export async function authorityToChange(tx: Write, id: string): Promise<Authority> {
  const { rows } = await sql<Row>`select ${columns} from signing_authority
    where municipality_id = ${tx.town} and authority_id = ${id} for update`.execute(tx.q)
  const [row] = rows
  if (!row) throw new NotFound('no-such-authority')
  return toAuthority(row)
}

export async function insertAuthority(tx: Write, it: Authority, by: string): Promise<void> {
  await sql`insert into signing_authority (municipality_id, authority_id, staff_id, role, document_kind, ceilings, decision, valid_from,
      valid_until, deputy_for, recorded_at, recorded_by)
    values (${tx.town}, ${it.id}, ${it.staffId}, ${it.role}, ${it.kind}, ${JSON.stringify(it.ceilings)}, ${it.decision}, ${it.from},
      ${it.until ?? null}, ${it.deputyFor ?? null}, ${tx.now}, ${by})`.execute(tx.q)
}

export async function setLastDay(tx: Write, id: string, until: CalendarDate): Promise<void> {
  await sql`update signing_authority set valid_until = ${until}
    where municipality_id = ${tx.town} and authority_id = ${id}`.execute(tx.q)
}

/** Offices at which somebody holds a role on a day. */
export async function officesHeld(
  tx: Read,
  staffIds: readonly string[],
  on: CalendarDate,
): Promise<{ staffId: string; role: string; office: string }[]> {
  if (staffIds.length === 0) return []
  const { rows } = await sql<{ staff_id: string; role: string; office_code: string }>`
    select staff_id, role, office_code from appointment
     where municipality_id = ${tx.town} and staff_id = any(${[...staffIds]}::uuid[])
       and valid_from <= ${on} and (valid_until is null or valid_until >= ${on})`.execute(tx.q)
  return rows.map(row => ({ staffId: row.staff_id, role: row.role, office: row.office_code }))
}

/** The last day of the last appointment to a role that has ended; undefined where none has. */
export async function roleEndedOn(
  tx: Read,
  staffId: string,
  role: string,
  today: CalendarDate,
): Promise<CalendarDate | undefined> {
  const { rows } = await sql<{ last: string | null }>`
    select max(valid_until)::text as last from appointment
     where municipality_id = ${tx.town} and staff_id = ${staffId} and role = ${role} and valid_until < ${today}`.execute(
    tx.q,
  )
  return rows[0]?.last ?? undefined
}

const toAuthority = (row: Row): Authority => ({
  id: row.authority_id,
  staffId: row.staff_id,
  role: row.role,
  kind: row.document_kind,
  ceilings: row.ceilings,
  decision: row.decision,
  from: row.valid_from,
  until: row.valid_until ?? undefined,
  deputyFor: row.deputy_for ?? undefined,
})

/** People of the staff appointed to anything on a day, by name: those a signature or a deputyship can be given to. */
export async function staffAppointedOn(
  tx: Read,
  on: CalendarDate,
): Promise<{ id: string; name: Localized; title: Localized }[]> {
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
                     and a.valid_from <= ${on} and (a.valid_until is null or a.valid_until >= ${on}))
     order by s.name_ar collate "C", s.staff_id`.execute(tx.q)
  return rows.map(row => ({
    id: row.staff_id,
    name: { ar: row.name_ar, en: row.name_en },
    title: { ar: row.title_ar, en: row.title_en },
  }))
}
