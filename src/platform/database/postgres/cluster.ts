import { type ExecFileOptions, execFile } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { errorLine, PlainError } from '../../plain-error.ts'
import type { Account } from './account.ts'

const execute = promisify(execFile)

/**
 * Runs a program that was copied a moment ago. A process that begins somewhere else at the moment of copying holds the copy open for writing
 * until it has begun, and so long Linux refuses to run it ("Text file busy"): it is asked again.
 */
async function run(program: string, words: readonly string[], options: ExecFileOptions): Promise<void> {
  for (let turn = 1; ; turn++) {
    try {
      await execute(program, words, options)
      return
    } catch (error) {
      if (turn === 6 || !/ETXTBSY|Text file busy/.test(errorLine(error))) throw error
      await sleep(25 * 2 ** turn)
    }
  }
}

/** The owner of the database: migrations, roles. */
export const ownerRole = 'shubbak'

/** A small machine's settings; safety (fsync, full pages) stays as PostgreSQL ships it. */
const settings: Record<string, string> = {
  shared_buffers: '128MB',
  max_connections: '60',
  jit: 'off',
  wal_level: 'replica',
  max_wal_size: '1GB',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] %q%u@%d ',
  random_page_cost: '1.1',
  unix_socket_directories: '',
  listen_addresses: '127.0.0.1',
}

/** Nothing of the caller's environment reaches PostgreSQL: no PG… variable, no missing LANG. */
export const serverEnvironment = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

/** Makes the data folder unless it is there; a half-made one of an earlier start is thrown away. */
export async function createCluster(
  binaries: string,
  data: string,
  password: string,
  account: Account | undefined,
  extra: Record<string, string>,
): Promise<void> {
  if (existsSync(join(data, 'PG_VERSION'))) {
    const found = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim()
    if (found !== '18')
      throw new PlainError(`The database in ${data} was made by PostgreSQL ${found}; this program carries 18`)
    return
  }
  const parent = dirname(data)
  const draft = `${data}.draft`
  const secret = `${data}.password`
  mkdirSync(parent, { recursive: true })
  if (account) chmodSync(parent, 0o755)
  rmSync(draft, { recursive: true, force: true })
  rmSync(secret, { force: true })
  try {
    writeFileSync(secret, password, { mode: 0o600 })
    mkdirSync(draft, { mode: 0o700 })
    if (account) for (const path of [secret, draft]) chownSync(path, account.uid, account.gid)
    const options = Object.entries({ ...settings, ...extra }).flatMap(([name, value]) => [
      '-c',
      `${name}=${value}`,
    ])
    await run(
      join(binaries, 'bin', 'initdb'),
      [
        '-D',
        draft,
        '-U',
        ownerRole,
        `--pwfile=${secret}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
        ...options,
      ],
      { env: serverEnvironment, cwd: parent, ...account },
    )
    renameSync(draft, data)
  } catch (error) {
    throw new PlainError(`PostgreSQL could not make its data folder ${data}: ${errorLine(error)}`)
  } finally {
    rmSync(draft, { recursive: true, force: true })
    rmSync(secret, { force: true })
  }
}
