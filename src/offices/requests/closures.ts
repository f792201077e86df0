import { sql } from 'kysely'
import { z } from 'zod'
import { movedDeadlines } from '../../kernel/workflow/index.ts'
import { type CalendarDate, calendarAsOf, startOfDay } from '../../lib/calendar.ts'
import { Conflict } from '../../lib/errors.ts'
import type { Read, Write } from '../../platform/database/transaction.ts'
import type { House } from '../../platform/house.ts'
import { defineJob, type Job, planJob } from '../../platform/jobs/index.ts'
import { openTownDirectory, type Town } from '../../web/town.ts'
import { calendarNow } from '../people/index.ts'
import { performAct } from './actions.ts'
import { getRequest } from './store.ts'

declare module '../../platform/jobs/jobs.ts' {
  interface JobPayloads {
    'requests.move-deadlines': { announcedAt: string; since: string; reason: string }
  }
}

type Change = { announcedAt: string; since: CalendarDate; reason: string }

/** Opening hours changed: the deadlines of open requests will be counted anew, each in a transaction of its own. */
export const planMoves = (tx: Write, change: Omit<Change, 'announcedAt'>): Promise<void> =>
  planJob(tx, 'requests.move-deadlines', { announcedAt: tx.now.toISOString(), ...change })

/** Moves every open request once for a change; a second run finds what the first did, and goes on where it stopped. */
export async function moveAll(house: House, town: Town, change: Change): Promise<number> {
  let moved = 0
  for (const requestId of await house.database.read(town.id, tx => findConcerned(tx, town, change))) {
    try {
      moved += await house.database.write(town.id, tx => moveOne(tx, { house, town }, requestId, change))
    } catch (error) {
      // Closed meanwhile.
      if (!(error instanceof Conflict)) throw error
    }
  }
  return moved
}

/** Open requests with a deadline that opening hours changed from a day on may move: those filed before it was said. */
export async function findConcerned(
  tx: Read,
  town: Pick<Town, 'timeZone'>,
  { announcedAt, since }: Omit<Change, 'reason'>,
): Promise<string[]> {
  const { rows } = await sql<{ request_id: string }>`
    select r.request_id from request r
     where r.municipality_id = ${tx.town} and r.closed_at is null and r.filed_at < ${new Date(announcedAt)}
       and (r.due_at > ${startOfDay(since, town.timeZone)}
            or exists (select 1 from task t where t.municipality_id = r.municipality_id and t.request_id = r.request_id
                          and t.closed_at is null and t.due_at > ${startOfDay(since, town.timeZone)}))
     order by r.filed_at`.execute(tx.q)
  return rows.map(row => row.request_id)
}

async function moveOne(
  tx: Write,
  desk: { house: House; town: Town },
  requestId: string,
  { announcedAt, since, reason }: Change,
): Promise<number> {
  const { projection } = await getRequest(tx, requestId, true)
  const done = await sql`
    select 1 from request_action where municipality_id = ${tx.town} and request_id = ${requestId}
       and name = 'move-deadline' and data ->> 'change' = ${announcedAt}`.execute(tx.q)
  if (done.rows.length > 0) return 0
  const at = new Date(announcedAt)
  const calendar = await calendarNow(tx, desk.town.timeZone)
  const calendars = {
    before: calendarAsOf(calendar, new Date(at.getTime() - 1)),
    after: calendarAsOf(calendar, at),
  }
  // What opened since is counted in the new hours already.
  const older = { ...projection, tasks: projection.tasks.filter(({ openedAt }) => openedAt < at) }
  const deadlines = movedDeadlines(older, calendars, since, at)
  if (!deadlines) return 0
  const town = { ...desk.town, calendar }
  await performAct(
    tx,
    { house: desk.house, town },
    {
      requestId,
      name: 'move-deadline',
      actor: { kind: 'system' },
      data: { deadlines, reason, change: announcedAt },
    },
  )
  return 1
}

/** What a change of opening hours leaves to be done. */
export const closureJobs: Job[] = [
  defineJob(
    'requests.move-deadlines',
    z.object({ announcedAt: z.iso.datetime(), since: z.iso.date(), reason: z.string() }),
    async (house, townId, change) => {
      const towns = openTownDirectory(house.database, () => performance.now())
      await moveAll(house, await towns.get(townId), change)
    },
  ),
]
