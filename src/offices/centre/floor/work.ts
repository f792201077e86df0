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

export type LatePerson = { staffId: string; name: Localized; late: number; soon: number }

export type Stopper = { serviceCode: string; serviceVersion: number; paperId: string; count: number }

export type OpenWork = {
  /** Requests that lie open, and how many of them wait for the citizen. */
  open: number
  waitingForCitizen: number
  /** By office, how much of its work is in time, due soon, late, very late. The latest first. */
  offices: WorkAt[]
  /** Who has late or soon-late tasks in hand, the most late first. */
  people: LatePerson[]
  /** Which missing papers stop requests now, the most first. */
  stoppers: Stopper[]
}

type Lying = { in_time: number; soon: number; late: number; very_late: number }
type AtOffice = Lying & { office_code: string; name_ar: string; name_en: string }
type InHand = { staff_id: string; name_ar: string; name_en: string; late: number; soon: number }
type Stops = { service_code: string; service_version: number; paper_id: string; n: number }

/** Where all open work stands. One pass over what lies open: in a large town that is some ten thousand requests. */
export async function openWork(
  tx: Read,
  { people = 10, papers = 40 }: { people?: number; papers?: number } = {},
): Promise<OpenWork> {
  const { rows } = await sql<{
    open: number
    waiting: number
    offices: AtOffice[]
    people: InHand[]
    stoppers: Stops[]
  }>`
    with lies as materialized (
      select request_id, paused_at is not null as waits, service_code, service_version,
             case when state = 'awaiting-papers' then missing_papers end as missing
        from request where municipality_id = ${tx.town} and closed_at is null
    ), tasks as materialized (
      select k.office_code, k.assignee,
             count(*) filter (where r.waits or k.due_at is null or k.due_at > ${soon(tx)})::int as in_time,
             count(*) filter (where not r.waits and k.due_at > ${tx.now} and k.due_at <= ${soon(tx)})::int as soon,
             count(*) filter (where not r.waits and k.due_at <= ${tx.now} and k.due_at > ${veryLate(tx)})::int as late,
             count(*) filter (where not r.waits and k.due_at <= ${veryLate(tx)})::int as very_late
        from lies r
        join task k on k.municipality_id = ${tx.town} and k.request_id = r.request_id and k.closed_at is null
         and (k.purpose = 'step' or k.purpose = 'branch')
       group by k.office_code, k.assignee
    ), offices as (
      select t.office_code, o.name_ar, o.name_en, sum(in_time)::int as in_time, sum(soon)::int as soon, sum(late)::int as late,
             sum(very_late)::int as very_late,
             row_number() over (order by sum(late + very_late) desc, sum(in_time + soon + late + very_late) desc, o.position) as place
        from tasks t join office o on o.municipality_id = ${tx.town} and o.office_code = t.office_code
       group by t.office_code, o.name_ar, o.name_en, o.position
    ), people as (
      select s.staff_id, s.name_ar, s.name_en, sum(late + very_late)::int as late, sum(soon)::int as soon,
             row_number() over (order by sum(late + very_late) desc, sum(soon) desc, s.name_ar collate "C", s.staff_id) as place
        from tasks t join staff s on s.municipality_id = ${tx.town} and s.staff_id = t.assignee
       group by s.staff_id, s.name_ar, s.name_en having sum(soon + late + very_late) > 0
    ), stops as (
      select l.service_code, max(l.service_version) as service_version, m ->> 'id' as paper_id, count(*)::int as n,
             row_number() over (order by count(*) desc, m ->> 'id') as place
        from lies l, jsonb_array_elements(l.missing) m group by l.service_code, m ->> 'id'
    )
    select (select count(*)::int from lies) as open, (select count(*)::int from lies where waits) as waiting,
           (select coalesce(jsonb_agg(o order by place), '[]') from offices o) as offices,
           (select coalesce(jsonb_agg(p order by place), '[]') from people p where place <= ${people}) as people,
           (select coalesce(jsonb_agg(s order by place), '[]') from stops s where place <= ${papers}) as stoppers`.execute(
    tx.q,
  )
  const [row] = rows
  if (!row) throw new Error('counting answered nothing')
  return {
    open: row.open,
    waitingForCitizen: row.waiting,
    offices: row.offices.map(each => ({
      office: each.office_code,
      name: nameOf(each),
      inTime: each.in_time,
      soon: each.soon,
      late: each.late,
      veryLate: each.very_late,
    })),
    people: row.people.map(each => ({
      staffId: each.staff_id,
      name: nameOf(each),
      late: each.late,
      soon: each.soon,
    })),
    stoppers: row.stoppers.map(each => ({
      serviceCode: each.service_code,
      serviceVersion: each.service_version,
      paperId: each.paper_id,
      count: each.n,
    })),
  }
}

const nameOf = (row: { name_ar: string; name_en: string }): Localized => ({
  ar: row.name_ar,
  en: row.name_en,
})

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
    taskId: row.task_id,
    requestId: row.request_id,
    number: row.number,
    serviceCode: row.service_code,
    applicant: row.applicant,
    officeCode: row.office_code,
    step: row.step,
    office: { ar: row.office_ar, en: row.office_en },
    serviceVersion: row.service_version,
    assignee:
      row.assignee === null
        ? undefined
        : { id: row.assignee, name: { ar: row.assignee_ar ?? '', en: row.assignee_en ?? '' } },
    dueAt: row.due_at,
    openedAt: row.opened_at,
  }))
}
