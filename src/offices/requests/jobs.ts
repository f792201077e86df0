import { sql } from 'kysely'
import { z } from 'zod'
import { Conflict } from '../../lib/errors.ts'
import type { Read } from '../../platform/database/transaction.ts'
import type { House } from '../../platform/house.ts'
import { defineJob, type Job } from '../../platform/jobs/index.ts'
import { openTownDirectory, type Town } from '../../web/town.ts'
import { performAct } from './actions.ts'
import { closureJobs } from './closures.ts'
import { cameBackJob } from './machine/came-back.ts'
import { effectJob } from './machine/effects.ts'
import { ladderJob } from './machine/ladder.ts'
import { partyJobs } from './parties/expiry.ts'

declare module '../../platform/jobs/jobs.ts' {
  interface JobPayloads {
    'requests.lapse': Record<string, never>
  }
}

const atOnce = 500

/**
 * Goes on with every request whose applicant was asked and has been silent until the day they were told. Each in a transaction of its own:
 * one who answers at this instant is not overruled. Runs by the calendar, so that a restored backup needs no waiting jobs of its own.
 */
async function lapseSilent(house: House, town: Town): Promise<number> {
  const due = await house.database.read(town.id, findSilent)
  let lapsed = 0
  for (const requestId of due) {
    try {
      await house.database.write(town.id, tx =>
        performAct(tx, { house, town }, { requestId, name: 'lapse', actor: { kind: 'system' } }),
      )
      lapsed += 1
    } catch (error) {
      if (!(error instanceof Conflict)) throw error
    }
  }
  return lapsed
}

async function findSilent(tx: Read): Promise<string[]> {
  const { rows } = await sql<{ request_id: string }>`
    select r.request_id from request r
      join task t on t.municipality_id = r.municipality_id and t.request_id = r.request_id
     where r.municipality_id = ${tx.town} and r.closed_at is null and r.state = 'awaiting-answer'
       and t.closed_at is null and t.purpose = 'step' and t.step = r.step and t.due_at <= ${tx.now}
     order by r.filed_at limit ${atOnce}`.execute(tx.q)
  return rows.map(row => row.request_id)
}

/** What the requests office does by the clock. */
export const requestJobs: Job[] = [
  ...partyJobs,
  effectJob,
  ladderJob,
  cameBackJob,
  ...closureJobs,
  defineJob(
    'requests.lapse',
    z.object({}),
    async (house, townId) => {
      const towns = openTownDirectory(house.database, () => performance.now())
      await lapseSilent(house, await towns.get(townId))
    },
    { cron: '*/10 * * * *' },
  ),
]
