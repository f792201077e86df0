import { z } from 'zod'
import type { House } from '../../platform/house.ts'
import { defineJob, type Job } from '../../platform/jobs/index.ts'
import { openTownDirectory, type Town } from '../../web/town.ts'
import { foldDays } from './days/fold.ts'
import { countFairness } from './fairness/count.ts'

declare module '../../platform/jobs/jobs.ts' {
  interface JobPayloads {
    'centre.fairness': Record<string, never>
    'centre.days': Record<string, never>
  }
}

async function townOf(house: House, id: string): Promise<Town | undefined> {
  const towns = await openTownDirectory(house.database, () => performance.now()).all()
  return towns.find(each => each.id === id)
}

/** Each night the queue's fairness is counted from the record; each hour days that are over are counted once for good. */
export const centreJobs: Job[] = [
  defineJob(
    'centre.fairness',
    z.object({}),
    async (house, id) => {
      const town = await townOf(house, id)
      if (town) await house.database.write(id, tx => countFairness(tx, town.timeZone))
    },
    { cron: '12 23 * * *' },
  ),
  defineJob(
    'centre.days',
    z.object({}),
    async (house, id) => {
      const town = await townOf(house, id)
      if (town) await house.database.write(id, async tx => void (await foldDays(tx, town.timeZone)))
    },
    { cron: '17 * * * *' },
  ),
]
