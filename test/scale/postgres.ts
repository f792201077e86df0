import { execFileSync } from 'node:child_process'
import { appendFileSync, chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { migrate } from '../../src/platform/database/migrate.ts'
import { withClient } from '../../src/platform/database/pool.ts'
import { serverAccount } from '../../src/platform/database/postgres/account.ts'
import {
  bringDown,
  bringUp,
  findFreePort,
  type Place,
  type Running,
} from '../../src/platform/database/postgres/server.ts'
import { postgresBinaries } from './needs.ts'

/** A PostgreSQL of Debian on loopback, in a folder of its own. */
export type PostgresServer = {
  place: Place
  port: number
  start(): Promise<void>
  stop(): Promise<void>
}

const database = 'town'

/** Everybody's password is their name and `-word`: the servers listen on loopback only, for as long as the trial lasts. */
export const urlOf = (user: 'admin' | 'owner' | 'web', port: number, name = database): string =>
  `postgresql://${user}:${user}-word@127.0.0.1:${port}/${name}`

function serverAt(place: Place, port: number): PostgresServer {
  let running: Running | undefined
  return {
    place,
    port,
    async start() {
      running = await bringUp(place, port)
    },
    async stop() {
      if (running) await bringDown(place, running.pid)
      running = undefined
    },
  }
}

/** A folder PostgreSQL's own user may have. */
export function folderFor(path: string) {
  const account = serverAccount(path)
  mkdirSync(path, { mode: 0o700, recursive: true })
  if (account) chownSync(path, account.uid, account.gid)
  return account
}

/** Makes a primary and starts it. */
export async function layPrimary(folder: string): Promise<PostgresServer> {
  const data = join(folder, 'primary')
  const account = folderFor(data)
  const password = join(folder, 'admin-password')
  writeFileSync(password, 'admin-word', { mode: 0o600 })
  if (account) chownSync(password, account.uid, account.gid)
  execFileSync(
    `${postgresBinaries}/bin/initdb`,
    [
      '-D',
      data,
      '-U',
      'admin',
      `--pwfile=${password}`,
      '-A',
      'scram-sha-256',
      '-E',
      'UTF8',
      '--locale=C',
      '--no-sync',
    ],
    { cwd: folder, stdio: 'ignore', ...account },
  )
  appendFileSync(join(data, 'postgresql.conf'), 'max_connections = 200\njit = off\n')
  const log = join(folder, 'primary.log')
  const primary = serverAt({ binaries: postgresBinaries, data, log, account }, await findFreePort())
  await primary.start()
  return primary
}

/** The roles, the schema, and the log-in the program uses. */
export async function layDatabase(port: number): Promise<void> {
  await withClient(urlOf('admin', port, 'postgres'), async client => {
    await client.query("create role owner login createrole createdb password 'owner-word'")
    await client.query(`create database ${database} owner owner`)
  })
  await migrate(urlOf('owner', port), { now: new Date() })
  await withClient(urlOf('admin', port), client =>
    client.query("create role web login password 'web-word' in role shubbak_app"),
  )
}

/** Copies the primary and follows it by streaming. */
export async function layReplica(folder: string, primary: PostgresServer): Promise<PostgresServer> {
  const data = join(folder, 'replica')
  const account = folderFor(data)
  chmodSync(folder, 0o755)
  execFileSync(
    `${postgresBinaries}/bin/pg_basebackup`,
    ['-d', urlOf('admin', primary.port, 'postgres'), '-D', data, '-R', '-X', 'stream', '-c', 'fast'],
    { cwd: folder, stdio: 'ignore', ...account },
  )
  const log = join(folder, 'replica.log')
  const replica = serverAt({ binaries: postgresBinaries, data, log, account }, await findFreePort())
  await replica.start()
  return replica
}
