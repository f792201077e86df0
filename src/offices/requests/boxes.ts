import { type RawBuilder, sql } from 'kysely'
import type { RequestState, Task, TaskState } from '../../kernel/workflow/index.ts'
import type { Read } from '../../platform/database/transaction.ts'
import { notClosedTo } from './access.ts'

/** The boxes of an inbox. */
export const boxes = [
  'mine',
  'office',
  'returned',
  'deferred',
  'waiting',
  'forwarded',
  'information',
] as const
export type Box = (typeof boxes)[number]

/** A line of an officer's inbox: the task, and the request it is for. */
export type TaskLine = {
  taskId: string
  requestId: string
  number: number
  year: number
  serviceCode: string
  serviceVersion: number
  applicant: string
  step: string
  purpose: Task['purpose']
  office: string
  state: TaskState
  requestState: RequestState
  assignee: string | undefined
  assigneeName: string | undefined
  openedAt: Date
  dueAt: Date | undefined
  deferredUntil: Date | undefined
  closedAt: Date | undefined
  fromName: string | undefined
  fromOffice: string | undefined
  note: string | undefined
}

type TaskRow = {
  task_id: string
  request_id: string
  number: number
  year: number
  service_code: string
  service_version: number
  applicant: string
  step: string
  purpose: TaskLine['purpose']
  office_code: string
  state: TaskState
  request_state: RequestState
  assignee: string | null
  assignee_name: string | null
  opened_at: Date
  due_at: Date | null
  deferred_until: Date | null
  closed_at: Date | null
  from_name: string | null
  from_office: string | null
  note: string | null
}

/** Whose desk it is: their posts, and those of the colleagues away in whose place they stand. */
export type Desk = {
  staffId: string
  appointments: readonly { office: string; role: string; deputyOf?: string }[]
}

/** Tasks this person may work on, in one of the boxes; the most urgent first. One query. */
export async function listTasks(tx: Read, desk: Desk, box: Box, limit = 50): Promise<TaskLine[]> {
  const { rows } = await sql<TaskRow>`
    select t.task_id, t.request_id, r.number, r.year, r.service_code, r.service_version, s.display_name as applicant, t.step, t.purpose,
           t.office_code, t.state, r.state as request_state, t.assignee, a.name_ar as assignee_name, t.opened_at, t.due_at,
           t.deferred_until, t.closed_at, f.name_ar as from_name, t.from_office, t.note
      from (select * from task t where ${boxRows(tx, desk, box)} limit ${limit}) t
      join request r on r.municipality_id = t.municipality_id and r.request_id = t.request_id join person s on s.municipality_id = r.municipality_id and s.person_id = r.applicant_id
      left join staff a on a.municipality_id = t.municipality_id and a.staff_id = t.assignee
      left join staff f on f.municipality_id = t.municipality_id and t.from_kind = 'staff' and f.staff_id::text = t.from_id
     order by ${box === 'forwarded' ? sql`t.opened_at desc` : sql`t.due_at nulls last, t.task_id`}`.execute(
    tx.q,
  )
  return rows.map(toTaskLine)
}

/** How many tasks lie in each box. */
export async function countBoxes(tx: Read, desk: Desk): Promise<Record<Box, number>> {
  const { rows } = await sql<Record<Box, number>>`
    select ${sql.join(boxes.map(box => sql`(select count(*)::int from task t where ${boxCondition(tx, desk, box)}) as ${sql.ref(box)}`))}`.execute(
    tx.q,
  )
  const [counts] = rows
  if (!counts) throw new Error('counting answered nothing')
  return counts
}

function boxRows(tx: Read, desk: Desk, box: Box): RawBuilder<unknown> {
  const order = box === 'forwarded' ? sql`t.opened_at desc` : sql`t.due_at nulls last, t.task_id`
  return sql`${boxCondition(tx, desk, box)} order by ${order}`
}

/** Open tasks a person may work on by appointment; the head of an office may do all of its tasks. Columns of alias `t`. */
export function atDesk(tx: Read, desk: Desk): RawBuilder<boolean> {
  if (desk.appointments.length === 0) return sql<boolean>`false`
  const places = desk.appointments.map(({ office, role }) =>
    role === 'head'
      ? sql`t.office_code = ${office}`
      : sql`(t.office_code = ${office} and t.role = any(${[role, '*']}))`,
  )
  // The offices once more as one condition: the index begins with them, and no task of another office is looked at.
  const offices = [...new Set(desk.appointments.map(({ office }) => office))]
  return sql<boolean>`t.municipality_id = ${tx.town} and t.closed_at is null and t.office_code = any(${offices}::text[])
    and (${sql.join(places, sql` or `)}) and ${openTo(desk)}`
}

/** A request closed to somebody lies on no desk of theirs. */
export const openTo = (desk: Desk): RawBuilder<boolean> => notClosedTo(desk.staffId, sql`t.request_id`)

/** Acts after which a task is back on the desk it had left. */
const returning = ['return', 'refer-back', 'supply-papers', 'answer']

/** What of its request a condition on task `t` looks at: what was done last, and the state it is in. */
export type RequestColumns = { lastAct: RawBuilder<unknown>; state: RawBuilder<unknown> }

const asked = (column: string) =>
  sql`(select q.${sql.ref(column)} from request q where q.municipality_id = t.municipality_id and q.request_id = t.request_id)`
/** The same where nothing around the condition has them at hand. */
const askedColumns: RequestColumns = { lastAct: asked('last_act'), state: asked('state') }

/**
 * Which of the tasks at a desk lie in a box: mine or free, those of colleagues too, come back, put off, waiting for somebody outside, for
 * information. Mine are also those of whoever I stand in for, and those whose answer from outside is overdue. Alias `t`.
 */
export function inBox(
  tx: Read,
  desk: Desk,
  box: Exclude<Box, 'forwarded'>,
  of: RequestColumns = askedColumns,
): RawBuilder<boolean> {
  const people = [desk.staffId, ...desk.appointments.flatMap(({ deputyOf }) => deputyOf ?? [])]
  const mine = sql`(t.assignee is null or t.assignee = any(${people}::uuid[]))`
  switch (box) {
    case 'returned':
      return sql<boolean>`(t.state = 'open' and t.purpose <> 'information' and ${mine} and ${of.lastAct} = any(${returning}))`
    case 'waiting':
      return sql<boolean>`(t.state = 'waiting' and ${mine})`
    case 'mine':
      return sql<boolean>`(t.state = 'open' or (t.state = 'deferred' and t.deferred_until <= ${tx.now})
        or (t.state = 'waiting' and t.due_at <= ${tx.now} and ${of.state} = 'awaiting-outside'))
        and t.purpose <> 'information' and ${mine}`
    case 'office':
      return sql<boolean>`t.state = any(${['open', 'waiting', 'referred']}) and t.purpose <> 'information'`
    case 'deferred':
      return sql<boolean>`t.state = 'deferred' and t.deferred_until > ${tx.now} and ${mine}`
    case 'information':
      return sql<boolean>`t.purpose = 'information' and t.state = 'open'`
  }
}

/** Tasks this person sent on to others in the last months. Alias `t`. */
export const sentOn = (tx: Read, desk: Desk): RawBuilder<boolean> =>
  sql<boolean>`t.municipality_id = ${tx.town} and t.from_id = ${desk.staffId} and t.purpose <> 'step' and t.purpose <> 'branch' and t.opened_at > ${monthsBefore(tx.now, 3)}
    and ${openTo(desk)}`

/** Whose tasks each box holds. */
export function boxCondition(tx: Read, desk: Desk, box: Box, of?: RequestColumns): RawBuilder<boolean> {
  if (box === 'forwarded') return sentOn(tx, desk)
  return sql<boolean>`${atDesk(tx, desk)} and ${inBox(tx, desk, box, of)}`
}

function monthsBefore(now: Date, months: number): Date {
  const at = new Date(now)
  at.setUTCMonth(at.getUTCMonth() - months)
  return at
}

function toTaskLine(row: TaskRow): TaskLine {
  return {
    taskId: row.task_id,
    requestId: row.request_id,
    number: row.number,
    year: row.year,
    serviceCode: row.service_code,
    serviceVersion: row.service_version,
    applicant: row.applicant,
    step: row.step,
    purpose: row.purpose,
    office: row.office_code,
    state: row.state,
    requestState: row.request_state,
    assignee: row.assignee ?? undefined,
    assigneeName: row.assignee_name ?? undefined,
    openedAt: row.opened_at,
    dueAt: row.due_at ?? undefined,
    deferredUntil: row.deferred_until ?? undefined,
    closedAt: row.closed_at ?? undefined,
    fromName: row.from_name ?? undefined,
    fromOffice: row.from_office ?? undefined,
    note: row.note ?? undefined,
  }
}
