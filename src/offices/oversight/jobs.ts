import { sql } from 'kysely'
import { z } from 'zod'
import { startOfDay } from '../../lib/calendar.ts'
import type { Write } from '../../platform/database/index.ts'
import type { House } from '../../platform/house.ts'
import { defineJob, type Job } from '../../platform/jobs/index.ts'
import { openTownDirectory, type Town } from '../../web/town.ts'
import { record } from '../audit/index.ts'
import { lookRules, settlePresences } from '../looks/index.ts'
import { planMessage, worded } from '../messaging/index.ts'
import { countMonths, monthOf } from './open/figures.ts'
import { told } from './told.ts'

declare module '../../platform/jobs/jobs.ts' {
  interface JobPayloads {
    'looks.count': Record<string, never>
    'looks.month': Record<string, never>
    'looks.presence': Record<string, never>
  }
}

const townOf = (house: House, id: string): Promise<Town> =>
  openTownDirectory(house.database, () => performance.now()).get(id)

/**
 * Tells people of last month's looks, where the town has settled that it does (`looks.rules`, `monthly`): once each, and only those whose file
 * was opened for a reason or by a partner. A reminder, which people can leave out.
 */
export async function tellMonth(house: House, town: Town): Promise<void> {
  await house.database.write(town.id, async tx => {
    if (!(await lookRules(tx)).monthly) return
    const { from, until } = monthOf(tx.now, town.timeZone, -1)
    const { rows } = await sql<{ person_id: string; count: number }>`
      select l.person_id, (count(*) filter (where l.cause_kind in ('reason', 'partner')))::int as count
        from look l
       where l.municipality_id = ${tx.town} and l.at >= ${startOfDay(from, town.timeZone)} and l.at < ${startOfDay(until, town.timeZone)}
         and not exists (select 1 from message m where m.municipality_id = l.municipality_id and m.person_id = l.person_id
                            and m.event = 'looks.month' and m.planned_at >= ${startOfDay(until, town.timeZone)})
       group by l.person_id having count(*) filter (where l.cause_kind in ('reason', 'partner')) > 0
       limit 2000`.execute(tx.q)
    for (const { person_id: personId, count } of rows)
      await planMessage(tx, house, {
        ...(await worded(tx, house, told.month, { count })),
        personId,
      })
  })
}

/** Says of files opened by their number whether anything came of it; who did nothing with more than the town's line is written down. */
export async function settleClaims(tx: Write): Promise<void> {
  for (const { staffId, day } of await settlePresences(tx, await lookRules(tx)))
    await record(tx, {
      actor: { kind: 'system', id: 'looks.presence' },
      act: 'looks.flagged',
      subjectKind: 'staff',
      subjectId: staffId,
      cause: day,
    })
}

/** The work of this office in the background. */
export const oversightJobs: Job[] = [
  defineJob(
    'looks.count',
    z.object({}),
    async (house, townId) => {
      const { timeZone } = await townOf(house, townId)
      await house.database.write(townId, tx => countMonths(tx, timeZone))
    },
    { cron: '41 * * * *' },
  ),
  defineJob(
    'looks.month',
    z.object({}),
    async (house, townId) => tellMonth(house, await townOf(house, townId)),
    { cron: '20 9 1-3 * *' },
  ),
  defineJob(
    'looks.presence',
    z.object({}),
    async (house, townId) => house.database.write(townId, settleClaims),
    { cron: '*/10 * * * *' },
  ),
]
