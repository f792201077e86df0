import { sql } from 'kysely'
import { z } from 'zod'
import { Conflict } from '../../../lib/errors.ts'
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

/** Open tasks of whoever has left, or whose post at the task's office has ended; of one member of the staff with `staffId`. */
export async function strays(tx: Read, staffId?: string): Promise<Stray[]> {
  const held = sql`
    select 1 from appointment a join municipality m on m.municipality_id = a.municipality_id
     where a.municipality_id = t.municipality_id and a.staff_id = t.assignee and a.office_code = t.office_code`
  const day = sql`(${tx.now}::timestamptz at time zone m.time_zone)::date`
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
                and not exists (${held} and a.valid_from <= ${day} and (a.valid_until is null or a.valid_until >= ${day}))))
     order by t.request_id, t.task_id limit ${atOnce}`.execute(tx.q)
  return rows.map(row => ({
    ...{ requestId: row.request_id, taskId: row.task_id, staffId: row.staff_id },
    name: { ar: row.name_ar, en: row.name_en },
  }))
}

/** Gives tasks back to the line of their offices, saying from whom they came; each is an act in its request's history. */
export async function giveBack(tx: Write, desk: Desk, tasks: readonly Stray[]): Promise<void> {
  for (const { requestId, taskId, staffId, name } of tasks) {
    const note = formatMessage(ar['came-back-note'], 'ar', { name: name.ar })
    const of = { requestId, taskId, note, actor: { kind: 'system' as const } }
    await performAct(tx, desk, { ...of, name: 'assign', data: { cameBackFrom: staffId } })
  }
}

/** What ends by the day it was appointed until, or by a command, is found by the clock. */
export const cameBackJob: Job = defineJob(
  'requests.came-back',
  z.object({}),
  async (house, townId) => {
    const town = await openTownDirectory(house.database, () => performance.now()).get(townId)
    for (const stray of await house.database.read(townId, tx => strays(tx))) {
      try {
        await house.database.write(townId, tx => giveBack(tx, { house, town }, [stray]))
      } catch (error) {
        // Taken up or closed meanwhile.
        if (!(error instanceof Conflict)) throw error
      }
    }
  },
  { cron: '*/15 * * * *' },
)
