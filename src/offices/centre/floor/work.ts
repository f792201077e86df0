import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/index.ts'
import type { Localized } from '../../../lib/localized.ts'
import type { Read } from '../../../platform/database/index.ts'
import { requestVisible } from '../../requests/index.ts'

const day = 86_400_000
/** Due within these days is soon; late by more than these is very late. */
const soonDays = 2
const veryLateDays = 5

export type WorkAt = {
  office: string
  name: Localized
  inTime: number
  soon: number
  late: number
  veryLate: number
}

/** Tasks of the main way that are late now. */
export const lateOf = (work: readonly WorkAt[]): number =>
  work.reduce((sum, each) => sum + each.late + each.veryLate, 0)

/** Where the open work stands: by office, how much of it is in time, due soon, late, very late. The latest first. */
export async function workByOffice(tx: Read): Promise<WorkAt[]> {
  const { rows } = await sql<{
    office_code: string
    name_ar: string
    name_en: string
    in_time: number
    soon: number
    late: number
    very_late: number
  }>`
    select t.office_code, o.name_ar, o.name_en,
           count(*) filter (where t.waits or t.due_at is null or t.due_at > ${soon(tx)})::int as in_time,
           count(*) filter (where not t.waits and t.due_at > ${tx.now} and t.due_at <= ${soon(tx)})::int as soon,
           count(*) filter (where not t.waits and t.due_at <= ${tx.now} and t.due_at > ${veryLate(tx)})::int as late,
           count(*) filter (where not t.waits and t.due_at <= ${veryLate(tx)})::int as very_late
      from (${openTasks(tx)}) t
      join office o on o.municipality_id = ${tx.town} and o.office_code = t.office_code
     group by t.office_code, o.name_ar, o.name_en, o.position
     order by count(*) filter (where not t.waits and t.due_at <= ${tx.now}) desc, count(*) desc, o.position`.execute(
    tx.q,
  )
  return rows.map(row => ({
    office: row.office_code,
    name: { ar: row.name_ar, en: row.name_en },
    ...{ inTime: row.in_time, soon: row.soon, late: row.late, veryLate: row.very_late },
  }))
}

const soon = (tx: Read) => new Date(tx.now.getTime() + soonDays * day)
const veryLate = (tx: Read) => new Date(tx.now.getTime() - veryLateDays * day)

/** Open tasks of the main way, and opinions asked there side by side; `waits` for the citizen, whose clock stands. Payments wait for nobody of the town. */
const openTasks = (tx: Read) => sql`
  select k.task_id, k.request_id, k.office_code, k.assignee, k.due_at, k.opened_at, k.step, r.paused_at is not null as waits
    from request r
    join task k on k.municipality_id = r.municipality_id and k.request_id = r.request_id and k.closed_at is null
     and (k.purpose = 'step' or k.purpose = 'branch')
   where r.municipality_id = ${tx.town} and r.closed_at is null`

export type LateTask = {
  taskId: string
  requestId: string
  number: string
  serviceCode: string
  applicant: string
  office: Localized
  officeCode: string
  step: string
  serviceVersion: number
  assignee: { id: string; name: Localized } | undefined
  dueAt: Date
  openedAt: Date
}

/** Tasks that are late or will be soon, the longest late first; of one office or one person where asked. */
export async function lateTasks(
  tx: Read,
  actor: Actor,
  filter: { office?: string | undefined; staffId?: string | undefined } = {},
  limit = 50,
): Promise<LateTask[]> {
  const { rows } = await sql<{
    task_id: string
    request_id: string
    number: string
    service_code: string
    service_version: number
    applicant: string
    office_code: string
    office_ar: string
    office_en: string
    step: string
    assignee: string | null
    assignee_ar: string | null
    assignee_en: string | null
    due_at: Date
    opened_at: Date
  }>`
    select t.task_id, t.request_id, r.number || '/' || r.year as number, r.service_code, r.service_version, p.display_name as applicant,
           t.office_code, o.name_ar as office_ar, o.name_en as office_en, t.step, t.assignee, s.name_ar as assignee_ar,
           s.name_en as assignee_en, t.due_at, t.opened_at
      from (${openTasks(tx)}) t
      join request r on r.municipality_id = ${tx.town} and r.request_id = t.request_id
      join person p on p.municipality_id = r.municipality_id and p.person_id = r.applicant_id
      join office o on o.municipality_id = r.municipality_id and o.office_code = t.office_code
      left join staff s on s.municipality_id = r.municipality_id and s.staff_id = t.assignee
     where not t.waits and t.due_at <= ${soon(tx)} and ${requestVisible(actor, 'request.read')}
       ${filter.office ? sql`and t.office_code = ${filter.office}` : sql``}
       ${filter.staffId ? sql`and t.assignee = ${filter.staffId}` : sql``}
     order by t.due_at, t.task_id limit ${limit}`.execute(tx.q)
  return rows.map(row => ({
    ...{ taskId: row.task_id, requestId: row.request_id, number: row.number, serviceCode: row.service_code },
    ...{ applicant: row.applicant, officeCode: row.office_code, step: row.step },
    office: { ar: row.office_ar, en: row.office_en },
    serviceVersion: row.service_version,
    assignee:
      row.assignee === null
        ? undefined
        : { id: row.assignee, name: { ar: row.assignee_ar ?? '', en: row.assignee_en ?? '' } },
    ...{ dueAt: row.due_at, openedAt: row.opened_at },
  }))
}

export type LatePerson = { staffId: string; name: Localized; late: number; soon: number }

/** Who has late or soon-late tasks in hand, the most late first. */
export async function latePeople(tx: Read, limit = 10): Promise<LatePerson[]> {
  const { rows } = await sql<{
    staff_id: string
    name_ar: string
    name_en: string
    late: number
    soon: number
  }>`
    select s.staff_id, s.name_ar, s.name_en, count(*) filter (where t.due_at <= ${tx.now})::int as late,
           count(*) filter (where t.due_at > ${tx.now})::int as soon
      from (${openTasks(tx)}) t
      join staff s on s.municipality_id = ${tx.town} and s.staff_id = t.assignee
     where not t.waits and t.due_at <= ${soon(tx)}
     group by s.staff_id, s.name_ar, s.name_en order by count(*) filter (where t.due_at <= ${tx.now}) desc, count(*) desc, s.name_ar collate "C" limit ${limit}`.execute(
    tx.q,
  )
  return rows.map(row => ({
    staffId: row.staff_id,
    name: { ar: row.name_ar, en: row.name_en },
    ...{ late: row.late, soon: row.soon },
  }))
}

export type Stopper = { serviceCode: string; serviceVersion: number; paperId: string; count: number }

/** Which missing papers stop requests now, the most first. */
export async function stoppers(tx: Read, limit = 8): Promise<Stopper[]> {
  const { rows } = await sql<{ service_code: string; service_version: number; paper_id: string; n: number }>`
    select r.service_code, max(r.service_version) as service_version, m ->> 'id' as paper_id, count(*)::int as n
      from request r, jsonb_array_elements(r.missing_papers) m
     where r.municipality_id = ${tx.town} and r.closed_at is null and r.state = 'awaiting-papers'
     group by r.service_code, m ->> 'id' order by n desc, paper_id limit ${limit}`.execute(tx.q)
  return rows.map(row => ({
    ...{ serviceCode: row.service_code, serviceVersion: row.service_version },
    ...{ paperId: row.paper_id, count: row.n },
  }))
}
