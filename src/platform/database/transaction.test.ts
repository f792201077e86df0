import { sql } from 'kysely'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { lockWaits, testDatabase } from '../../../test/database.ts'
import { openDatabase } from './database.ts'
import { withClient } from './pool.ts'
import type { Read, Write } from './transaction.ts'

const db = await testDatabase()
const town = '01890000-0000-7000-8000-000000000001'
const other = '01890000-0000-7000-8000-000000000002'

const put = (tx: Write, n: number) =>
  sql`insert into thing (municipality_id, n) values (${tx.town}, ${n})`.execute(tx.q)
const list = async (tx: Read) =>
  (await sql<{ n: number }>`select n from thing order by n`.execute(tx.q)).rows.map(row => row.n)
const clear = () => sql`delete from thing`.execute(db.owner)

beforeAll(() =>
  withClient(db.ownerUrl, client =>
    client.query(`
      create table thing (municipality_id uuid, n bigint, primary key (municipality_id, n));
      call wall('thing', 'select, insert, update');`),
  ),
)

describe('a transaction', () => {
  test('sees the rows of its town alone, and writes no others', async () => {
    await clear()
    await db.database.write(town, tx => put(tx, 1))
    await db.database.write(other, tx => put(tx, 2))
    expect(await db.database.read(town, list)).toEqual([1])
    expect(await db.database.read(other, list)).toEqual([2])
    await expect(db.database.write(town, tx => put({ ...tx, town: other } as Write, 3))).rejects.toThrow(
      /row-level security/,
    )
  })

  test('says what failed first, not that what left with it was refused after', async () => {
    await clear()
    await db.database.write(town, tx => put(tx, 1))
    const deep = async (tx: Write) => {
      await (async () => {
        await put(tx, 1)
      })()
    }
    const both = db.database.write(town, tx => Promise.all([deep(tx), put(tx, 2)]))
    await expect(both).rejects.toMatchObject({ code: '23505' })
  })

  test('that meets the same being written is done again, and finds it there; a fault of its own is told', async () => {
    await clear()
    let tries = 0
    const unlessThere = (n: number) =>
      db.database.write(town, async tx => {
        tries += 1
        if ((await list(tx)).includes(n)) return 'there'
        await put(tx, n)
        return 'put'
      })
    let second: Promise<string> | undefined
    await db.database.write(town, async tx => {
      await put(tx, 5)
      second = unlessThere(5)
      await vi.waitUntil(() => lockWaits(db.owner))
    })
    expect([await second, tries]).toEqual(['there', 2])
    tries = 0
    const wrong = db.database.write(town, tx => {
      tries += 1
      return put(tx, 5)
    })
    await expect(wrong).rejects.toMatchObject({ code: '23505' })
    expect(tries).toBe(2)
  })

  test('without a town sees nothing', async () => {
    await clear()
    await db.database.write(town, tx => put(tx, 1))
    const seen = await db.database.directory(q => sql`select n from thing`.execute(q))
    expect(seen.rows).toEqual([])
  })

  test('leaves no town behind on its connection', async () => {
    await db.database.write(town, tx => put(tx, 77))
    const rows = await db.database.once(
      'town-left',
      "select current_setting('app.municipality', true) as town",
      [],
    )
    expect(rows[0]).not.toEqual({ town })
  })

  test('of one statement is answered once it is committed, also over a log-in that has to become the application', async () => {
    await withClient(db.ownerUrl, client =>
      client.query(`create table once_only (n bigint unique deferrable initially deferred);
        grant insert on once_only to shubbak_app`),
    )
    const become = await openDatabase(db.ownerUrl, { clock: db.clock })
    try {
      const twice = become.once('twice', 'insert into once_only values ($1), ($1)', [1])
      await expect(twice).rejects.toThrow(/once_only/)
    } finally {
      await become.close()
    }
  })

  test('runs as the application, which cannot pass the wall', async () => {
    const found = await db.database.read(town, tx =>
      sql<{ who: string }>`select current_user as who`.execute(tx.q),
    )
    expect(found.rows[0]?.who).toBe('shubbak_app')
  })

  test('is undone whole when its work fails', async () => {
    await clear()
    const failing = db.database.write(town, async tx => {
      await put(tx, 1)
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await db.database.read(town, list)).toEqual([])
  })

  test('that swallowed a failed statement is an error, not a silent loss', async () => {
    const swallowing = db.database.write(town, async tx => {
      await put(tx, 1)
      await put(tx, 1).catch(() => {})
    })
    await expect(swallowing).rejects.toThrow(/undone/)
  })

  test('for reading cannot write', async () => {
    await expect(db.database.read(town, tx => put(tx as Write, 1))).rejects.toThrow(/read-only/)
  })

  test('carries the instant of the clock', async () => {
    const before = db.clock.now()
    expect(await db.database.write(town, async tx => tx.now)).toEqual(before)
    db.clock.advance(60_000)
    expect(await db.database.read(town, async tx => tx.now.getTime())).toBe(before.getTime() + 60_000)
  })

  test('runs again when PostgreSQL says that two of them stood in each other’s way', async () => {
    await clear()
    await db.database.write(town, async tx => [await put(tx, 1), await put(tx, 2)])
    let runs = 0
    let holding = 0
    const bothHoldOne = Promise.withResolvers<void>()
    const touch = (first: number, second: number) =>
      db.database.write(town, async tx => {
        runs++
        await sql`update thing set n = n where n = ${first}`.execute(tx.q)
        holding++
        if (holding === 2) bothHoldOne.resolve()
        await bothHoldOne.promise
        await sql`update thing set n = n where n = ${second}`.execute(tx.q)
      })
    await Promise.all([touch(1, 2), touch(2, 1)])
    expect(runs).toBe(3)
  })

  test('does what waits for its commit after it, once, and not when it is undone', async () => {
    await clear()
    const done: string[] = []
    await db.database.write(town, async tx => {
      tx.afterCommit(async () => void done.push(`sees ${await db.database.read(town, list)}`))
      tx.afterCommit(() => {
        throw new Error('logged')
      })
      tx.afterCommit(() => done.push('next'))
      await put(tx, 5)
    })
    await db.database
      .write(town, async tx => {
        tx.afterCommit(() => done.push('never'))
        throw new Error('undone')
      })
      .catch(() => {})
    expect(done).toEqual(['sees 5', 'next'])
  })

  test('that somebody kept is over', async () => {
    const kept = await db.database.write(town, async tx => tx)
    await expect(list(kept)).rejects.toThrow(/is over/)
  })

  test('refuses a town that is no id', async () => {
    expect(() => db.database.read("x'; drop table thing; --", list)).toThrow(TypeError)
    await expect(db.database.write("x'; drop table thing; --", list)).rejects.toThrow(TypeError)
  })

  test('takes statements at once and runs them one after the other', async () => {
    await clear()
    await db.database.write(town, tx => Promise.all([1, 2, 3].map(n => put(tx, n))))
    expect(await db.database.read(town, list)).toEqual([1, 2, 3])
  })

  test('runs a prepared statement by its name', async () => {
    const rows = await db.database.read(town, tx =>
      tx.prepared<{ sum: number }>('sum', 'select $1::int + $2::int as sum', [1, 2]),
    )
    expect(rows).toEqual([{ sum: 3 }])
  })
})

describe('a value from PostgreSQL', () => {
  test('keeps its meaning: exact numbers, calendar dates as text, instants as Date', async () => {
    const { rows } = await db.database.directory(q =>
      sql`select 9007199254740991::bigint as whole, '2026-03-01'::date as day, 1.50::numeric as exact,
            '2026-03-01T08:00:00Z'::timestamptz as at, array['2026-03-01'::date] as days, array[7::bigint] as many`.execute(
        q,
      ),
    )
    expect(rows[0]).toEqual({
      whole: 9007199254740991,
      day: '2026-03-01',
      exact: '1.50',
      at: new Date('2026-03-01T08:00:00Z'),
      days: ['2026-03-01'],
      many: [7],
    })
  })

  test('is refused when it is too large to be exact', async () => {
    await expect(
      db.database.directory(q => sql`select 9007199254740993::bigint as whole`.execute(q)),
    ).rejects.toThrow(/too large/)
  })
})

test('a statement kept on every connection is asked anew when its table got a column', async () => {
  await sql`create table grown (n int); grant select, insert on grown to shubbak_app`.execute(db.owner)
  const ask = (tx: Read) => tx.prepared<{ n: number }>('grown', 'select * from grown', [])
  const all = () => Promise.all(Array.from({ length: 6 }, () => db.database.read(town, ask)))
  await all()
  await db.database.write(town, ask)
  await sql`alter table grown add column word text`.execute(db.owner)
  expect(await all()).toHaveLength(6)
  expect(await db.database.write(town, ask)).toEqual([])
})
