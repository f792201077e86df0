import { join, resolve } from 'node:path'
import { errorLine } from '../../plain-error.ts'
import { serverAccount } from './account.ts'
import { postgresBinaries } from './binaries.ts'
import { createCluster, ownerRole } from './cluster.ts'
import { findHolder, holdFolder } from './hold.ts'
import { isServerOf } from './processes.ts'
import { openRecord, saveRecord } from './record.ts'
import { bringDown, bringUp, findFreePort, isPortFree } from './server.ts'

export interface PostgresOptions {
  dataDir: string
  /** Whether this process owns the data folder: it alone restarts the server when it dies, and stops it at the end. */
  hold: boolean
  /** Where root keeps binaries and rows, which another user must reach. */
  systemDir?: string
  /** Further settings of a new data folder. */
  settings?: Record<string, string>
  say?: (line: string) => void
}

export interface Postgres {
  /** The owner of the database, for migrations. */
  readonly ownerUrl: string
  /** The application's role, which row-level security binds. */
  readonly appUrl: string
  readonly appPassword: string
  readonly adopted: boolean
  readonly data: string
  pid(): number
  /** Stops the server; a process that does not hold the folder leaves a server it found running, or that another holds. */
  stop(): Promise<void>
}

const watchEveryMs = 250

/** Starts (or adopts) the PostgreSQL of a data folder and keeps it alive until `stop`. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const dataDir = resolve(options.dataDir)
  const systemDir = options.systemDir ?? '/var/lib/shubbak'
  const say = options.say ?? (() => {})
  const record = openRecord(dataDir, systemDir)
  const release = options.hold ? await holdFolder(dataDir) : undefined
  try {
    const account = serverAccount(record.data)
    const place = {
      binaries: postgresBinaries(account && systemDir),
      data: record.data,
      log: join(dataDir, 'postgres.log'),
      account,
    }
    await createCluster(place.binaries, record.data, record.password, account, options.settings ?? {})
    const port = record.port && (await isPortFree(record.port)) ? record.port : await findFreePort()
    let running = await bringUp(place, port)
    const { adopted } = running
    if (running.port !== record.port) saveRecord(dataDir, { ...record, port: running.port })

    let stopping = false
    let restart: Promise<void> = Promise.resolve()
    const watch = () => {
      if (stopping || isServerOf(running.pid, place.data)) return again()
      say('PostgreSQL died; starting it again')
      restart = bringUp(place, running.port).then(
        next => {
          running = next
          say('PostgreSQL runs again')
        },
        error => say(errorLine(error)),
      )
      restart.then(again)
    }
    let timer: NodeJS.Timeout | undefined
    function again() {
      if (!stopping) timer = setTimeout(watch, watchEveryMs).unref()
    }
    if (options.hold) again()

    const url = (user: string, password: string) =>
      `postgresql://${user}:${password}@127.0.0.1:${running.port}/shubbak`
    return {
      ownerUrl: url(ownerRole, record.password),
      appUrl: url('shubbak_app', record.appPassword),
      appPassword: record.appPassword,
      adopted,
      data: record.data,
      pid: () => running.pid,
      async stop() {
        if (stopping) return
        stopping = true
        clearTimeout(timer)
        await restart
        const another = findHolder(dataDir)
        const ours = options.hold || (!adopted && (!another || another === process.pid))
        if (ours) await bringDown(place, running.pid)
        release?.()
      },
    }
  } catch (error) {
    release?.()
    throw error
  }
}
