import { mkdirSync } from 'node:fs'
import { sql } from 'kysely'
import type { Registry } from 'prom-client'
import { mirroredFiles, openMirror } from './backup/index.ts'
import { type Clock, systemClock } from './clock.ts'
import type { Config } from './config.ts'
import { type Crypto, createSecretFile } from './crypto/index.ts'
import { enterGate, type Gate } from './database/gate.ts'
import { type Database, migrate, openDatabase } from './database/index.ts'
import { readMigrations } from './database/migrate.ts'
import { openReplica } from './database/replica/index.ts'
import { type DatabaseServer, openServer } from './database/server.ts'
import type { LayerGuard } from './database/transaction.ts'
import { createEvents, type Events } from './events.ts'
import { type FileStore, openFiles } from './files/index.ts'
import { openKeyring } from './keyring.ts'
import { openScanner, type Scanner } from './scanner/index.ts'
import { type Log, openLog } from './telemetry/log.ts'
import { createMetrics } from './telemetry/metrics.ts'
import { watchOf } from './telemetry/numbers.ts'
import { createReadiness, type Readiness } from './telemetry/readiness.ts'

/** Everything an office may use of the technical floor. */
export interface House {
  readonly config: Config
  readonly clock: Clock
  readonly database: Database
  readonly events: Events
  readonly files: FileStore
  /** The virus scanner of this installation, where it has one. */
  readonly scanner: Scanner | undefined
  readonly crypto: Crypto
  readonly log: Log
  readonly metrics: Registry
  readonly readiness: Readiness
  /** The addresses of the database, for what works beside the application's role: jobs, backup, verification. */
  readonly server: DatabaseServer
  /** Resolves with the reason once the schema has become one this version may not work on. */
  readonly refused?: Promise<string> | undefined
  close(): Promise<void>
}

/** Where only a pooler is known that hands connections round, no sign of life can stand: whoever migrates stops older programs first. */
const handsRound = ({ prepared, databaseDirectUrl }: Config) => !prepared && databaseDirectUrl === undefined

export interface HouseOptions {
  /** Keeps the embedded PostgreSQL alive and stops it at the end: for `start` and `serve`. */
  hold?: boolean
  /** Makes the secret file and brings the schema up to date. */
  prepare?: boolean
  clock?: Clock
  log?: Log
  say?: (line: string) => void
}

export async function openHouse(config: Config, options: HouseOptions = {}): Promise<House> {
  const clock = options.clock ?? systemClock
  const log = options.log ?? openLog(config.logLevel)
  const say = options.say ?? (() => {})
  mkdirSync(config.dataDir, { recursive: true })
  if (options.prepare) createSecretFile(config.secretFile)
  const keyring = openKeyring(config.secretFile, clock, error =>
    log.error({ part: 'keys', err: error }, 'the changed secret file cannot be read: keys are as before'),
  )
  const { crypto } = keyring
  const kept = openFiles(config.filesUrl, config.dataDir)
  const { folder, keys } = config.backup
  const files =
    folder === undefined
      ? kept
      : mirroredFiles(kept, openMirror(folder, keys), error =>
          log.error({ part: 'backup', err: error }, 'a file was not written into BACKUP_DIR'),
        )
  const scanner = config.clamavUrl === undefined ? undefined : openScanner(config.clamavUrl)
  const server = await openServer(config, { hold: options.hold ?? false, say })
  let gate: Gate | undefined
  let primary: Database | undefined
  try {
    if (options.prepare) {
      const appPassword = server.appPassword
      await migrate(server.ownerUrl, { ...(appPassword ? { appPassword } : {}), now: clock.now(), say })
    }
    const metrics = createMetrics()
    primary = await openDatabase(server.url, {
      clock,
      watch: watchOf(metrics, config.databasePool),
      max: config.databasePool,
      prepared: config.prepared,
      layers: keyring,
      onError: error => log.warn({ part: 'database', err: error }, 'database trouble'),
    })
    if (!handsRound(config)) gate = await enterGate(server.directUrl, readMigrations())
    const guarded = gate ? gate.guard(primary) : primary
    await keyring.learn(guarded)
    const database = withReplica(guarded, config, { clock, log, layers: keyring })
    const readiness = createReadiness()
    readiness.add('database', () => database.directory(q => sql`select 1`.execute(q)))
    readiness.add('files', () => files.check())
    const { hasRoom } = server
    if (hasRoom) readiness.add('room', hasRoom)
    return {
      config,
      clock,
      database,
      files,
      scanner,
      crypto,
      log,
      metrics,
      readiness,
      server,
      events: createEvents(),
      refused: gate?.refused,
      async close() {
        keyring.close()
        await database.close()
        await gate?.leave()
        await server.stop()
      },
    }
  } catch (error) {
    keyring.close()
    await gate?.leave()
    await primary?.close()
    await server.stop()
    throw error
  }
}

/** The database with old reads from its replica, where the settings name one. */
function withReplica(
  primary: Database,
  { databaseReplicaUrl: url, databaseReplicaAge, databasePool, prepared }: Config,
  { log, ...rest }: Pick<House, 'clock' | 'log'> & { layers: LayerGuard },
): Database {
  if (url === undefined) return primary
  const part = 'replica'
  return openReplica(primary, {
    ...rest,
    url,
    prepared,
    max: databasePool,
    mostSeconds: databaseReplicaAge,
    onChange: isRead =>
      isRead
        ? log.info({ part }, 'what may be a little old is read from the replica')
        : log.warn({ part }, 'the replica is away or too old: everything is read from the primary'),
    onError: error => log.debug({ part, err: error }, 'trouble with the replica'),
  }).database
}
