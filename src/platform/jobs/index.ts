export { queueFigures } from './figures.ts'
export { defineJob, type Job, type JobPlan, planJob } from './jobs.ts'

import type { JobRunner, JobsOptions } from './runner.ts'

export type { JobRunner } from './runner.ts'

/** Runs planned jobs until `stop`; when the database was away it takes up the work again. */
export async function startJobs(options: JobsOptions): Promise<JobRunner> {
  const runner = await import('./runner.ts')
  return runner.startJobs(options)
}

/** Does every job that is due, one after the other, then returns: for tests and the laying out of a demo. */
export async function runDueJobs(options: JobsOptions): Promise<void> {
  const runner = await import('./runner.ts')
  await runner.runDueJobs(options)
}
