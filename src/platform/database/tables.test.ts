import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/database.ts'
import { tableTypes } from '../../../test/vitest/table-types.ts'

test('the committed types of the tables are those of the migrations (else run: node start.mjs types)', async () => {
  const { ownerUrl } = await testDatabase()
  const committed = readFileSync(join(import.meta.dirname, 'tables.ts'), 'utf8')
  expect(await tableTypes(ownerUrl)).toBe(committed)
})
