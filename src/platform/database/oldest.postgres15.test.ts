import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fixedClock } from '../clock.ts'
import { openDatabase } from './database.ts'
import { migrate } from './migrate.ts'
import { openPool, withClient } from './pool.ts'
import { serverAccount } from './postgres/account.ts'
import { bringDown, bringUp, findFreePort, type Place } from './postgres/server.ts'

// Debian's postgresql-15: the oldest PostgreSQL we promise to run on. .ci/run installs it.
const binaries = '/usr/lib/postgresql/15'
const folder = mkdtempSync(join(tmpdir(), 'shubbak-postgres15-'))
const data = join(folder, 'data')
const account = serverAccount(data)
const place: Place = { binaries, data, log: join(folder, 'log'), account }
const now = new Date('2026-03-01T08:00:00Z')
const town = '01890000-0000-7000-8000-000000000001'
let pid: number
let port: number

beforeAll(async () => {
  chmodSync(folder, 0o755)
  mkdirSync(data, { mode: 0o700 })
  const password = join(folder, 'password')
  writeFileSync(password, 'admin-word')
  if (account) for (const path of [data, password]) chownSync(path, account.uid, account.gid)
  execFileSync(
    `${binaries}/bin/initdb`,
    [
      '-D',
      data,
      '-U',
      'admin',
      `--pwfile=${password}`,
      '-A',
      'scram-sha-256',
      '-E',
      'UTF8',
      '--locale=C',
      '--no-sync',
    ],
    { cwd: folder, stdio: 'ignore', ...account },
  )
  port = await findFreePort()
  ;({ pid } = await bringUp(place, port))
})
afterAll(async () => {
  await bringDown(place, pid)
  rmSync(folder, { recursive: true, force: true })
})

const url = (user: string, database: string) =>
  `postgresql://${user}:${user}-word@127.0.0.1:${port}/${database}`

test('an owner who may create roles, but is no superuser, migrates a PostgreSQL 15', async () => {
  await withClient(url('admin', 'postgres'), async client => {
    await client.query("create role owner login createrole createdb password 'owner-word'")
    await client.query('create database town owner owner')
  })
  expect((await migrate(url('owner', 'town'), { now })).length).toBeGreaterThan(0)
  expect(await migrate(url('owner', 'town'), { now })).toEqual([])
})

test('for such an owner a function asks as the house, and whoever asked it reaches no further afterwards', async () => {
  await withClient(url('owner', 'town'), async client => {
    const { rows } = await client.query(
      `select count(*)::int as n from pg_proc where array_to_string(proconfig, ',') like '%app.reach%'`,
    )
    expect(rows).toEqual([{ n: 0 }])
    await client.query(`
      create function asked(n int) returns text language sql stable return n || current_setting('app.reach');
      create function asked_list(n int) returns table (said text) language sql stable
        as 'select n || current_setting(''app.reach'')'`)
    await client.query(`call as_house('asked(int)'); call as_house('asked_list(int)')`)
    await client.query(`begin; set local role shubbak_app; select set_config('app.reach', 'actor', true)`)
    const { rows: said } = await client.query(
      `select asked(1) as one, (select said from asked_list(2)) as two, current_setting('app.reach') as after`,
    )
    expect(said).toEqual([{ one: '1house', two: '2house', after: 'actor' }])
    await client.query('rollback')
  })
})

test('a log-in that may act as the application reads and writes behind the wall', async () => {
  await withClient(url('admin', 'town'), async client => {
    await client.query("create role web login noinherit password 'web-word' in role shubbak_app")
    await client.query(
      "create table thing (municipality_id uuid, n int); call wall('thing', 'select, insert')",
    )
  })
  const database = await openDatabase(url('web', 'town'), { clock: fixedClock(now) })
  try {
    await database.write(town, tx => sql`insert into thing values (${tx.town}, 1)`.execute(tx.q))
    const seen = await database.read(town, tx => sql`select n from thing`.execute(tx.q))
    expect(seen.rows).toEqual([{ n: 1 }])
    expect((await database.directory(q => sql`select n from thing`.execute(q))).rows).toEqual([])
  } finally {
    await database.close()
  }
})

test('a log-in that may not is refused in one line', async () => {
  await withClient(url('admin', 'town'), client =>
    client.query("create role stranger login password 'stranger-word'"),
  )
  await expect(openDatabase(url('stranger', 'town'), { clock: fixedClock(now) })).rejects.toThrow(
    /may not act as shubbak_app/,
  )
})

test('the background work reaches its queue through the same log-in', async () => {
  const pool = openPool(url('web', 'town'), { role: 'shubbak_worker' })
  try {
    expect((await pool.query('select count(*) as n from graphile_worker._private_jobs')).rows).toEqual([
      { n: 0 },
    ])
  } finally {
    await pool.end()
  }
})
