import { spawn } from 'node:child_process'
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type Account, serverAccount } from '../database/postgres/account.ts'
import { postgresBinaries } from '../database/postgres/binaries.ts'
import { ownerRole, serverEnvironment } from '../database/postgres/cluster.ts'
import { holdFolder } from '../database/postgres/hold.ts'
import { openRecord } from '../database/postgres/record.ts'
import { appRole } from '../database/roles.ts'
import { errorLine, PlainError } from '../plain-error.ts'
import { openWith } from './age.ts'
import type { Base } from './base.ts'
import { type Chosen, chooseBase } from './choose.ts'
import { layOut } from './lay-out.ts'
import { slotName } from './receive.ts'

export interface RecoverOptions {
  root: string
  dataDir: string
  systemDir: string
  /** The file with the private key, where the backups are sealed. */
  identity: string | undefined
  /** The instant to go to; the newest there is otherwise. */
  until: Date | undefined
  /** The pg_wal of the dead cluster, where its disk can still be read: what had not been sent is there. */
  survivingWal: string | undefined
  /** Refuses a backup that does not fit this installation. */
  check(base: Base): void
  say(line: string): void
}

/**
 * Brings a cluster back from the folder of backups into a data folder that has none, up to an instant or the end of the log. Works beside
 * the final place and moves it there last: whatever stops it, it can be tried again.
 */
export async function recover(options: RecoverOptions): Promise<{ base: Base; reached: Date | undefined }> {
  const { dataDir, systemDir, say } = options
  const chosen = chooseBase(options.root, options.until)
  options.check(chosen.base)
  const opener = openWith(options.identity)
  const record = openRecord(dataDir, systemDir)
  if (existsSync(record.data))
    throw new PlainError(`There is a database in ${record.data} already: restore needs an empty DATA_DIR`)
  const release = await holdFolder(dataDir)
  const account = serverAccount(record.data)
  const draft = `${record.data}.restoring`
  try {
    const binaries = postgresBinaries(account && systemDir)
    rmSync(draft, { recursive: true, force: true })
    mkdirSync(dirname(draft), { recursive: true, ...(account ? { mode: 0o755 } : {}) })
    mkdirSync(draft, { mode: 0o700 })
    if (account) chownSync(draft, account.uid, account.gid)
    await layOut(options, chosen, draft, account, opener)
    const reached = await replay({ ...options, chosen, draft, binaries, account, record })
    renameSync(draft, record.data)
    say(`The database is at ${reached?.toISOString() ?? chosen.base.ended}`)
    return { base: chosen.base, reached }
  } finally {
    rmSync(draft, { recursive: true, force: true })
    release()
  }
}

type Replay = RecoverOptions & {
  chosen: Chosen
  draft: string
  binaries: string
  account: Account | undefined
  record: { password: string; appPassword: string }
}

/** Lets PostgreSQL go through the log, gives its roles this installation's passwords, and stops it. */
async function replay({
  chosen,
  draft,
  binaries,
  account,
  record,
  until,
  dataDir,
  say,
}: Replay): Promise<Date | undefined> {
  // Nobody but this user gets into the folder of the socket, so that no password is asked there.
  const door = mkdtempSync(join(tmpdir(), 'shubbak-restore-'))
  const log = join(dataDir, 'restore.log')
  try {
    const hba = join(door, 'hba.conf')
    writeFileSync(hba, 'local all all trust\n')
    if (account) for (const path of [door, hba]) chownSync(path, account.uid, account.gid)
    writeFileSync(join(draft, 'recovery.signal'), '')
    if (account) chownSync(join(draft, 'recovery.signal'), account.uid, account.gid)
    const settings = {
      hba_file: hba,
      // All of the log lies in pg_wal already.
      restore_command: 'false',
      recovery_target_timeline: String(chosen.line.timeline),
      recovery_target_action: 'promote',
      ...(until && { recovery_target_time: until.toISOString().replace('T', ' ').replace('Z', '+00') }),
      archive_mode: 'off',
      synchronous_standby_names: '',
      hot_standby: 'off',
    }
    const words = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const server = spawn(
      join(binaries, 'bin', 'postgres'),
      ['-D', draft, '-k', door, '-h', '', '-p', '5432', ...words],
      { stdio: ['ignore', 'pipe', 'pipe'], env: serverEnvironment, cwd: dirname(draft), ...account },
    )
    let said = ''
    for (const stream of [server.stdout, server.stderr])
      stream.on('data', chunk => {
        said = (said + chunk).slice(-200_000)
      })
    const gone = new Promise<void>(done => server.once('exit', () => done()).once('error', () => done()))
    let ended = false
    void gone.then(() => {
      ended = true
    })
    try {
      for (let turn = 1; !isReady(draft); turn++) {
        if (ended) throw new PlainError(failureIn(said, until))
        if (turn % 200 === 0) say('Going through the log')
        await sleep(50)
      }
      return await settle(door, record)
    } finally {
      server.kill('SIGINT')
      await gone
      writeFileSync(log, said, { mode: 0o600 })
    }
  } finally {
    rmSync(door, { recursive: true, force: true })
  }
}

function isReady(data: string): boolean {
  try {
    return readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[7]?.trim() === 'ready'
  } catch {
    return false
  }
}

function failureIn(said: string, until: Date | undefined): string {
  if (/recovery ended before configured recovery target was reached/.test(said) && until)
    return `The log ends before ${until.toISOString()}: leave out --until for the newest there is`
  const line = said.split('\n').findLast(each => /FATAL|PANIC/.test(each))
  return `PostgreSQL could not go through the log: ${line?.replace(/^.*?(FATAL|PANIC):\s*/, '') ?? 'it said nothing'}`
}

/** What the dead installation knew and this one does not: passwords, and whom its commits waited for. */
async function settle(door: string, record: Replay['record']): Promise<Date | undefined> {
  const client = new pg.Client({ host: door, port: 5432, user: ownerRole, database: 'postgres' })
  await client.connect()
  try {
    const { rows } = await client.query<{ at: Date | null }>('select pg_last_xact_replay_timestamp() as at')
    const passwords: Record<string, string> = { [ownerRole]: record.password, [appRole]: record.appPassword }
    const known = await client.query<{ name: string }>(
      'select rolname as name from pg_roles where rolname = any($1)',
      [Object.keys(passwords)],
    )
    for (const { name } of known.rows)
      await client.query(
        `alter role ${pg.escapeIdentifier(name)} login password ${pg.escapeLiteral(passwords[name] ?? '')}`,
      )
    await client.query('alter system reset synchronous_standby_names')
    await client.query(
      'select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = $1',
      [slotName],
    )
    await client.query('checkpoint')
    return rows[0]?.at ?? undefined
  } catch (error) {
    throw new PlainError(`The restored database cannot be entered: ${errorLine(error)}`)
  } finally {
    await client.end().catch(() => {})
  }
}
