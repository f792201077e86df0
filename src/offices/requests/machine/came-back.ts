import { sql } from 'kysely'
import { z } from 'zod'
import { Conflict, NotFound } from '../../../lib/errors.ts'
import { formatMessage } from '../../../lib/texts.ts'
import type { Read, Write } from '../../../platform/database/transaction.ts'
import { defineJob, type Job } from '../../../platform/jobs/index.ts'
import { openTownDirectory } from '../../../web/town.ts'
import { performAct } from '../actions.ts'
import type { Desk } from '../desk.ts'
import { ar } from '../staff/strings.ar.ts'

declare module '../../../platform/jobs/jobs.ts' {
  interface JobPayloads {
    'requests.came-back': Record<string, never>
  }
}

/** A task in the hands of somebody who is no longer at its office. */
type Stray = { requestId: string; taskId: string; staffId: string; name: { ar: string; en: string } }

const atOnce = 500
/** How many go back in the moment somebody leaves; the job gives back the others. */
const inTheMoment = 50

/**
 * Open tasks of whoever has left, or whose post at the task's office has ended and to whom nothing of it is lent; of one member of the staff
 * with `staffId`.
 */
export async function strays(tx: Read, staffId?: string): Promise<Stray[]> {
  const held = sql`
    select 1 from appointment a join municipality m on m.municipality_id = a.municipality_id
     where a.municipality_id = t.municipality_id and a.staff_id = t.assignee and a.office_code = t.office_code`
  const day = sql`(${tx.now}::timestamptz at time zone m.time_zone)::date`
  // The day of the town, for what asks of no appointment of theirs.
  const today = sql`(select ${day} from municipality m where m.municipality_id = t.municipality_id)`
  const lent = sql`
    select 1 from delegation d
     where d.municipality_id = t.municipality_id and d.deputy_id = t.assignee and d.office_code = t.office_code and d.act = 'tasks'
       and d.ended_at is null and ${today} between d.valid_from and d.valid_until`
  const standsIn = sql`
    select 1 from absence b
      join appointment p on p.municipality_id = b.municipality_id and p.staff_id = b.staff_id and p.office_code = t.office_code
       and p.valid_from <= ${today} and (p.valid_until is null or p.valid_until >= ${today})
     where b.municipality_id = t.municipality_id and b.deputy_id = t.assignee and b.ended_at is null
       and ${today} between b.valid_from and b.valid_until`
  const { rows } = await sql<{
    request_id: string
    task_id: string
    staff_id: string
    name_ar: string
    name_en: string
  }>`
    select t.request_id, t.task_id, s.staff_id, s.name_ar, s.name_en
      from task t
      join staff s on s.municipality_id = t.municipality_id and s.staff_id = t.assignee
     where t.municipality_id = ${tx.town} and t.closed_at is null and t.assignee is not null
       ${staffId === undefined ? sql`` : sql`and t.assignee = ${staffId}`}
       and (s.left_at is not null
            or (exists (${held} and a.valid_until < ${day})
                and not exists (${held} and a.valid_from <= ${day} and (a.valid_until is null or a.valid_until >= ${day}))
                and not exists (${lent}) and not exists (${standsIn})))
     order by t.request_id, t.task_id limit ${staffId === undefined ? atOnce : inTheMoment}`.execute(tx.q)
  return rows.map(row => ({
    requestId: row.request_id,
    taskId: row.task_id,
    staffId: row.staff_id,
    name: { ar: row.name_ar, en: row.name_en },
  }))
}

/**
 * Gives tasks back to the line of their offices, saying from whom they came; each is an act in its request's history. What was taken up or
 * closed meanwhile is passed over: no task keeps anybody in.
 */
export async function giveBack(tx: Write, desk: Desk, tasks: readonly Stray[]): Promise<void> {
  for (const { requestId, taskId, staffId, name } of tasks) {
    const note = formatMessage(ar['came-back-note'], 'ar', { name: name.ar })
    const of = { requestId, taskId, note, actor: { kind: 'system' as const } }
    try {
      await performAct(tx, desk, { ...of, name: 'assign', data: { cameBackFrom: staffId } })
    } catch (error) {
      // Refused before anything of it was written.
      if (!(error instanceof Conflict || error instanceof NotFound)) throw error
    }
  }
}

/** What ends by the day it was appointed until, or by a command, is found by the clock. */
export const cameBackJob: Job = defineJob(
  'requests.came-back',
  z.object({}),
  async (house, townId) => {
    const town = await openTownDirectory(house.database, () => performance.now()).get(townId)
    for (const stray of await house.database.read(townId, tx => strays(tx))) {
      await house.database.write(townId, tx => giveBack(tx, { house, town }, [stray]))
    }
  },
  { cron: '*/15 * * * *' },
)
