import { readMigrations } from '../../../src/platform/database/migrate.ts'
import { startPostgres } from '../../../src/platform/database/postgres/supervisor.ts'
import { startServer } from '../../bench/server.ts'
import { audit } from '../auditor.ts'
import { startClients } from '../clients.ts'
import type { Outcome } from '../results.ts'
import type { Setting } from '../setting.ts'
import { until } from '../stage.ts'
import { startWorker } from '../worker.ts'
import { layWith } from './old-ground.ts'
import { checkOut, nextVersion, oldCommit } from './other.ts'

/**
 * A town of an old version, with people who file: the old one ends, this one migrates and goes on at the same address. Versions before the
 * sign of life (docs/decisions/0016) are stopped before the migration; the clients wait that long.
 */
export async function upgradeFrom(setting: Setting): Promise<Outcome> {
  const commit = oldCommit(setting.word('from'))
  setting.say(`upgrading from ${commit.slice(0, 9)}`)
  const old = checkOut(commit)
  const mine = nextVersion(await setting.program(), {})
  const ground = layWith(old)
  const postgres = await startPostgres({
    dataDir: ground.environment.DATA_DIR,
    systemDir: ground.environment.SYSTEM_DIR,
    hold: true,
  })
  const environment = {
    ...ground.environment,
    DATABASE_URL: postgres.appUrl,
    DATABASE_OWNER_URL: postgres.ownerUrl,
  }
  const wrong: string[] = []
  let server = await startServer('serve', environment, { program: old.program })
  let worker = startWorker(environment, old.program)
  try {
    const { port } = server
    const clients = startClients(ground, port, 6)
    const failed = clients.finished.then(
      () => undefined,
      error => error as Error,
    )
    await until('the first filings', () => clients.acknowledged.length > 30)
    const before = clients.acknowledged.length
    await worker.stop()
    await server.stop()
    const down = performance.now()
    const early = await mine.run(['serve'], { ...environment, PORT: String(port) })
    if (!/run shubbak migrate/.test(early.said))
      wrong.push(`this version on the old schema: ${early.said.slice(-300)}`)
    const migrated = await mine.run(['migrate'], environment)
    if (!/Migrated: \d+/.test(migrated.said)) wrong.push(`migrating: ${migrated.said.slice(-500)}`)
    server = await startServer('serve', environment, { port, program: mine.program })
    worker = startWorker(environment, mine.program)
    const away = performance.now() - down
    await until('filing goes on', () => clients.acknowledged.length > before + 20)
    clients.finish()
    const error = await failed
    if (error) throw error
    await worker.stop()
    await server.stop()
    const verdict = await audit(ground, clients)
    return {
      ...verdict,
      kills: 0,
      acknowledged: clients.acknowledged.length,
      wrong: [...wrong, ...verdict.wrong],
      figures: {
        'upgraded from': commit.slice(0, 9),
        migrations: migrated.said.split('\n').at(-1) ?? '',
        'schema now': readMigrations().at(-1)?.name ?? '',
        'away while it was upgraded, s': Math.round(away / 1000),
      },
    }
  } finally {
    await worker.kill()
    await server.kill()
    await postgres.stop()
    ground.clear()
    old.clear()
    mine.clear()
  }
}
