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

test('a statement waits for the lock of another so long and no longer, and its connection goes on', async () => {
  const pool = openPool(db.url, { lockMs: 20 })
  const [holder, waiter] = [await pool.connect(), await pool.connect()]
  await holder.query('select pg_advisory_lock(31)')
  await expect(waiter.query('select pg_advisory_lock(31)')).rejects.toMatchObject({ code: '55P03' })
  await holder.query('select pg_advisory_unlock(31)')
  expect((await waiter.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  for (const each of [holder, waiter]) each.release()
  await closePool(pool)
})
