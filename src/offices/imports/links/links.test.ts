import { describe, expect, test } from 'vitest'
import { aPerson } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import { withClient } from '../../../platform/database/pool.ts'
import { checkRun } from '../check/check.ts'
import { confirmRun } from '../receive.ts'
import { getRun, startRun } from '../runs.ts'
import { sourceKeys } from '../sealed.ts'
import { addSource, getSource, keepLink } from '../sources.ts'
import { anImportingTown } from '../testing/bench.ts'
import { fetchLink } from './fetch.ts'
import { openPostgresql } from './postgresql.ts'
import type { OpenLink } from './rows.ts'
import { type Link, readLink } from './settings.ts'
import { refusalOf } from './statement.ts'

const db = await testDatabase()
/** The database of a town's old program: another one, with its own tables. */
const old = await testDatabase()
const at = new URL(old.ownerUrl)
const linkTo = (statement: string): Link => ({
  host: at.hostname,
  port: Number(at.port),
  database: at.pathname.slice(1),
  user: at.username,
  password: decodeURIComponent(at.password),
  tls: false,
  statement,
})
await withClient(old.ownerUrl, client =>
  client.query(`create table customers (no int, full_name text, balance numeric(12,3), since date);
    insert into customers select n, 'سامي محمد قطب', n + 0.125, date '1988-11-03' from generate_series(1, 4500) n`),
)
const limits = { rows: 10_000, milliseconds: 5_000 }

async function all(link: Link, some = limits) {
  const open = await openPostgresql(link, some)
  const rows: (readonly unknown[])[] = []
  try {
    for await (const row of open.rows) rows.push(row)
  } finally {
    await open.close()
  }
  return { headings: open.headings, rows }
}

describe('a statement', () => {
  test.each([
    ['select 1', undefined],
    ['  with a as (select 1) select * from a;', undefined],
    ["select ';drop table x' as t -- ; delete", undefined],
    ['select "update" from [delete]', undefined],
    ['select 1; select 2', 'statement-several'],
    ['delete from x', 'statement-not-select'],
    ['/* select */ drop table x', 'statement-not-select'],
    ['with d as (delete from x returning *) select * from d', 'statement-writes'],
    ['select * into y from x', 'statement-writes'],
    ['select pg_sleep(100)', 'statement-writes'],
    ['select * from x for update', 'statement-writes'],
  ])('%s: %s', (statement, refusal) => {
    expect(refusalOf(statement)).toBe(refusal)
  })
})

describe('a link to PostgreSQL', () => {
  test('gives rows as the server writes them, some thousand at a time', async () => {
    const { headings, rows } = await all(
      linkTo('select no, full_name, balance, since from customers order by no'),
    )
    expect(headings).toEqual(['no', 'full_name', 'balance', 'since'])
    expect(rows).toHaveLength(4500)
    expect(rows[0]).toEqual(['1', 'سامي محمد قطب', '1.125', '1988-11-03'])
  })

  test('cannot write, even where the log-in could and the statement hides it', async () => {
    await withClient(old.ownerUrl, client =>
      client.query(
        `create function sneaky() returns int language plpgsql as $$ begin delete from customers; return 1; end $$`,
      ),
    )
    await expect(all(linkTo('select sneaky()'))).rejects.toThrow('read-only')
    expect((await all(linkTo('select count(*) from customers'))).rows).toEqual([['4500']])
  })

  test('ends at its limits of rows and time', async () => {
    await expect(all(linkTo('select * from customers'), { ...limits, rows: 100 })).rejects.toThrow(
      'more than 100 rows',
    )
    const slow = linkTo('select count(*) from generate_series(1, 1000000000)')
    await expect(all(slow, { ...limits, milliseconds: 50 })).rejects.toThrow('statement timeout')
  })

  test('says in one line what is wrong with its address', async () => {
    await expect(all({ ...linkTo('select 1'), password: 'wrong' })).rejects.toThrow('refused')
    await expect(all({ ...linkTo('select 1'), port: 1 })).rejects.toThrow('refused')
  })

  test('feeds the same check as a file, sealed where it is kept', async () => {
    const { house, town, write, read, by } = await anImportingTown(db)
    const id = await write(tx =>
      addSource(tx, { code: 'live', name: 'البرنامج الحي', kind: 'postgresql' }, by),
    )
    const link = linkTo(
      `select no as "subscription no", full_name as "name", balance as "balance" from customers where no <= 20`,
    )
    const sealed = sourceKeys(house.crypto, town.id, id).seal(link)
    expect(sealed.includes(Buffer.from(link.password))).toBe(false)
    await write(tx => keepLink(tx, id, { sealed, daily: true }, by))
    const source = await read(tx => getSource(tx, { id }))
    const run = await fetchLink(house, town.id, source)
    expect(run.reading.columns).toEqual({
      'subscription no': 'subscription',
      name: 'name',
      balance: 'balance',
    })
    const runId = await write(async tx => {
      const started = await startRun(tx, run, by)
      await confirmRun(tx, await getRun(tx, started), run.reading, by)
      return started
    })
    await checkRun(house, town.id, runId)
    expect(await read(tx => getRun(tx, runId))).toMatchObject({
      state: 'checked',
      counts: { verdicts: { new: 20 }, notes: { 'amount-rounded': 20 } },
    })
  })
})

describe('another kind of database', () => {
  test('is asked through the same seam, whatever it gives', async () => {
    const { house, town, write, read, by } = await anImportingTown(db)
    await aPerson({ house, town: town.id })
    const id = await write(tx => addSource(tx, { code: 'mssql', name: 'SQL Server', kind: 'sql-server' }, by))
    const link = { ...linkTo('select 1'), port: 1433 }
    await write(tx =>
      keepLink(tx, id, { sealed: sourceKeys(house.crypto, town.id, id).seal(link), daily: false }, by),
    )
    let closed = false
    const open: OpenLink = async asked => {
      expect(asked).toEqual(link)
      async function* rows() {
        yield [7, 'سامي "أبو" قطب', null, new Date('1988-11-03T00:00:00Z')]
        yield [8, 'رنا,\nحمدان', 12.5, null]
      }
      return {
        headings: ['subscription no', 'name', 'balance', 'birth date'],
        rows: rows(),
        async close() {
          closed = true
        },
      }
    }
    const run = await fetchLink(house, town.id, await read(tx => getSource(tx, { id })), open)
    expect(run.reading.columns).toMatchObject({ 'subscription no': 'subscription', balance: 'balance' })
    expect(closed).toBe(true)
  })

  test('that does not answer is told in one line', async () => {
    const { openSqlServer } = await import('./sql-server.ts')
    await expect(
      openSqlServer({ ...linkTo('select 1'), host: '127.0.0.1', port: 1 }, limits),
    ).rejects.toThrow('The database of the present program refused')
  })
})

test('a link as typed keeps its password when none is typed, and needs one at first', () => {
  const typed = {
    host: 'db',
    port: '5432',
    database: 'b',
    user: 'u',
    password: '',
    tls: '',
    statement: 'select 1',
  }
  expect(readLink(typed, undefined)).toMatchObject({
    ok: false,
    faults: [{ field: 'password', code: 'password-missing' }],
  })
  expect(readLink(typed, linkTo('select 2'))).toMatchObject({ ok: true, value: { statement: 'select 1' } })
})
