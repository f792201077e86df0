import { statfs } from 'node:fs/promises'
import { letCommitsWait } from '../backup/wait.ts'
import type { Config } from '../config.ts'
import { PlainError } from '../plain-error.ts'
import { startPostgres } from './postgres/supervisor.ts'

/** Where the database answers: a PostgreSQL of the town's own, or the embedded one of this data folder. */
export interface DatabaseServer {
  /** The application's log-in. */
  url: string
  /** Past any pooler, for LISTEN. */
  directUrl: string
  /** For migrations, backup and verification. */
  ownerUrl: string
  /** Set when the application's role is ours to make a log-in of. */
  appPassword: string | undefined
  /** @throws PlainError when the disk of the database has next to no room; of a PostgreSQL elsewhere nobody here knows. */
  hasRoom?(): Promise<void>
  stop(): Promise<void>
}

/** Two pieces of PostgreSQL's log: when the next cannot be begun, it stops. */
const leastRoomBytes = 32 * 1024 * 1024

export interface ServerOptions {
  /** Whether this process is the one that keeps the embedded PostgreSQL running and stops it at its end. */
  hold: boolean
  say?: (line: string) => void
}

export async function openServer(config: Config, options: ServerOptions): Promise<DatabaseServer> {
  if (config.databaseUrl) {
    return {
      url: config.databaseUrl,
      directUrl: config.databaseDirectUrl ?? config.databaseUrl,
      ownerUrl: config.databaseOwnerUrl ?? config.databaseUrl,
      appPassword: undefined,
      stop: async () => {},
    }
  }
  const postgres = await startPostgres({ dataDir: config.dataDir, systemDir: config.systemDir, ...options })
  // Whoever kept the second copy is not there yet, and may never be: nothing waits for it until it says so.
  if (options.hold) await letCommitsWait(postgres.ownerUrl.replace(/[^/]*$/, 'postgres'), false)
  return {
    url: postgres.appUrl,
    directUrl: postgres.appUrl,
    ownerUrl: postgres.ownerUrl,
    appPassword: postgres.appPassword,
    hasRoom: async () => {
      const { bavail, bsize } = await statfs(postgres.data)
      if (bavail * bsize < leastRoomBytes) throw new PlainError('The disk of the database is full')
    },
    stop: () => postgres.stop(),
  }
}
