import { sql } from 'kysely'
import type { z } from 'zod'
import type { Write } from '../database/transaction.ts'
import type { House } from '../house.ts'
import { givenOn } from '../telemetry/spans.ts'

/**
 * The work that is done later, by name, and what it is told; ids only, never personal data. An office adds its own:
 * `declare module '../../platform/jobs/jobs.ts' { interface JobPayloads { 'archive.scan': { documentId: string } } }`
 */
// biome-ignore lint/suspicious/noEmptyInterface: offices fill it by declaration merging
export interface JobPayloads {}

export type JobName = keyof JobPayloads & string

export interface Job {
  name: string
  schema: z.ZodType
  run(house: House, town: string, payload: never): Promise<void>
  /** When it is also planned by the calendar (minute hour day month weekday, UTC), once for each town, with `{}`. */
  cron?: string
}

/** Work that may be planned. It may run twice (a crash between its commit and its receipt): it must bear that. */
export function defineJob<N extends JobName>(
  name: N,
  schema: z.ZodType<JobPayloads[N]>,
  run: (house: House, town: string, payload: JobPayloads[N]) => Promise<void>,
  options: { cron?: string } = {},
): Job {
  return { name, schema, run: run as Job['run'], ...options }
}

export interface JobPlan {
  /** Not before this instant; else as soon as the transaction is committed. */
  runAt?: Date
  /** A job of this key that still waits is replaced, not doubled. */
  key?: string
  /** Jobs of one queue run one after the other. */
  queue?: string
  maxAttempts?: number
  /** Others that are due go before it: heavy work nobody waits for. */
  last?: boolean
}

/** Plans work for this town: it exists when the transaction commits, and never if it is undone. */
export async function planJob<N extends JobName>(
  tx: Write,
  name: N,
  payload: JobPayloads[N],
  plan: JobPlan = {},
): Promise<void> {
  const key = plan.key === undefined ? null : `${tx.town}:${name}:${plan.key}`
  const queue = plan.queue === undefined ? null : `${tx.town}:${plan.queue}`
  const told = JSON.stringify({ town: tx.town, payload, ...givenOn() })
  const planned = sql.id(plan.last ? 'plan_last_job' : 'plan_job')
  await sql`select ${planned}(${name}, ${told}::json, ${plan.runAt ?? null}::timestamptz, ${key}, ${queue},
    ${plan.maxAttempts ?? 12}::int)`.execute(tx.q)
}
