import { sql } from 'kysely'
import type { Answers, Capacity, Channel, FeePoint } from '../../kernel/definition/index.ts'
import type { Action, ActorRef, Projection, RequestState, Task } from '../../kernel/workflow/index.ts'
import { NotFound } from '../../lib/errors.ts'
import type { Read, Write } from '../../platform/database/transaction.ts'
import { type ActDataJson, actData } from './act-data.ts'
import type { Frozen, Request } from './model.ts'

type RequestRow = {
  request_id: string
  year: number
  number: number
  service_code: string
  service_version: number
  channel: Channel
  capacity: Capacity
  applicant_id: string
  filed_by_kind: string
  filed_by: string
  state: RequestState
  step: string | null
  answers: Answers
  frozen: Frozen
  step_fields: Answers
  missing_papers: { id: string; words: string; askedAt: string }[]
  settled_fee_points: FeePoint[]
  executed_steps: string[]
  sessions: Projection['sessions']
  parent_id: string | null
  parent_step: string | null
  parent_part: string | null
  filed_at: Date
  due_at: Date | null
  paused_at: Date | null
  paused_ms: number
  closed_at: Date | null
  last_seq: number
  unread_by_town: boolean
  unread_by_citizen: boolean
  destroyed_at: Date | null
  destroyed_by: string | null
  tasks: TaskJson[]
}

type TaskJson = {
  task_id: string
  step: string
  purpose: Task['purpose']
  office_code: string
  role: string
  assignee: string | null
  state: Task['state']
  opened_at: string
  due_at: string | null
  deferred_until: string | null
  closed_at: string | null
  from_kind: ActorRef['kind'] | null
  from_id: string | null
  from_office: string | null
  note: string | null
  parent_id: string | null
  branch: string | null
  appointment_from: string | null
  appointment_to: string | null
  level: number | null
  seen_at?: string | null
}

/**
 * Holds a request's row until the transaction ends, so that acts on it come one by one. A statement of its own, in the same packet as what
 * is asked next: after a wait, what one statement reads beside the row it locks is as of before it.
 */
export async function lockRequest(tx: Read, requestId: string): Promise<void> {
  await sql`select from request where municipality_id = ${tx.town} and request_id = ${requestId} for update`.execute(
    tx.q,
  )
}

/**
 * The request with its tasks, in one query; `lock` holds it first.
 * @throws NotFound; of one that was lawfully destroyed (`request-destroyed`) it says by which decision
 */
export async function getRequest(tx: Read, requestId: string, lock = false): Promise<Request> {
  const locked = lock && lockRequest(tx, requestId)
  const found = sql<RequestRow>`
    select r.*, coalesce((select json_agg(t order by t.opened_at, t.task_id) from task t
                           where t.municipality_id = r.municipality_id and t.request_id = r.request_id), '[]') as tasks
      from request r
     where r.municipality_id = ${tx.town} and r.request_id = ${requestId}`.execute(tx.q)
  const [, { rows }] = await Promise.all([locked, found])
  const [row] = rows
  if (!row) throw new NotFound('no-such-request')
  if (row.destroyed_at) {
    const number = `${row.number}/${row.year}`
    throw new NotFound('request-destroyed', { number, minutes: row.destroyed_by ?? '' })
  }
  return toRequest(row)
}

function toRequest(row: RequestRow): Request {
  return {
    id: row.request_id,
    year: row.year,
    number: row.number,
    serviceCode: row.service_code,
    serviceVersion: row.service_version,
    channel: row.channel,
    capacity: row.capacity,
    applicantId: row.applicant_id,
    filedBy: { kind: row.filed_by_kind, id: row.filed_by },
    answers: row.answers,
    frozen: row.frozen,
    filedAt: row.filed_at,
    unread: { town: row.unread_by_town, citizen: row.unread_by_citizen },
    ...(row.parent_id !== null && {
      partOf: { requestId: row.parent_id, step: row.parent_step ?? '', part: row.parent_part ?? '' },
    }),
    seenTasks: row.tasks.flatMap(task => (task.seen_at ? [task.task_id] : [])),
    projection: {
      state: row.state,
      step: row.step ?? undefined,
      tasks: row.tasks.map(toTask),
      missingPapers: row.missing_papers.map(each => ({ ...each, askedAt: new Date(each.askedAt) })),
      stepFields: row.step_fields,
      settledFeePoints: row.settled_fee_points,
      executedSteps: row.executed_steps,
      sessions: row.sessions,
      dueAt: row.due_at ?? undefined,
      pausedAt: row.paused_at ?? undefined,
      pausedMs: row.paused_ms,
      closedAt: row.closed_at ?? undefined,
      lastSeq: row.last_seq,
    },
  }
}

function toTask(row: TaskJson): Task {
  return {
    id: row.task_id,
    step: row.step,
    purpose: row.purpose,
    office: row.office_code,
    role: row.role,
    state: row.state,
    openedAt: new Date(row.opened_at),
    ...(row.assignee !== null && { assignee: row.assignee }),
    ...(row.due_at !== null && { dueAt: new Date(row.due_at) }),
    ...(row.deferred_until !== null && { deferredUntil: new Date(row.deferred_until) }),
    ...(row.closed_at !== null && { closedAt: new Date(row.closed_at) }),
    ...(row.from_kind !== null &&
      row.from_id !== null && {
        from: {
          kind: row.from_kind,
          id: row.from_id,
          ...(row.from_office !== null && { office: row.from_office }),
        },
      }),
    ...(row.note !== null && { note: row.note }),
    ...(row.parent_id != null && { parent: row.parent_id }),
    ...(row.branch != null && { branch: row.branch }),
    ...(row.appointment_from != null &&
      row.appointment_to != null && {
        appointment: { from: new Date(row.appointment_from), to: new Date(row.appointment_to) },
      }),
    ...(row.level != null && { level: row.level }),
  }
}

/** Appends an action to the history. */
export async function appendAction(
  tx: Write,
  requestId: string,
  actionId: string,
  action: Action,
): Promise<void> {
  await sql`insert into request_action
      (municipality_id, request_id, seq, action_id, name, at, actor_kind, actor_id, actor_office, task_id, note, data)
    values (${tx.town}, ${requestId}, ${action.seq}, ${actionId}, ${action.name}, ${action.at}, ${action.actor.kind},
      ${action.actor.id}, ${action.actor.office ?? null}, ${action.taskId ?? null}, ${action.note ?? null},
      ${JSON.stringify(action.data)})`.execute(tx.q)
}

/**
 * Writes the projection over the one before: the row, the tasks that changed, and offices that now have to do with the request. One
 * statement.
 */
export async function saveProjection(
  tx: Write,
  requestId: string,
  before: Projection,
  after: Projection,
  /** What happened last, as the inbox tells it; a copy that was read is no news. */
  lastAct?: Action['name'],
): Promise<void> {
  const known = new Map(before.tasks.map(task => [task.id, task]))
  const changed = after.tasks.filter(task => known.get(task.id) !== task).map(taskRow)
  await sql`
    with saved as (
      update request set state = ${after.state}, step = ${after.step ?? null}, step_fields = ${JSON.stringify(after.stepFields)},
        missing_papers = ${JSON.stringify(after.missingPapers)}, settled_fee_points = ${after.settledFeePoints},
        executed_steps = ${after.executedSteps}, sessions = ${JSON.stringify(after.sessions)}, due_at = ${after.dueAt ?? null}, paused_at = ${after.pausedAt ?? null},
        paused_ms = ${after.pausedMs}, closed_at = ${after.closedAt ?? null}, last_seq = ${after.lastSeq},
        last_act = coalesce(${lastAct ?? null}, last_act)
      where municipality_id = ${tx.town} and request_id = ${requestId}
    ), concerned as (
      insert into request_office (municipality_id, office_code, request_id, since)
      select distinct ${tx.town}::uuid, t.office_code, ${requestId}::uuid, ${tx.now}::timestamptz
        from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as t(office_code text)
      on conflict do nothing
    )
    insert into task (municipality_id, task_id, request_id, step, purpose, office_code, role, assignee, state, opened_at, due_at,
                      deferred_until, closed_at, from_kind, from_id, from_office, note, parent_id, branch, appointment_from,
                      appointment_to, level)
    select ${tx.town}::uuid, t.task_id, ${requestId}::uuid, t.step, t.purpose, t.office_code, t.role, t.assignee, t.state, t.opened_at,
           t.due_at, t.deferred_until, t.closed_at, t.from_kind, t.from_id, t.from_office, t.note, t.parent_id,
           t.branch, t.appointment_from, t.appointment_to, t.level
      from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as t(task_id uuid, step text, purpose text, office_code text, role text,
           assignee uuid, state text, opened_at timestamptz, due_at timestamptz, deferred_until timestamptz, closed_at timestamptz,
           from_kind text, from_id text, from_office text, note text, parent_id uuid, branch text, appointment_from timestamptz,
           appointment_to timestamptz, level smallint)
    on conflict (municipality_id, task_id) do update set assignee = excluded.assignee, state = excluded.state, due_at = excluded.due_at,
      deferred_until = excluded.deferred_until, closed_at = excluded.closed_at, note = excluded.note,
      appointment_from = excluded.appointment_from, appointment_to = excluded.appointment_to, level = excluded.level`.execute(
    tx.q,
  )
}

/** Notes that somebody a task lies with has opened it; the first time counts. */
export async function markSeen(tx: Write, taskId: string, staffId: string): Promise<void> {
  await sql`update task set seen_at = ${tx.now}, seen_by = ${staffId}
             where municipality_id = ${tx.town} and task_id = ${taskId} and seen_at is null`.execute(tx.q)
}

/** A task as the columns it is stored in. */
export function taskRow(task: Task): TaskJson {
  return {
    task_id: task.id,
    step: task.step,
    purpose: task.purpose,
    office_code: task.office,
    role: task.role,
    assignee: task.assignee ?? null,
    state: task.state,
    opened_at: task.openedAt.toISOString(),
    due_at: task.dueAt?.toISOString() ?? null,
    deferred_until: task.deferredUntil?.toISOString() ?? null,
    closed_at: task.closedAt?.toISOString() ?? null,
    from_kind: task.from?.kind ?? null,
    from_id: task.from?.id ?? null,
    from_office: task.from?.office ?? null,
    note: task.note ?? null,
    parent_id: task.parent ?? null,
    branch: task.branch ?? null,
    appointment_from: task.appointment?.from.toISOString() ?? null,
    appointment_to: task.appointment?.to.toISOString() ?? null,
    level: task.level ?? null,
  }
}

type ActionRow = {
  seq: number
  name: Action['name']
  at: Date
  actor_kind: ActorRef['kind']
  actor_id: string
  actor_office: string | null
  task_id: string | null
  note: string | null
  data: ActDataJson
}

/** The history of a request, in order. */
export async function actionsOf(tx: Read, requestId: string): Promise<Action[]> {
  const { rows } = await sql<ActionRow>`
    select seq, name, at, actor_kind, actor_id, actor_office, task_id, note, data from request_action
     where municipality_id = ${tx.town} and request_id = ${requestId} order by seq`.execute(tx.q)
  return rows.map(toAction)
}

function toAction(row: ActionRow): Action {
  return {
    seq: row.seq,
    name: row.name,
    at: row.at,
    actor: {
      kind: row.actor_kind,
      id: row.actor_id,
      ...(row.actor_office !== null && { office: row.actor_office }),
    },
    ...(row.task_id !== null && { taskId: row.task_id }),
    ...(row.note !== null && { note: row.note }),
    data: actData(row.data),
  }
}
