import { z } from 'zod'
import { defineJob, type Job } from '../../platform/jobs/index.ts'
import { sealTown } from './sealer.ts'

declare module '../../platform/jobs/jobs.ts' {
  interface JobPayloads {
    'seal.town': Record<string, never>
  }
}

/** Every minute each town's log takes in what was recorded since. */
export const sealJobs: Job[] = [
  defineJob('seal.town', z.object({}), async (house, town) => void (await sealTown(house, town)), {
    cron: '* * * * *',
  }),
]
