import { sql } from 'kysely'
import { type Actor, isRole } from '../../../kernel/access/index.ts'
import { dateIn } from '../../../lib/calendar.ts'
import { InvalidInput, NotFound } from '../../../lib/errors.ts'
import type { Localized } from '../../../lib/localized.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { staffOf } from '../../people/index.ts'
import { type Desk, getRequest, performAct, requestNumber, requestVisible } from '../../requests/index.ts'

/** A task in the hands of somebody, and who else could have it. */
export type Assignable = {
  taskId: string
  requestId: string
  number: string
  applicantId: string
  assignee: string | undefined
  people: { id: string; name: Localized; title: Localized; open: number }[]
}

/** The task and the people of its office who hold its role, with how much each has in hand; NotFound where there is none to be seen. */
export async function assignable(
  tx: Read,
  desk: Pick<Desk, 'town'>,
  actor: Actor,
  taskId: string,
): Promise<Assignable> {
  const { rows } = await sql<{ request_id: string }>`
    select t.request_id from task t join request r on r.municipality_id = t.municipality_id and r.request_id = t.request_id
     where t.municipality_id = ${tx.town} and t.task_id = ${taskId} and t.closed_at is null
       and ${requestVisible(actor, 'request.act')}`.execute(tx.q)
  const [row] = rows
  if (!row) throw new NotFound('no-such-task')
  const request = await getRequest(tx, row.request_id)
  const task = request.projection.tasks.find(({ id }) => id === taskId)
  if (!task) throw new NotFound('no-such-task')
  const today = dateIn(tx.now, desk.town.timeZone)
  const all = await staffOf(tx, task.office, today, isRole(task.role) ? task.role : undefined)
  const busy = await inHand(
    tx,
    all.map(({ id }) => id),
  )
  return {
    taskId,
    requestId: request.id,
    number: requestNumber(request),
    applicantId: request.applicantId,
    assignee: task.assignee,
    people: all
      .filter(({ id }) => id !== task.assignee)
      .map(({ id, name, title }) => ({ id, name, title, open: busy.get(id) ?? 0 })),
  }
}

async function inHand(tx: Read, staffIds: string[]): Promise<Map<string, number>> {
  if (staffIds.length === 0) return new Map()
  const { rows } = await sql<{ assignee: string; n: number }>`select assignee, count(*)::int as n from task
    where municipality_id = ${tx.town} and assignee = any(${staffIds}::uuid[]) and closed_at is null group by assignee`.execute(
    tx.q,
  )
  return new Map(rows.map(row => [row.assignee, row.n]))
}

/** Gives a task to another of its office's people, for a reason that stays in the request's history and lies before whoever gets it. */
export async function assign(
  tx: Write,
  desk: Desk,
  input: { taskId: string; staffId: string; reason: string; actor: Actor },
): Promise<void> {
  const task = await assignable(tx, desk, input.actor, input.taskId)
  if (!task.people.some(({ id }) => id === input.staffId))
    throw new InvalidInput([{ field: 'staff', code: 'assignee-missing' }])
  if (input.reason.trim() === '') throw new InvalidInput([{ field: 'reason', code: 'reason-missing' }])
  await performAct(tx, desk, {
    requestId: task.requestId,
    name: 'assign',
    actor: input.actor,
    taskId: input.taskId,
    note: input.reason,
    data: { assignee: input.staffId },
  })
}
