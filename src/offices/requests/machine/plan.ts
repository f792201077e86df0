import type { Write } from '../../../platform/database/transaction.ts'
import { planJob } from '../../../platform/jobs/index.ts'

declare module '../../../platform/jobs/jobs.ts' {
  interface JobPayloads {
    'requests.run-effect': { requestId: string; taskId: string; tried: number }
  }
}

/** Leaves an effect to the system: it is run once the act that led to it is committed. */
export const planEffect = (tx: Write, of: { requestId: string; taskId: string }): Promise<void> =>
  planJob(tx, 'requests.run-effect', { ...of, tried: 0 }, { key: `${of.taskId}:0` })
