import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { migrate, readMigrations } from './migrate.ts'
import { withClient } from './pool.ts'

const now = new Date('2026-03-01T08:00:00Z')
const server = inject('postgres').ownerUrl
let name: string
let folder: string

beforeEach(() => {
  name = `migrate_${randomUUID().replaceAll('-', '')}`
  folder = mkdtempSync(join(tmpdir(), 'shubbak-migrations-'))
  write('0001-create-tree.sql', 'create table tree (n int); grant select on tree to shubbak_app')
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
const ask = (question: string) => withClient(url(), async client => (await client.query(question)).rows)

describe('migrating', () => {
  test('creates the database, runs what is new in order, and nothing twice', async () => {
    write('0002-fill-tree.sql', 'insert into tree values (1)')
    expect(await run()).toEqual(['0001-create-tree', '0002-fill-tree'])
    expect(await run()).toEqual([])
    write('0003-fill-tree-more.sql', 'insert into tree values (2)')
    expect(await run()).toEqual(['0003-fill-tree-more'])
    expect(await ask('select n from tree')).toEqual([{ n: 1 }, { n: 2 }])
    expect(await ask('select applied_at from migration limit 1')).toEqual([{ applied_at: now }])
  })

  test('undoes a failed migration whole, names it, and keeps those before it', async () => {
    write('0002-break.sql', 'insert into tree values (1); insert into nowhere values (1)')
    await expect(run()).rejects.toThrow(/0002-break failed and was undone: relation "nowhere"/)
    expect(await ask('select n from tree')).toEqual([])
    expect(await ask('select name from migration')).toEqual([{ name: '0001-create-tree' }])
  })

  test('steps back where somebody at work waits for it in a ring, lets them pass, and tries again', async () => {
    write('0002-create-field.sql', 'create table field (n int)')
    await run()
    write('0003-widen-both.sql', 'alter table tree add column m int; alter table field add column m int')
    const said: string[] = []
    await withClient(url(), async client => {
      // Whoever migrates finds out, not we.
      await client.query("set deadlock_timeout = '1min'; begin; insert into field values (1)")
      const migrating = migrate(url(), { folder, now, say: line => void said.push(line) })
      // It has the tree and waits for the field, which we hold; now we ask for the tree.
      const waits = "select from pg_locks where relation = 'field'::regclass and not granted"
      await expect.poll(async () => (await ask(waits)).length, { timeout: 20_000 }).toBe(1)
      await client.query('insert into tree values (1); commit')
      expect(await migrating).toEqual(['0003-widen-both'])
    })
    expect(said).toEqual([
      'migration 0003-widen-both',
      expect.stringMatching(/^migration 0003-widen-both met somebody at work \(.*\); it is tried again$/),
    ])
    expect(await ask('select tree.m, field.m from tree, field')).toEqual([{ m: null }])
  })

  test('refuses a history that was changed', async () => {
    await run()
    write('0001-create-tree.sql', 'create table tree (n bigint)')
    await expect(run()).rejects.toThrow(/0001-create-tree was changed/)
  })

  test('refuses a migration slipped in before one that has run', async () => {
    write('0003-fill-tree.sql', 'insert into tree values (1)')
    await run()
    write('0002-late.sql', 'select 1')
    await expect(run()).rejects.toThrow(/0002-late comes before 0003-fill-tree/)
  })

  test('refuses a database that is newer than the program', async () => {
    write('0002-newer.sql', 'select 1')
    await run()
    rmSync(join(folder, '0002-newer.sql'))
    await expect(run()).rejects.toThrow(/0002-newer, which this program does not know/)
  })

  test('by two programs at once runs everything once', async () => {
    // The first goes on once both others wait for it.
    const others = `select count(*) from pg_locks where locktype = 'advisory' and objid = 727002 and not granted
      and database = (select oid from pg_database where datname = current_database())`
    write(
      '0002-fill-tree.sql',
      `do $$ begin while (${others}) < 2 loop perform pg_stat_clear_snapshot(); end loop; end $$; insert into tree values (1)`,
    )
    await withClient(server.replace(/[^/]*$/, 'postgres'), client => client.query(`create database ${name}`))
    const done = await Promise.all([run(), run(), run()])
    expect(done.map(each => each.length).sort()).toEqual([0, 0, 2])
    expect(await ask('select n from tree')).toEqual([{ n: 1 }])
  })

  test('gives up in the end on a lock it cannot have, instead of stopping everyone behind it', async () => {
    await run()
    write('0002-change-tree.sql', 'alter table tree add column word text')
    await withClient(url(), async holder => {
      await holder.query('begin; lock table tree in access share mode')
      await expect(migrate(url(), { folder, now, tries: 2 })).rejects.toThrow(/lock timeout/)
    })
  }, 20_000)

  test.each(['first.sql', '1-short.sql', '0001-Loud.sql'])('refuses the name %s', file => {
    write(file, 'select 1')
    expect(() => readMigrations(folder)).toThrow(/should be named|Two migrations/)
  })

  test('keeps its own table from the application', async () => {
    await run()
    expect(await ask("select has_table_privilege('shubbak_app', 'migration', 'select') as may")).toEqual([
      { may: false },
    ])
  })
})
