import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  fdatasyncSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { cpus, release, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import type { Results } from '../../src/offices/oversight/measured/file.ts'
import { withClient } from '../../src/platform/database/pool.ts'
import { startPostgres } from '../../src/platform/database/postgres/supervisor.ts'
import { ensureDatabase } from '../../src/platform/database/roles.ts'
import { projectRoot } from '../../src/platform/root.ts'
import { median } from './report.ts'

/** What decides how much PostgreSQL can do, and how safely it keeps what it was given. */
const telling = [
  'shared_buffers',
  'effective_cache_size',
  'work_mem',
  'maintenance_work_mem',
  'max_connections',
  'jit',
  'fsync',
  'synchronous_commit',
  'full_page_writes',
  'wal_level',
  'wal_compression',
  'max_wal_size',
  'checkpoint_timeout',
  'random_page_cost',
  'autovacuum',
  'io_method',
  'plan_cache_mode',
  'data_checksums',
]

/** The machine and the programs on it, as far as figures depend on them. Writes to the disk for a second to see how fast it is. */
export async function describeMachine(): Promise<Pick<Results, 'machine' | 'versions' | 'settings'>> {
  const [first] = cpus()
  const { version, settings } = await askPostgres()
  return {
    machine: {
      cpu: first?.model ?? 'unknown',
      cores: cpus().length,
      memoryMb: Math.round(totalmem() / 2 ** 20),
      kernel: release(),
      disk: disk(tmpdir()),
    },
    versions: { node: process.version, postgres: version },
    settings,
  }
}

/** How often a second eight kilobytes reach the disk for good, one after the other. */
function disk(folder: string): Results['machine']['disk'] {
  const path = join(folder, `shubbak-fsync-${process.pid}`)
  const file = openSync(path, 'w')
  const page = Buffer.alloc(8192, 1)
  const times: number[] = []
  try {
    for (const end = performance.now() + 1000; performance.now() < end; ) {
      const began = performance.now()
      writeSync(file, page, 0, page.length, (times.length % 128) * page.length)
      fdatasyncSync(file)
      times.push(performance.now() - began)
    }
  } finally {
    closeSync(file)
    rmSync(path)
  }
  const fsyncMs = Number(median(times).toPrecision(3))
  return { fileSystem: fileSystemOf(folder), fsyncsPerSecond: times.length, fsyncMs }
}

function fileSystemOf(folder: string): string {
  const mounts = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map(line => line.split(' '))
    .filter(([, at = '-']) => folder === at || folder.startsWith(at === '/' ? at : `${at}/`))
    .sort(([, a = ''], [, b = '']) => b.length - a.length)
  return mounts[0]?.[2] ?? 'unknown'
}

async function askPostgres(): Promise<{ version: string; settings: Record<string, string> }> {
  const folder = mkdtempSync(join(tmpdir(), 'shubbak-bench-'))
  chmodSync(folder, 0o755)
  const postgres = await startPostgres({
    dataDir: join(folder, 'data'),
    systemDir: join(folder, 'system'),
    hold: true,
  })
  try {
    await ensureDatabase(postgres.ownerUrl)
    return await withClient(postgres.ownerUrl, async client => {
      const { rows } = await client.query<{ name: string; shown: string }>(
        'select name, current_setting(name) as shown from pg_settings where name = any($1)',
        [telling],
      )
      const shown = new Map(rows.map(row => [row.name, row.shown]))
      const version = await client.query<{ v: string }>("select current_setting('server_version') as v")
      return {
        version: version.rows[0]?.v ?? 'unknown',
        settings: Object.fromEntries(
          telling.flatMap(name => (shown.has(name) ? [[name, shown.get(name) ?? '']] : [])),
        ),
      }
    })
  } finally {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

const git = (...words: string[]) => execFileSync('git', words, { cwd: projectRoot, encoding: 'utf8' }).trim()

/** The code as it stands: version, commit, and whether every file of it is the commit's. */
export function describeCode(): Results['shubbak'] {
  const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
    version: string
  }
  try {
    const changed = git('status', '--porcelain')
    return { version, commit: git('rev-parse', '--short', 'HEAD'), clean: changed === '' }
  } catch {
    return { version, commit: 'unknown', clean: false }
  }
}
