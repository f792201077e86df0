import { type RawBuilder, sql } from 'kysely'
import type { ActName } from '../../../../kernel/definition/index.ts'
import type { RequestState, Task, TaskState } from '../../../../kernel/workflow/index.ts'
import { dateIn } from '../../../../lib/calendar.ts'
import { isId } from '../../../../lib/ids.ts'
import type { Localized } from '../../../../lib/localized.ts'
import type { Read } from '../../../../platform/database/transaction.ts'
import { atDesk, type Box, boxCondition, boxes, type Desk, inBox, sentOn } from '../../boxes.ts'

/** What of a box is shown. */
export type InboxFilter = {
  box: Box
  serviceCode?: string | undefined
  when?: 'late' | 'today' | undefined
  /** Where the page before ended. */
  after?: string | undefined
}

/** A line of the inbox: a task, its request, and what happened last. */
export type InboxLine = {
  taskId: string
  requestId: string
  number: number
  year: number
  serviceCode: string
  serviceVersion: number
  applicant: string
  channel: string
  step: string
  purpose: Task['purpose']
  /** Which of the step's opinions is asked. */
  branch: string | undefined
  /** When somebody is to come. */
  appointmentAt: Date | undefined
  office: string
  state: TaskState
  requestState: RequestState
  assignee: { id: string; name: Localized } | undefined
  openedAt: Date
  dueAt: Date | undefined
  deferredUntil: Date | undefined
  closedAt: Date | undefined
  pausedAt: Date | undefined
  /** When somebody first opened it. */
  seenAt: Date | undefined
  /** The citizen wrote, and nobody has read it yet. */
  hasLetter: boolean
  from: Localized | undefined
  /** The system sent it: somebody's task is late. */
  escalated: boolean
  note: string | undefined
  missingPapers: { id: string; words: string }[]
  /** The last act on the request: papers that arrived and opinions that came back are told by it. */
  lastAct: 'file' | ActName
  papers: number
  /** Where the next page goes on. */
  cursor: string
}

type Row = {
  task_id: string
  request_id: string
  number: number
  year: number
  service_code: string
  service_version: number
  applicant: string
  channel: string
  step: string
  purpose: InboxLine['purpose']
  branch: string | null
  appointment_from: Date | null
  office_code: string
  state: TaskState
  request_state: RequestState
  assignee: string | null
  assignee_ar: string | null
  assignee_en: string | null
  opened_at: Date
  due_at: Date | null
  deferred_until: Date | null
  closed_at: Date | null
  paused_at: Date | null
  seen_at: Date | null
  unread_by_town: boolean
  from_ar: string | null
  from_en: string | null
  from_kind: string | null
  note: string | null
  missing_papers: InboxLine['missingPapers']
  last_act: InboxLine['lastAct']
  papers: number
}

const never = 'infinity'

/**
 * Tasks of a box: those put off whose day has come on top, then the most urgent first; those sent on, the latest first. One query, one
 * line more than asked tells of another page.
 */
export async function listInbox(
  tx: Read,
  desk: Desk,
  filter: InboxFilter,
  timeZone: string,
  limit = 30,
): Promise<InboxLine[]> {
  const sent = filter.box === 'forwarded'
  const order = sent
    ? sql`t.opened_at desc, t.task_id desc`
    : sql`${rank(filter.box)}, t.due_at nulls last, t.task_id`
  // The requests of a whole desk are looked at only where the list is narrowed by them.
  const byRequest = filter.box === 'returned' || !!filter.serviceCode || !!filter.when
  const where = [
    boxCondition(
      tx,
      desk,
      filter.box,
      byRequest ? { lastAct: sql`r.last_act`, state: sql`r.state` } : undefined,
    ),
    ...narrowing(tx, filter, timeZone),
    ...goingOn(filter, sent),
  ]
  const { rows } = await sql<Row>`
    select t.task_id, t.request_id, r.number, r.year, r.service_code, r.service_version, s.display_name as applicant, r.channel, t.step,
           t.purpose, t.branch, t.appointment_from, t.office_code, t.state, r.state as request_state, t.assignee, a.name_ar as assignee_ar, a.name_en as assignee_en,
           t.opened_at, t.due_at, t.deferred_until, t.closed_at, r.paused_at, f.name_ar as from_ar, f.name_en as from_en, t.from_kind, t.note,
           r.missing_papers, r.last_act, r.unread_by_town, t.seen_at,
           (select count(distinct p.paper_id)::int from request_paper p
             where p.municipality_id = r.municipality_id and p.request_id = r.request_id) as papers
      from (select t.task_id from task t
             ${byRequest ? sql`join request r on r.municipality_id = t.municipality_id and r.request_id = t.request_id` : sql``}
             where ${sql.join(where, sql` and `)}
             order by ${order} limit ${limit}) page
      join task t on t.municipality_id = ${tx.town} and t.task_id = page.task_id
      join request r on r.municipality_id = t.municipality_id and r.request_id = t.request_id
      join person s on s.municipality_id = r.municipality_id and s.person_id = r.applicant_id
      left join staff a on a.municipality_id = t.municipality_id and a.staff_id = t.assignee
      left join staff f on f.municipality_id = t.municipality_id
       and f.staff_id = case when t.from_kind = 'staff' then t.from_id::uuid end
     order by ${order}`.execute(tx.q)
  return rows.map(row => toLine(row, sent))
}

/** What was put off and is wanted today stands before all else; a day put off to is not missed among the others. */
const rank = (box: Box): RawBuilder<unknown> =>
  box === 'mine' ? sql`(t.state = 'open')` : sql`(t.task_id is null)`

function narrowing(tx: Read, { serviceCode, when }: InboxFilter, timeZone: string): RawBuilder<boolean>[] {
  const conditions: RawBuilder<boolean>[] = []
  if (serviceCode) conditions.push(sql<boolean>`r.service_code = ${serviceCode}`)
  if (when === 'late') conditions.push(isLate(tx))
  if (when === 'today') conditions.push(endsToday(tx, timeZone))
  return conditions
}

const isLate = (tx: Read, paused = sql`r.paused_at`) =>
  sql<boolean>`(t.due_at < ${tx.now} and ${paused} is null)`

const endsToday = (tx: Read, timeZone: string, paused = sql`r.paused_at`) =>
  sql<boolean>`(t.due_at >= ${tx.now} and ${paused} is null
    and t.due_at < (${dateIn(tx.now, timeZone)}::date + 1)::timestamp at time zone ${timeZone})`

function goingOn({ after, box }: InboxFilter, sent: boolean): RawBuilder<boolean>[] {
  const [instant = '', taskId = '', top = ''] = after?.split('~') ?? []
  if (!isId(taskId) || (instant !== never && Number.isNaN(Date.parse(instant)))) return []
  return sent
    ? [sql<boolean>`(t.opened_at, t.task_id) < (${instant}::timestamptz, ${taskId}::uuid)`]
    : [
        sql<boolean>`(${rank(box)}, coalesce(t.due_at, 'infinity'), t.task_id) > (${box === 'mine' && top !== 'top'}, ${instant}::timestamptz, ${taskId}::uuid)`,
      ]
}

export type InboxCounts = Record<Box, number> & {
  late: number
  today: number
  /** Of the box shown, by service, the most first. */
  services: { code: string; version: number; count: number }[]
}

/** How many tasks lie in each box, and in the one shown how many are late, end today, and belong to which service. One query. */
export async function countInbox(tx: Read, desk: Desk, box: Box, timeZone: string): Promise<InboxCounts> {
  const columns = sql`t.task_id, t.state, t.purpose, t.assignee, t.deferred_until, t.due_at, r.service_code, r.service_version, r.paused_at, r.last_act,
    r.state as request_state`
  const joined = sql`task t join request r on r.municipality_id = t.municipality_id and r.request_id = t.request_id`
  const atHand = { lastAct: sql`t.last_act`, state: sql`t.request_state` }
  const held = boxes
    .filter(each => each !== 'forwarded')
    .map(
      each =>
        sql`(select count(*)::int from desk t where ${inBox(tx, desk, each, atHand)}) as ${sql.ref(each)}`,
    )
  const shown =
    box === 'forwarded'
      ? sql`select * from sent t`
      : sql`select * from desk t where ${inBox(tx, desk, box, atHand)}`
  const { rows } = await sql<InboxCounts>`
    with desk as materialized (select ${columns} from ${joined} where ${atDesk(tx, desk)}),
    sent as materialized (select ${columns} from ${joined} where ${sentOn(tx, desk)}),
    shown as (${shown})
    select ${sql.join(held)}, (select count(*)::int from sent) as forwarded,
      (select count(*)::int from shown t where ${isLate(tx, sql`t.paused_at`)}) as late,
      (select count(*)::int from shown t where ${endsToday(tx, timeZone, sql`t.paused_at`)}) as today,
      (select coalesce(json_agg(json_build_object('code', each.service_code, 'version', each.version, 'count', each.n)
                                order by each.n desc, each.service_code), '[]')
         from (select service_code, max(service_version) as version, count(*)::int as n from shown group by service_code) each) as services`.execute(
    tx.q,
  )
  const [counts] = rows
  if (!counts) throw new Error('counting answered nothing')
  return counts
}

/**
 * The task that comes next for this person, other than those of a request just left. The first of each office and state, by the index that
 * has them in order, and of these the first: no desk is read whole to name one of its tasks.
 */
export async function nextRequest(tx: Read, desk: Desk, than: string): Promise<string | undefined> {
  const offices = [...new Set(desk.appointments.map(({ office }) => office))]
  const states: TaskState[] = ['deferred', 'waiting', 'open']
  const { rows } = await sql<{ request_id: string }>`
    select t.request_id from unnest(${offices}::text[]) as at_office cross join unnest(${states}::text[]) as in_state
     cross join lateral (select t.* from task t
                          where t.office_code = at_office and t.state = in_state and ${boxCondition(tx, desk, 'mine')}
                            and t.request_id <> ${than}
                          order by t.due_at nulls last, t.task_id limit 1) t
     order by ${rank('mine')}, t.due_at nulls last, t.task_id limit 1`.execute(tx.q)
  return rows[0]?.request_id
}

function toLine(row: Row, sent: boolean): InboxLine {
  const instant = sent ? row.opened_at.toISOString() : (row.due_at?.toISOString() ?? never)
  return {
    taskId: row.task_id,
    requestId: row.request_id,
    number: row.number,
    year: row.year,
    serviceCode: row.service_code,
    serviceVersion: row.service_version,
    applicant: row.applicant,
    channel: row.channel,
    step: row.step,
    purpose: row.purpose,
    branch: row.branch ?? undefined,
    appointmentAt: row.appointment_from ?? undefined,
    office: row.office_code,
    state: row.state,
    requestState: row.request_state,
    assignee:
      row.assignee === null
        ? undefined
        : { id: row.assignee, name: { ar: row.assignee_ar ?? '', en: row.assignee_en ?? '' } },
    openedAt: row.opened_at,
    dueAt: row.due_at ?? undefined,
    deferredUntil: row.deferred_until ?? undefined,
    closedAt: row.closed_at ?? undefined,
    pausedAt: row.paused_at ?? undefined,
    seenAt: row.seen_at ?? undefined,
    hasLetter: row.unread_by_town,
    from: row.from_ar === null ? undefined : { ar: row.from_ar, en: row.from_en ?? '' },
    escalated: row.purpose === 'information' && row.from_kind === 'system',
    note: row.note ?? undefined,
    missingPapers: row.missing_papers,
    lastAct: row.last_act,
    papers: row.papers,
    cursor: `${instant}~${row.task_id}${row.state === 'open' ? '' : '~top'}`,
  }
}
