import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  layDatabase,
  layPrimary,
  layReplica,
  type PostgresServer,
  urlOf,
} from '../../../../test/scale/postgres.ts'
import { NotFound } from '../../../lib/errors.ts'
import { fixedClock } from '../../clock.ts'
import { openDatabase } from '../database.ts'
import { withClient } from '../pool.ts'
import type { Database, Read } from '../transaction.ts'
import { openReplica, type Replica } from './index.ts'

// Debian's postgresql-15, with a replica that follows it by streaming. .ci/run installs it.
const folder = mkdtempSync(join(tmpdir(), 'shubbak-replica-'))
const clock = fixedClock('2026-03-01T08:00:00Z')
const town = '01890000-0000-7000-8000-000000000001'
const other = '01890000-0000-7000-8000-000000000002'
let primary: PostgresServer
let second: PostgresServer
let database: Database
let replica: Replica

beforeAll(async () => {
  chmodSync(folder, 0o755)
  primary = await layPrimary(folder)
  await layDatabase(primary.port)
  await withClient(urlOf('admin', primary.port), client =>
    client.query("create table thing (municipality_id uuid, n int); call wall('thing', 'select, insert')"),
  )
  second = await layReplica(folder, primary)
  database = await openDatabase(urlOf('web', primary.port), { clock })
  replica = openReplica(database, { url: urlOf('web', second.port), mostSeconds: 600, clock, everyMs: 0 })
})
afterAll(async () => {
  await replica?.database.close()
  await second?.stop()
  await primary?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const numbers = async (tx: Read) =>
  (await sql<{ n: number }>`select n from thing order by n`.execute(tx.q)).rows.map(({ n }) => n)
const add = (n: number, of = town) =>
  database.write(of, tx => sql`insert into thing values (${tx.town}, ${n})`.execute(tx.q))
const readOld = () => replica.database.readOld(town, numbers)
const onReplica = (statement: string) =>
  withClient(urlOf('admin', second.port), client => client.query(statement))
/** Until the replica has been seen to hold what is there now. */
const followed = async () => {
  const before = clock.now()
  await expect
    .poll(
      async () => {
        await replica.look()
        return (await readOld()).asOf?.getTime()
      },
      { timeout: 20_000, interval: 50 },
    )
    .toBe(before.getTime())
}

describe('what may be a little old', () => {
  test('is read from the primary until the replica has been seen', async () => {
    await add(1)
    await add(100, other)
    expect(await readOld()).toEqual({ value: [1], asOf: undefined })
  })

  test('is read from the replica behind the same wall, as of when it is', async () => {
    await followed()
    await onReplica('select pg_wal_replay_pause()')
    clock.advance(20_000)
    await add(2)
    await replica.look()
    expect(await readOld()).toEqual({ value: [1], asOf: new Date('2026-03-01T08:00:00Z') })
    expect((await replica.database.readOld(other, numbers)).value).toEqual([100])
    expect(await replica.database.readOld(town, numbers, 'nobody')).toMatchObject({ value: [1] })
    expect(await replica.database.read(town, numbers)).toEqual([1, 2])
  })

  test('is asked again of the primary where something is not there yet', async () => {
    const two = async (tx: Read) => {
      if (!(await numbers(tx)).includes(2)) throw new NotFound('no-such-page')
      return 'there'
    }
    expect(await replica.database.readOld(town, two)).toEqual({ value: 'there', asOf: undefined })
    const never = () => Promise.reject(new NotFound('no-such-page'))
    await expect(replica.database.readOld(town, never)).rejects.toThrow(NotFound)
    await onReplica('select pg_wal_replay_resume()')
    await followed()
    expect((await readOld()).value).toEqual([1, 2])
  })

  test('is read from the primary once the replica is too old, and while it is away', async () => {
    const strict = openReplica(database, {
      url: urlOf('web', second.port),
      mostSeconds: 0,
      clock,
      everyMs: 0,
    })
    await strict.look()
    expect((await strict.database.readOld(town, numbers)).asOf).toBeUndefined()
    await second.stop()
    // Nobody has looked since: the read itself meets a closed door.
    expect(await readOld()).toEqual({ value: [1, 2], asOf: undefined })
    await replica.look()
    expect(await readOld()).toEqual({ value: [1, 2], asOf: undefined })
    await second.start()
    await followed()
    expect((await readOld()).value).toEqual([1, 2])
  })

  test('is not read from a server that follows nobody', async () => {
    const none = openReplica(database, {
      url: urlOf('web', primary.port),
      mostSeconds: 600,
      clock,
      everyMs: 0,
    })
    await none.look()
    expect((await none.database.readOld(town, numbers)).asOf).toBeUndefined()
  })
})
