import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { enterGate, whyNot } from './gate.ts'
import { migrate, readMigrations } from './migrate.ts'
import { withClient } from './pool.ts'
import { waitUntil } from './postgres/processes.ts'

const now = new Date('2026-03-01T08:00:00Z')
const server = inject('postgres').ownerUrl
let name: string
let folder: string

beforeEach(async () => {
  name = `gate_${randomUUID().replaceAll('-', '')}`
  folder = mkdtempSync(join(tmpdir(), 'shubbak-migrations-'))
  write('0001-create-tree.sql', 'create table tree (n int)')
  await run()
})
afterEach(async () => {
  rmSync(folder, { recursive: true })
  await withClient(server.replace(/[^/]*$/, 'postgres'), client =>
    client.query(`drop database if exists ${name} with (force)`),
  )
})

const write = (file: string, text: string) => writeFileSync(join(folder, file), text)
const url = () => server.replace(/[^/]*$/, name)
const run = () => migrate(url(), { folder, now })
const older = () => readMigrations(folder).slice(0, 1)
const additive = '-- serves: 0001\nalter table tree add column word text'
const breaking = 'alter table tree drop column n'

describe('a program at work on a schema', () => {
  test('goes on beside a migration that serves it, and begins again on it', async () => {
    const gate = await enterGate(url(), older())
    write('0002-name-trees.sql', additive)
    expect(await run()).toEqual(['0002-name-trees'])
    await (await enterGate(url(), older())).leave()
    await gate.leave()
  })

  test('holds back every migration of a run in which one would not serve it, until it is gone', async () => {
    const programs = await Promise.all([enterGate(url(), older()), enterGate(url(), older())])
    write('0002-name-trees.sql', additive)
    write('0003-forget-numbers.sql', breaking)
    await expect(run()).rejects.toThrow(/0003-forget-numbers cannot run beside the 2 programs/)
    const done = await withClient(url(), client => client.query('select name from migration'))
    expect(done.rows).toEqual([{ name: '0001-create-tree' }])
    for (const gate of programs) await gate.leave()
    expect(await run()).toEqual(['0002-name-trees', '0003-forget-numbers'])
    await expect(enterGate(url(), older())).rejects.toThrow(/0003-forget-numbers, on which this version/)
  })

  test('of a later version waits for its migrations', async () => {
    write('0002-name-trees.sql', additive)
    await expect(enterGate(url(), readMigrations(folder))).rejects.toThrow(
      /lacks the migration 0002-name-trees/,
    )
  })

  test('that was cut off takes up its sign again, or learns that the schema is no longer its own', async () => {
    const gate = await enterGate(url(), older())
    const cut = () =>
      withClient(url(), client =>
        client.query(
          "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'shubbak gate'",
        ),
      )
    const signs = () =>
      withClient(
        url(),
        async client =>
          (
            await client.query(
              'select * from pg_locks where classid = 727003 and database = (select oid from pg_database where datname = current_database())',
            )
          ).rowCount,
      )
    await cut()
    await expect.poll(signs, { timeout: 10_000 }).toBe(1)
    let why = ''
    gate.refused.then(reason => {
      why = reason
    })
    write('0002-forget-numbers.sql', breaking)
    // Migrated while it has no sign: by somebody who takes the lock first.
    await withClient(url(), async client => {
      await client.query('select pg_advisory_lock(727002)')
      await cut()
      await client.query(
        "insert into migration (name, checksum, applied_at) values ('0002-forget-numbers', '', now())",
      )
    })
    expect(await waitUntil(() => why !== '', 10_000)).toBe(true)
    expect(why).toMatch(/0002-forget-numbers/)
    const asked: string[] = []
    const way = (name: string) => async () => void asked.push(name)
    const ways = ['read', 'readOld', 'write', 'once'] as const
    const guarded = gate.guard(Object.fromEntries(ways.map(name => [name, way(name)])) as never)
    const tries = await Promise.allSettled(ways.map(name => (guarded[name] as () => Promise<unknown>)()))
    expect(tries.map(({ status }) => status)).toEqual(ways.map(() => 'rejected'))
    expect(asked).toEqual([])
    await gate.leave()
  }, 30_000)
})

test('a program may work where everything it knows is there, and everything it does not know serves it', () => {
  const timeline = [{ name: '0001-a' }, { name: '0005-b' }]
  const done = (name: string, serves: string | null = null) => ({ name, serves })
  const own = [done('0001-a'), done('0005-b')]
  expect(whyNot(timeline, own)).toBeUndefined()
  expect(whyNot(timeline, own.slice(0, 1))).toMatch(/lacks/)
  expect(whyNot(timeline, [...own, done('0006-c', '0005')])).toBeUndefined()
  expect(whyNot(timeline, [...own, done('0006-c', '0004')])).toBeUndefined()
  expect(whyNot(timeline, [...own, done('0006-c', '0006')])).toMatch(/0006-c/)
  expect(whyNot(timeline, [...own, done('0006-c', '0005'), done('0007-d')])).toMatch(/0007-d/)
})
