import { z } from 'zod'
import { defineJob, type Job } from '../../../platform/jobs/index.ts'
import { openTownDirectory } from '../../../web/town.ts'
import { countDay, countNumbers, daysToCount } from './count.ts'

declare module '../../../platform/jobs/jobs.ts' {
  interface JobPayloads {
    'messaging.count-days': Record<string, never>
  }
}

/** The figures of messages are counted by the clock, so that the page of a month is read, not computed. */
export const proofJobs: Job[] = [
  defineJob(
    'messaging.count-days',
    z.object({}),
    async (house, townId) => {
      const { timeZone } = await openTownDirectory(house.database, () => performance.now()).get(townId)
      for (const day of daysToCount(house.clock.now(), timeZone)) {
        await house.database.write(townId, tx => countDay(tx, day, timeZone))
      }
      await house.database.write(townId, tx => countNumbers(tx, timeZone))
    },
    { cron: '7 * * * *' },
  ),
]
