import { z } from 'zod'
import { defineJob, type Job } from '../../platform/jobs/index.ts'
import { openTownDirectory } from '../../web/town.ts'
import { endTemporary } from './effects/temporary.ts'

declare module '../../platform/jobs/jobs.ts' {
  interface JobPayloads {
    'utilities.end-temporary': Record<string, never>
  }
}

/** What the utilities do by the clock: temporary connections end by themselves. */
export const utilityJobs: Job[] = [
  defineJob(
    'utilities.end-temporary',
    z.object({}),
    async (house, townId) => {
      const towns = openTownDirectory(house.database, () => performance.now())
      await endTemporary(house, await towns.get(townId))
    },
    { cron: '17 * * * *' },
  ),
]
