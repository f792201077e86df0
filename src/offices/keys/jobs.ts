import { z } from 'zod'
import { withClient } from '../../platform/database/index.ts'
import { defineJob, type Job } from '../../platform/jobs/index.ts'
import { relayerTown } from './relayer.ts'
import { resealTown } from './reseal.ts'
import { settledLayers } from './rotate.ts'

declare module '../../platform/jobs/jobs.ts' {
  interface JobPayloads {
    'keys.rotate': Record<string, never>
  }
}

/** Each night what a rotation left, because it was stopped or because something was written meanwhile, is brought to the newest keys. */
export const keysJobs: Job[] = [
  defineJob(
    'keys.rotate',
    z.object({}),
    async (house, town) => {
      if (house.crypto.newestKey === 1 && house.crypto.newestLayer === 1) return
      await withClient(house.server.ownerUrl, async client => {
        const { resealed, unreadable } = await resealTown(client, house.crypto, town)
        const changed = settledLayers(house) ? await relayerTown(client, house.crypto, town) : 0
        if (resealed + changed + unreadable > 0)
          house.log.info({ part: 'keys', town, resealed, changed, unreadable }, 'brought to the newest keys')
      })
    },
    { cron: '40 2 * * *' },
  ),
]
