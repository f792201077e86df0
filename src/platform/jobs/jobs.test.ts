import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { Registry } from 'prom-client'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { testDatabase } from '../../../test/database.ts'
import { openPool } from '../database/pool.ts'
import { workerRole } from '../database/roles.ts'
import type { House } from '../house.ts'
import { openLog } from '../telemetry/log.ts'
import { defineJob, type Job, type JobRunner, planJob, runDueJobs, startJobs } from './index.ts'
import { enter } from './presence.ts'

declare module './jobs.ts' {
  interface JobPayloads {
    'test.note': { word: string }
    'test.daily': Record<string, never>
  }
}

const db = await testDatabase()
const house = { database: db.database, log: openLog('silent'), metrics: new Registry() } as House
const town = '01890000-0000-7000-8000-000000000001'
const other = '01890000-0000-7000-8000-000000000002'

let done: string[] = []
let running: JobRunner | undefined
const note = defineJob('test.note', z.object({ word: z.string() }), async (_house, of, { word }) => {
  done.push(`${of === town ? 'town' : 'other'} ${word}`)
  if (word === 'fail') throw new Error('not now')
})
const daily = defineJob('test.daily', z.object({}), async (_house, of) => void done.push(`daily ${of}`), {
  cron: '* * * * *',
})
const options = (jobs: Job[]) => ({ house, jobs, url: db.url, towns: async () => [town, other] })
const runDue = (...jobs: Job[]) => runDueJobs(options(jobs.length > 0 ? jobs : [note]))
const waiting = async () =>
  (await sql<{ n: number }>`select count(*) as n from graphile_worker._private_jobs`.execute(db.owner))
    .rows[0]?.n

beforeEach(() => {
  done = []
})
afterEach(async () => {
  await running?.stop()
  running = undefined
  await sql`delete from graphile_worker._private_jobs`.execute(db.owner)
})

test('a job planned in a transaction runs once, for its town, with what it was told', async () => {
  await db.database.write(town, tx => planJob(tx, 'test.note', { word: 'hello' }))
  await runDue()
  await runDue()
  expect(done).toEqual(['town hello'])
  expect(await waiting()).toBe(0)
})

test('a job of a transaction that was undone never was', async () => {
  await db.database
    .write(town, async tx => {
      await planJob(tx, 'test.note', { word: 'hello' })
      throw new Error('undone')
    })
    .catch(() => {})
  await runDue()
  expect(done).toEqual([])
})

test('a job of the same key is replaced while it waits, within its town only', async () => {
  await db.database.write(town, tx => planJob(tx, 'test.note', { word: 'first' }, { key: 'k' }))
  await db.database.write(town, tx => planJob(tx, 'test.note', { word: 'second' }, { key: 'k' }))
  await db.database.write(other, tx => planJob(tx, 'test.note', { word: 'theirs' }, { key: 'k' }))
  await runDue()
  expect(done.sort()).toEqual(['other theirs', 'town second'])
})

test('what nobody waits for is done after what was planned later', async () => {
  await db.database.write(town, async tx => {
    await planJob(tx, 'test.note', { word: 'heavy' }, { last: true })
    await planJob(tx, 'test.note', { word: 'light' })
  })
  await runDue()
  expect(done).toEqual(['town light', 'town heavy'])
})

test('a job for later waits', async () => {
  const runAt = new Date('2100-01-01T00:00:00Z')
  await db.database.write(town, tx => planJob(tx, 'test.note', { word: 'later' }, { runAt }))
  await runDue()
  expect(done).toEqual([])
  expect(await waiting()).toBe(1)
})

test('a job that fails is kept and tried again later', async () => {
  await db.database.write(town, tx => planJob(tx, 'test.note', { word: 'fail' }))
  await runDue()
  expect(done).toEqual(['town fail'])
  const rows = await sql<{ attempts: number; last_error: string }>`
    select attempts, last_error from graphile_worker._private_jobs where run_at > now()`.execute(db.owner)
  expect(rows.rows).toMatchObject([{ attempts: 1, last_error: expect.stringContaining('not now') }])
})

test('the application plans jobs but cannot look at the queue', async () => {
  const looking = db.database.read(town, tx => sql`select * from graphile_worker._private_jobs`.execute(tx.q))
  await expect(looking).rejects.toThrow(/permission denied/)
})

test('the runner takes up a job soon after its commit, and again after the database cut it off', async () => {
  running = await startJobs(options([note]))
  const arrives = async (word: string) => {
    await db.database.write(town, tx => planJob(tx, 'test.note', { word }))
    await expect.poll(() => done, { timeout: 15_000, interval: 20 }).toContain(`town ${word}`)
  }
  await arrives('one')
  await expect.poll(() => running?.check(), { timeout: 5000 }).toBeUndefined()
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'shubbak jobs' and datname = current_database()`.execute(db.owner)
  await arrives('two')
})

/** As a killed process leaves them: taken by a worker that is no more. */
const cutOff = () =>
  sql`update graphile_worker._private_jobs set locked_by = 'worker-that-was-killed', locked_at = now(), attempts = 1`.execute(
    db.owner,
  )

test('what a killed process had in hand is taken up when the next one starts', async () => {
  await db.database.write(town, tx => planJob(tx, 'test.note', { word: 'cut off' }, { queue: 'q' }))
  await cutOff()
  await sql`update graphile_worker._private_job_queues set locked_by = 'worker-that-was-killed', locked_at = now()`.execute(
    db.owner,
  )
  running = await startJobs(options([note]))
  await expect.poll(() => done, { timeout: 15_000, interval: 20 }).toEqual(['town cut off'])
})

test('what a living process has in hand is left to it', async () => {
  running = await startJobs(options([note]))
  await expect.poll(() => running?.check(), { timeout: 5000 }).toBeUndefined()
  await db.database.write(town, tx =>
    planJob(tx, 'test.note', { word: 'in hand' }, { runAt: new Date('2100-01-01T00:00:00Z') }),
  )
  await cutOff()
  const second = await startJobs(options([note]))
  await expect.poll(() => second.check(), { timeout: 5000 }).toBeUndefined()
  const { rows } = await sql<{ locked_by: string | null }>`
    select locked_by from graphile_worker._private_jobs`.execute(db.owner)
  await second.stop()
  expect(rows).toEqual([{ locked_by: 'worker-that-was-killed' }])
})

test('what a dead process had in hand is taken up by one that lives, and what a living one has is not', async () => {
  const living = openPool(db.url, { role: workerRole })
  const sign = await enter({ pool: living })
  sign.announce('worker-that-lives')
  await db.database.write(town, tx => planJob(tx, 'test.note', { word: 'of the dead' }))
  await cutOff()
  const later = { runAt: new Date('2100-01-01T00:00:00Z') }
  await db.database.write(town, tx => planJob(tx, 'test.note', { word: 'in hand' }, later))
  await sql`update graphile_worker._private_jobs set locked_by = 'worker-that-lives', locked_at = now() - interval '1 hour'
    where locked_by is null`.execute(db.owner)
  running = await startJobs({ ...options([note]), presence: { graceSeconds: 0, everyMs: 50 } })
  await expect.poll(() => done, { timeout: 15_000, interval: 20 }).toEqual(['town of the dead'])
  // The end of a job is written down after it was done.
  const held = async () =>
    (
      await sql<{ locked_by: string | null }>`select locked_by from graphile_worker._private_jobs`.execute(
        db.owner,
      )
    ).rows
  await expect.poll(held, { timeout: 15_000, interval: 20 }).toEqual([{ locked_by: 'worker-that-lives' }])
  await sign.leave()
  await living.end()
})

test('the calendar plans a job for each town', async () => {
  await sql`select graphile_worker.add_job('cron:test.daily', '{}')`.execute(db.owner)
  await runDue(daily)
  expect(done.sort()).toEqual([`daily ${town}`, `daily ${other}`])
})

test('a job that is told something else than it expects fails by name', async () => {
  const told = JSON.stringify({ town, payload: { word: 7, id: randomUUID() } })
  await sql`select graphile_worker.add_job('test.note', ${told}::json)`.execute(db.owner)
  await runDue()
  expect(done).toEqual([])
  expect(await waiting()).toBe(1)
})
