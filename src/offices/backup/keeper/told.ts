import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readSecretFile } from '../../../platform/crypto/index.ts'
import { withClient } from '../../../platform/database/pool.ts'
import type { House } from '../../../platform/house.ts'
import { projectRoot } from '../../../platform/root.ts'
import { proofsOf } from '../keys.ts'
import { lastMigration } from '../schema.ts'

/** What a physical backup says of the installation it was made in: program, schema, keys by their fingerprints, towns. */
export async function toldOf(
  house: House,
): Promise<{ version: string; schema: string } & Record<string, unknown>> {
  const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'))
  const keys = proofsOf(readSecretFile(house.config.secretFile))
  return withClient(house.server.ownerUrl, async client => {
    const schema = await lastMigration(client)
    const { rows } = await client.query<{ slug: string }>(
      'select slug from public.municipality order by slug',
    )
    return { version, schema, keys, towns: rows.map(row => row.slug) }
  })
}
