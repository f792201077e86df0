import { z } from 'zod'
import { defineJob, type Job } from '../../../platform/jobs/index.ts'
import { openTownDirectory } from '../../../web/town.ts'
import { admitScans, scanWindows } from './folder.ts'

declare module '../../../platform/jobs/jobs.ts' {
  interface JobPayloads {
    'counter.scans': Record<string, never>
  }
}

/** The folders of the scanners, looked into every minute; the page of a request looks into its window's own at once. */
export const counterJobs: Job[] = [
  defineJob(
    'counter.scans',
    z.object({}),
    async (house, townId) => {
      const town = await openTownDirectory(house.database, () => performance.now()).get(townId)
      for (const window of await scanWindows(house, town)) {
        const refused = await admitScans(house, town, window)
        if (refused.length > 0)
          house.log.info({ part: 'counter', window, refused: refused.length }, 'scans were refused')
      }
    },
    { cron: '* * * * *' },
  ),
]
