import { randomUUID } from 'node:crypto'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { afterAll, inject } from 'vitest'
import { fixedClock } from '../src/platform/clock.ts'
import type { Tables } from '../src/platform/database/connection.ts'
import { openDatabase } from '../src/platform/database/database.ts'
import { openPool, withClient } from '../src/platform/database/pool.ts'
import type { Database } from '../src/platform/database/transaction.ts'

export interface TestDatabase {
  /** As the application sees it, bound by row-level security. */
  database: Database
  /** As the owner, who sees everything: to look at what was written. */
  owner: Kysely<Tables>
  clock: ReturnType<typeof fixedClock>
  url: string
  ownerUrl: string
  close(): Promise<void>
}

const on = (url: string, name: string) => url.replace(/[^/]*$/, name)

/** A database of this test file's own, cloned from the migrated template and dropped when the file is done. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = inject('postgres')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const root = on(server.ownerUrl, 'postgres')
  await withClient(root, client =>
    client.query(`create database ${name} template shubbak strategy file_copy`),
  )
  const url = on(server.appUrl, name)
  const ownerUrl = on(server.ownerUrl, name)
  const clock = fixedClock('2026-03-01T08:00:00Z')
  const pool = openPool(ownerUrl, { max: 4 })
  const database = await openDatabase(url, { clock, max: 10 })
  let closed = false
  const close = async () => {
    if (closed) return
    closed = true
    await Promise.all([database.close(), pool.end()])
    await withClient(root, client => client.query(`drop database ${name} with (force)`))
  }
  afterAll(close)
  return {
    database,
    owner: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }),
    clock,
    url,
    ownerUrl,
    close,
  }
}

/** How many sessions of this database wait for what another holds: for tests of two at once. */
export async function lockWaits(owner: Kysely<Tables>): Promise<number> {
  const { rows } = await sql`
    select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
    owner,
  )
  return rows.length
}
