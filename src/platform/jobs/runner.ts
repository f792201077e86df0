import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseCronItems, type Runner, run, runOnce, type TaskList, type WorkerEvents } from 'graphile-worker'
import { z } from 'zod'
import { systemClock } from '../clock.ts'
import { closePool, openPool } from '../database/pool.ts'
import { workerRole } from '../database/roles.ts'
import type { House } from '../house.ts'
import { numbersOf } from '../telemetry/numbers.ts'
import { spanned } from '../telemetry/spans.ts'
import { forgetFuture, watchClock } from './clock-jumps.ts'
import type { Job } from './jobs.ts'
import { queueLogger } from './logger.ts'
import { enter, type Presence } from './presence.ts'

const order = z.object({ town: z.uuid(), payload: z.unknown(), traceparent: z.string().optional() })

export interface JobsOptions {
  house: House
  jobs: readonly Job[]
  /** A direct connection (LISTEN), which no pooler hands round. */
  url: string
  /** The towns for which the calendar plans. */
  towns: () => Promise<string[]>
  concurrency?: number
  /** How soon what a dead worker held is taken up; for tests. */
  presence?: { graceSeconds: number; everyMs: number }
}

export interface JobRunner {
  /** Resolves when the queue answers. */
  check(): Promise<void>
  /** Ends after the jobs in hand are done. */
  stop(): Promise<void>
}

function tasks({ house, jobs, towns }: JobsOptions): TaskList {
  const list: TaskList = {}
  for (const job of jobs) {
    list[job.name] = async payload => {
      const { town, payload: told, traceparent } = order.parse(payload)
      await watchedJob(
        house,
        job.name,
        () => job.run(house, town, job.schema.parse(told) as never),
        traceparent,
      )
    }
    if (!job.cron) continue
    list[`cron:${job.name}`] = async (_payload, helpers) => {
      for (const town of await towns())
        await helpers.addJob(job.name, { town, payload: {} }, { jobKey: `${town}:${job.name}:cron` })
    }
  }
  return list
}

/** Does a job, counts it, and traces it as what follows from the request that planned it. */
async function watchedJob(
  { metrics }: House,
  job: string,
  run: () => Promise<void>,
  parent: string | undefined,
): Promise<void> {
  const { jobs, jobSeconds } = numbersOf(metrics)
  const began = performance.now()
  let outcome = 'failed'
  try {
    await spanned('job', `job ${job}`, { 'shubbak.job': job }, run, parent)
    outcome = 'done'
  } finally {
    jobs.inc({ job, outcome })
    jobSeconds.inc({ job }, (performance.now() - began) / 1000)
  }
}

/**
 * The queue writes down the end of a job without waiting for it; when the database dies at that moment nobody catches the error, and it
 * would end the process. The job is done again later, as after any death. What comes from elsewhere ends the process as ever.
 */
function outliveDatabase(house: House): () => void {
  const outlive = (error: unknown) => {
    if (!(error instanceof Error && /[\\/]graphile-worker[\\/]/.test(error.stack ?? ''))) throw error
    house.log.warn({ part: 'jobs', err: error }, 'the end of a job was not written down')
  }
  process.on('unhandledRejection', outlive)
  return () => void process.off('unhandledRejection', outlive)
}

/** Runs planned jobs until `stop`; when the database was away it takes up the work again. */
export async function startJobs(options: JobsOptions): Promise<JobRunner> {
  const { house, jobs, concurrency = 4 } = options
  const pool = openPool(options.url, {
    // One for the sign of life besides.
    max: concurrency + 3,
    name: 'shubbak jobs',
    role: workerRole,
    onError: error => house.log.warn({ part: 'jobs', err: error }, 'connection lost'),
  })
  const taskList = tasks(options)
  const parsedCronItems = parseCronItems(
    jobs.flatMap(job =>
      job.cron
        ? [
            {
              task: `cron:${job.name}`,
              match: job.cron,
              identifier: job.name,
              options: { backfillPeriod: 0 },
            },
          ]
        : [],
    ),
  )
  let stopping = false
  let runner: Runner | undefined
  async function work(): Promise<void> {
    while (!stopping) {
      let presence: Presence | undefined
      try {
        const entered = await enter({
          pool,
          onFreed: workers =>
            house.log.info({ part: 'jobs', workers }, 'jobs that were cut off are taken up again'),
          ...options.presence,
        })
        presence = entered
        await forgetFuture(pool)
        const events = new EventEmitter() as WorkerEvents
        events.on('worker:create', ({ worker }) => entered.announce(worker.workerId))
        runner = await run({
          pgPool: pool,
          taskList,
          parsedCronItems,
          concurrency,
          noHandleSignals: true,
          pollInterval: 1000,
          logger: queueLogger(house.log),
          events,
        })
        if (stopping) await runner.stop()
        await runner.promise
      } catch (error) {
        if (!stopping) house.log.warn({ part: 'jobs', err: error }, 'the queue stopped; trying again')
      }
      runner = undefined
      await presence?.leave()
      if (!stopping) await sleep(1000)
    }
  }
  const forget = outliveDatabase(house)
  // The machine's own, by which the queue counts.
  const unwatch = watchClock(systemClock, ms => {
    house.log.warn(
      { part: 'jobs', seconds: Math.round(ms / 1000) },
      'the clock was changed: the calendar begins again',
    )
    runner?.stop().catch(() => {})
  })
  const done = work()
  return {
    async check() {
      if (!runner) throw new Error('the job runner is not at work')
      await pool.query('select 1 from graphile_worker._private_jobs limit 1')
    },
    async stop() {
      stopping = true
      unwatch()
      await runner?.stop().catch(() => {})
      await done
      await closePool(pool)
      forget()
    },
  }
}

/** Does every job that is due, one after the other, then returns: for tests and the laying out of a demo. */
export async function runDueJobs(options: JobsOptions): Promise<void> {
  const pool = openPool(options.url, { max: 3, name: 'shubbak jobs', role: workerRole })
  try {
    await runOnce({
      pgPool: pool,
      taskList: tasks(options),
      noHandleSignals: true,
      logger: queueLogger(options.house.log),
    })
  } finally {
    await pool.end()
  }
}
