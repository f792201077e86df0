import { z } from 'zod'
import { defineJob, type Job } from '../../../platform/jobs/index.ts'
import { openTownDirectory } from '../../../web/town.ts'
import { countFairness } from './count.ts'

declare module '../../../platform/jobs/jobs.ts' {
  interface JobPayloads {
    'centre.fairness': Record<string, never>
  }
}

/** Each night the queue's fairness is counted from the record. */
export const centreJobs: Job[] = [
  defineJob(
    'centre.fairness',
    z.object({}),
    async (house, id) => {
      const towns = await openTownDirectory(house.database, () => performance.now()).all()
      const town = towns.find(each => each.id === id)
      if (town) await house.database.write(id, tx => countFairness(tx, town.timeZone))
    },
    { cron: '12 23 * * *' },
  ),
]
