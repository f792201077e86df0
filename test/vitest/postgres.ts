import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { migrate } from '../../src/platform/database/migrate.ts'
import { withClient } from '../../src/platform/database/pool.ts'
import { startPostgres } from '../../src/platform/database/postgres/supervisor.ts'

declare module 'vitest' {
  interface ProvidedContext {
    postgres: { ownerUrl: string; appUrl: string }
  }
}

/** A migrated PostgreSQL in a folder of its own that is gone when it stops; it need not outlive a power cut. */
export async function temporaryPostgres() {
  const folder = mkdtempSync(join(tmpdir(), 'shubbak-test-'))
  chmodSync(folder, 0o755)
  const postgres = await startPostgres({
    dataDir: join(folder, 'data'),
    systemDir: join(folder, 'system'),
    hold: true,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
  })
  const stop = async () => {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const now = new Date('2026-03-01T08:00:00Z')
    await migrate(postgres.ownerUrl, { appPassword: postgres.appPassword, now })
  } catch (error) {
    await stop()
    throw error
  }
  return { ownerUrl: postgres.ownerUrl, appUrl: postgres.appUrl, stop }
}

/** One PostgreSQL for the whole run, with one migrated template that each test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { stop, ...urls } = await temporaryPostgres()
  await withClient(urls.ownerUrl.replace(/[^/]*$/, 'postgres'), client =>
    client.query('alter database shubbak is_template true allow_connections false'),
  )
  project.provide('postgres', urls)
  return stop
}
