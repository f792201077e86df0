import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../../src/platform/root.ts'
import { temporaryPostgres } from './postgres.ts'
import { tableTypes } from './table-types.ts'

/** `node start.mjs types`: writes the types of the tables anew after a migration was added. */
const postgres = await temporaryPostgres()
try {
  const file = join(projectRoot, 'src/platform/database/tables.ts')
  writeFileSync(file, await tableTypes(postgres.ownerUrl))
  process.stdout.write(`wrote ${file}\n`)
} finally {
  await postgres.stop()
}
