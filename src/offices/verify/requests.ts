import { type RawBuilder, sql } from 'kysely'
import type { Answers, Capacity, Channel } from '../../kernel/definition/index.ts'
import {
  type Action,
  type ActorRef,
  type Projection,
  project,
  type Task,
} from '../../kernel/workflow/index.ts'
import type { Read } from '../../platform/database/index.ts'
import { canonicalJson } from '../audit/index.ts'
import { catalogueOf } from '../catalogue/index.ts'
import { type ActDataJson, actData } from '../requests/index.ts'
import { type Inspection, inBatches } from './model.ts'

type StoredRow = {
  request_id: string
  service_code: string
  service_version: number
  channel: Channel
  capacity: Capacity
  answers: Answers
  row: Record<string, unknown>
  tasks: Record<string, unknown>[]
  actions: ActionJson[]
}

type ActionJson = {
  seq: number
  name: Action['name']
  at: string
  actor_kind: ActorRef['kind']
  actor_id: string
  actor_office: string | null
  task_id: string | null
  note: string | null
  data: ActDataJson
}

/** Folds the history of every request that was not lawfully destroyed again and compares what comes out with the row and the tasks that are stored. */
export async function verifyRequests(inspection: Inspection): Promise<void> {
  const { town } = inspection
  const catalogue = await inspection.read(catalogueOf)
  let requests = 0
  let actions = 0
  await inBatches(
    inspection,
    readStored,
    row => row.request_id,
    rows => {
      for (const stored of rows) {
        requests += 1
        actions += stored.actions.length
        const report = (code: string, details: Record<string, unknown>) =>
          inspection.found({ code, subject: stored.request_id, details })
        const gap = stored.actions.findIndex((action, place) => action.seq !== place + 1)
        if (stored.actions.length === 0) report('request-without-history', {})
        else if (gap >= 0) report('request-history-broken', { after: gap })
        else compare(stored, report)
      }
    },
  )
  inspection.counted('requests', requests)
  inspection.counted('acts', actions)

  function compare(
    stored: StoredRow,
    report: (code: string, details: Record<string, unknown>) => void,
  ): void {
    const { answers, capacity, channel } = stored
    let folded: Projection
    try {
      const { service } = catalogue.get(stored.service_code, stored.service_version)
      const ctx = { answers, capacity, channel, calendar: town.calendar }
      folded = project(service, stored.actions.map(toAction), ctx)
    } catch (error) {
      report('request-history-unreadable', {
        because: error instanceof Error ? error.message : String(error),
      })
      return
    }
    const differing = differences(stored.row, rowOf(folded))
    if (Object.keys(differing).length > 0) report('request-projection-differs', differing)
    const tasks = new Map(stored.tasks.map(task => [String(task.task_id), task]))
    for (const task of folded.tasks) {
      const there = tasks.get(task.id)
      tasks.delete(task.id)
      const off = there ? differences(there, taskOf(task)) : { missing: true }
      if (Object.keys(off).length > 0) report('request-task-differs', { task: task.id, ...off })
    }
    for (const id of tasks.keys()) report('request-task-unknown', { task: id })
  }
}

/** Instants as text of one form, so that what PostgreSQL and what Node write can be compared. */
const instant = (column: string): RawBuilder<unknown> =>
  sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

async function readStored(tx: Read, after: string | undefined, limit: number): Promise<StoredRow[]> {
  const { rows } = await sql<StoredRow>`
    select r.request_id, r.service_code, r.service_version, r.channel, r.capacity, r.answers,
      json_build_object('state', r.state, 'step', r.step, 'step_fields', r.step_fields, 'missing_papers', r.missing_papers,
        'settled_fee_points', r.settled_fee_points, 'executed_steps', r.executed_steps, 'sessions', r.sessions, 'due_at', ${instant('r.due_at')},
        'paused_at', ${instant('r.paused_at')}, 'paused_ms', r.paused_ms, 'closed_at', ${instant('r.closed_at')},
        'last_seq', r.last_seq) as row,
      (select coalesce(json_agg(json_build_object('task_id', t.task_id, 'step', t.step, 'purpose', t.purpose,
          'office_code', t.office_code, 'role', t.role, 'assignee', t.assignee, 'state', t.state,
          'opened_at', ${instant('t.opened_at')}, 'due_at', ${instant('t.due_at')},
          'deferred_until', ${instant('t.deferred_until')}, 'closed_at', ${instant('t.closed_at')}, 'from_kind', t.from_kind,
          'from_id', t.from_id, 'from_office', t.from_office, 'note', t.note, 'parent_id', t.parent_id,
          'branch', t.branch, 'appointment_from', ${instant('t.appointment_from')},
          'appointment_to', ${instant('t.appointment_to')}, 'level', t.level)), '[]')
        from task t where t.municipality_id = r.municipality_id and t.request_id = r.request_id) as tasks,
      (select coalesce(json_agg(a order by a.seq), '[]') from request_action a
        where a.municipality_id = r.municipality_id and a.request_id = r.request_id) as actions
    from request r
   where r.municipality_id = ${tx.town} and r.destroyed_at is null ${after === undefined ? sql`` : sql`and r.request_id > ${after}`}
   order by r.request_id limit ${limit}`.execute(tx.q)
  return rows
}

function toAction(row: ActionJson): Action {
  return {
    seq: row.seq,
    name: row.name,
    at: new Date(row.at),
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

const text = (at: Date | undefined): string | null => at?.toISOString() ?? null

const rowOf = (folded: Projection): Record<string, unknown> => ({
  state: folded.state,
  step: folded.step ?? null,
  step_fields: folded.stepFields,
  missing_papers: folded.missingPapers.map(each => ({ ...each, askedAt: each.askedAt.toISOString() })),
  settled_fee_points: folded.settledFeePoints,
  executed_steps: folded.executedSteps,
  sessions: folded.sessions,
  due_at: text(folded.dueAt),
  paused_at: text(folded.pausedAt),
  paused_ms: folded.pausedMs,
  closed_at: text(folded.closedAt),
  last_seq: folded.lastSeq,
})

const taskOf = (task: Task): Record<string, unknown> => ({
  task_id: task.id,
  step: task.step,
  purpose: task.purpose,
  office_code: task.office,
  role: task.role,
  assignee: task.assignee ?? null,
  state: task.state,
  opened_at: text(task.openedAt),
  due_at: text(task.dueAt),
  deferred_until: text(task.deferredUntil),
  closed_at: text(task.closedAt),
  from_kind: task.from?.kind ?? null,
  from_id: task.from?.id ?? null,
  from_office: task.from?.office ?? null,
  note: task.note ?? null,
  parent_id: task.parent ?? null,
  branch: task.branch ?? null,
  appointment_from: text(task.appointment?.from),
  appointment_to: text(task.appointment?.to),
  level: task.level ?? null,
})

/** Fields that are not the same, each with what is stored and what the history says. */
function differences(
  stored: Record<string, unknown>,
  told: Record<string, unknown>,
): Record<string, { stored: unknown; told: unknown }> {
  const same = (a: unknown, b: unknown) => canonicalJson(a as never) === canonicalJson(b as never)
  return Object.fromEntries(
    Object.keys(told)
      .filter(field => !same(stored[field] ?? null, told[field] ?? null))
      .map(field => [field, { stored: stored[field], told: told[field] }]),
  )
}
