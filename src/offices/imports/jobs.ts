import { z } from 'zod'
import { defineJob, type Job } from '../../platform/jobs/index.ts'
import { applyRun } from './apply/apply.ts'
import { checkRun } from './check/check.ts'
import { fetchNightly } from './links/fetch.ts'

const by = z.object({ kind: z.enum(['staff', 'system']), id: z.string() })

/** Reading and writing of files, and what is fetched over links each night. */
export const importJobs: readonly Job[] = [
  defineJob('imports.check', z.object({ runId: z.uuid() }), (house, town, { runId }) =>
    checkRun(house, town, runId),
  ),
  defineJob('imports.apply', z.object({ runId: z.uuid(), by }), (house, town, order) =>
    applyRun(house, town, order.runId, order.by),
  ),
  defineJob('imports.fetch-nightly', z.object({}), (house, town) => fetchNightly(house, town), {
    cron: '30 0 * * *',
  }),
]
