import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/database.ts'
import { closePool, openPool } from './pool.ts'

const db = await testDatabase()

test('a closed pool leaves no connection behind for a stopping server to cut off', async () => {
  const name = 'a pool to close'
  const complaints: Error[] = []
  const pool = openPool(db.url, { name, onError: error => void complaints.push(error) })
  const clients = await Promise.all([1, 2, 3, 4].map(() => pool.connect()))
  for (const client of clients) client.release()
  expect(pool.totalCount).toBe(4)
  let left = 4
  pool.on('remove', () => {
    left -= 1
  })
  await closePool(pool)
  expect(left).toBe(0)
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = ${name}`.execute(
    db.owner,
  )
  expect(complaints).toEqual([])
})
