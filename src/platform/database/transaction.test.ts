import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/database.ts'

const db = await testDatabase()
const town = '01890000-0000-7000-8000-000000000001'

describe('a transaction', () => {
  test('carries its town', async () => {
    const found = await db.database.read(town, tx =>
      sql<{ town: string }>`select current_setting('app.municipality') as town`.execute(tx.q),
    )
    expect(found.rows[0]?.town).toBe(town)
  })
})
