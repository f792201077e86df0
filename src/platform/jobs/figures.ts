import { closePool, openPool } from '../database/pool.ts'
import { workerRole } from '../database/roles.ts'
import { figures } from '../telemetry/figures.ts'

type Row = { job: string; due: number; oldest: number; failing: number; given_up: number }

/** What the queue holds, by job: what waits, for how long, and what does not succeed. Payloads are not read. */
export const queueFigures = figures({
  part: 'jobs',
  tells: {
    job_queue_due: { help: 'Jobs that are due and wait', labels: ['job'] },
    job_queue_oldest_seconds: { help: 'For how long the oldest of them has been due', labels: ['job'] },
    job_queue_failing: { help: 'Jobs that failed and will be tried again', labels: ['job'] },
    job_queue_given_up: { help: 'Jobs that failed as often as they may, and lie there', labels: ['job'] },
  },
  async read({ server }) {
    const pool = openPool(server.directUrl, { max: 1, name: 'shubbak figures', role: workerRole })
    try {
      const { rows } = await pool.query<Row>(
        `with job as (select j.*, j.run_at <= now() and j.locked_at is null and j.attempts < j.max_attempts as due
                        from graphile_worker._private_jobs j)
         select t.identifier as job, count(*) filter (where due)::integer as due,
                coalesce(extract(epoch from now() - min(run_at) filter (where due)), 0)::float8 as oldest,
                count(*) filter (where attempts between 1 and max_attempts - 1 and last_error is not null)::integer as failing,
                count(*) filter (where attempts >= max_attempts)::integer as given_up
           from job join graphile_worker._private_tasks t on t.id = job.task_id group by 1`,
      )
      const of = (key: Exclude<keyof Row, 'job'>) =>
        rows.map(({ job, [key]: value }) => ({ labels: { job }, value }))
      return {
        job_queue_due: of('due'),
        job_queue_oldest_seconds: of('oldest'),
        job_queue_failing: of('failing'),
        job_queue_given_up: of('given_up'),
      }
    } finally {
      await closePool(pool)
    }
  },
})
