import { sql } from 'kysely'
import type { Write } from '../../platform/database/index.ts'
import { planJob } from '../../platform/jobs/index.ts'

declare module '../../platform/jobs/jobs.ts' {
  interface JobPayloads {
    'bulletins.gather': { id: string }
    'bulletins.send': { id: string }
    'bulletins.tick': Record<string, never>
  }
}

/** Gathers whom a bulletin is for, in the background. */
export const planGather = (tx: Write, id: string): Promise<void> =>
  planJob(tx, 'bulletins.gather', { id }, { key: id })

/** Carries a bulletin on, in the background. */
export const planSend = (tx: Write, id: string): Promise<void> =>
  planJob(tx, 'bulletins.send', { id }, { key: id })

/** Carries it on once more in a moment of the queue's own clock. */
export async function planSendSoon(tx: Write, id: string): Promise<void> {
  const { rows } = await sql<{ at: Date }>`select clock_timestamp() + interval '5 seconds' as at`.execute(
    tx.q,
  )
  await planJob(tx, 'bulletins.send', { id }, { key: id, ...(rows[0] && { runAt: rows[0].at }) })
}
