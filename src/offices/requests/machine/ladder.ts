import { sql } from 'kysely'
import { z } from 'zod'
import type { CompiledService } from '../../../kernel/definition/index.ts'
import { addWorkingMinutes } from '../../../lib/calendar.ts'
import { Conflict } from '../../../lib/errors.ts'
import type { Read } from '../../../platform/database/transaction.ts'
import type { House } from '../../../platform/house.ts'
import { defineJob, type Job } from '../../../platform/jobs/index.ts'
import { openTownDirectory, type Town } from '../../../web/town.ts'
import { type Catalogue, catalogueOf } from '../../catalogue/index.ts'
import { performAct } from '../actions.ts'

declare module '../../../platform/jobs/jobs.ts' {
  interface JobPayloads {
    'requests.escalate': Record<string, never>
  }
}

export type LateTask = {
  taskId: string
  requestId: string
  serviceCode: string
  serviceVersion: number
  step: string
  level: number
  dueAt: Date
}

const atOnce = 500

/**
 * Tells whoever stands on the next rung of what is late, each rung once. Every act in a transaction of its own: work done at this instant is
 * not overruled. Runs by the calendar, so that a restored backup needs no waiting jobs of its own.
 */
export async function escalateLate(house: House, town: Town): Promise<number> {
  const catalogue = await house.database.read(town.id, catalogueOf)
  const laddered = catalogue.newest.filter(({ service }) => hasLadder(service)).map(({ code }) => code)
  if (laddered.length === 0) return 0
  let told = 0
  let after: LateTask | undefined
  do {
    const from = after
    const late = await house.database.read(town.id, tx => tasksToEscalate(tx, laddered, from, atOnce))
    for (const task of late)
      if (isDue(catalogue, task, town, house)) told += await escalate(house, town, task)
    after = late.length === atOnce ? late.at(-1) : undefined
  } while (after)
  return told
}

const hasLadder = ({ definition }: CompiledService): boolean =>
  definition.ladder !== undefined || definition.steps.some(step => step.ladder !== undefined)

/** Whether the hours of the next rung have passed; whether the clock of the task runs at all is the workflow's to say. */
function isDue(
  catalogue: Catalogue,
  { level, step: id, dueAt, ...task }: LateTask,
  town: Town,
  { clock }: House,
): boolean {
  const { definition } = catalogue.get(task.serviceCode, task.serviceVersion).service
  const step = definition.steps.find(each => each.id === id)
  const rung = (step?.ladder ?? definition.ladder ?? [])[level]
  return rung !== undefined && addWorkingMinutes(town.calendar, dueAt, rung.afterHours * 60) <= clock.now()
}

async function escalate(house: House, town: Town, { requestId, taskId }: LateTask): Promise<number> {
  try {
    await house.database.write(town.id, tx =>
      performAct(tx, { house, town }, { requestId, name: 'escalate', actor: { kind: 'system' }, taskId }),
    )
    return 1
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    return 0
  }
}

/** Tasks of these services that are late and whose clock may run, the longest late first, after one of them. */
export async function tasksToEscalate(
  tx: Read,
  services: readonly string[],
  after: Pick<LateTask, 'dueAt' | 'taskId'> | undefined,
  limit: number,
): Promise<LateTask[]> {
  const { rows } = await sql<{
    task_id: string
    request_id: string
    service_code: string
    service_version: number
    step: string
    level: number | null
    due_at: Date
  }>`
    select t.task_id, t.request_id, r.service_code, r.service_version, t.step, t.level, t.due_at
      from task t join request r on r.municipality_id = t.municipality_id and r.request_id = t.request_id
     where t.municipality_id = ${tx.town} and t.closed_at is null and t.due_at is not null and t.due_at < ${tx.now}
       ${after ? sql`and (t.due_at, t.task_id) > (${after.dueAt}, ${after.taskId})` : sql``}
       and t.purpose <> 'information' and r.service_code = any(${services}::text[])
       and r.state <> 'awaiting-papers' and r.state <> 'awaiting-answer' and r.state <> 'awaiting-fee'
     order by t.due_at, t.task_id limit ${limit}`.execute(tx.q)
  return rows.map(row => ({
    taskId: row.task_id,
    requestId: row.request_id,
    step: row.step,
    dueAt: row.due_at,
    serviceCode: row.service_code,
    serviceVersion: row.service_version,
    level: row.level ?? 0,
  }))
}

export const ladderJob: Job = defineJob(
  'requests.escalate',
  z.object({}),
  async (house, townId) => {
    const towns = openTownDirectory(house.database, () => performance.now())
    await escalateLate(house, await towns.get(townId))
  },
  { cron: '*/10 * * * *' },
)
