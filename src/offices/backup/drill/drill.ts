import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { refuseFull } from '../../../platform/backup/index.ts'
import { withClient } from '../../../platform/database/pool.ts'
import type { House } from '../../../platform/house.ts'
import { errorLine, PlainError } from '../../../platform/plain-error.ts'
import type { Town } from '../../../web/town.ts'
import { openFolder, verifyFolder } from '../../seal/index.ts'
import { makeBackup } from '../make.ts'
import { openExport } from '../open/export.ts'
import { beginRun, endRun, type RunResult } from '../runs.ts'
import { compareExports } from './compare.ts'

export type DrillOptions = {
  /** The program whose commands bring the town back, each in a process of its own. */
  program: string
  say(line: string): void
}

/**
 * The exit drill: takes a town out as `shubbak export` does, verifies what came out by itself, brings it back into an empty installation that
 * is made for it and thrown away, verifies that, takes it out again there and compares row by row and file by file. What came of it is kept.
 */
export async function drillTown(house: House, town: Town, options: DrillOptions): Promise<RunResult> {
  const run = await house.database.write(town.id, tx => beginRun(tx, 'drill'))
  const folder = join(house.config.dataDir, 'drill', randomBytes(6).toString('hex'))
  let result: RunResult
  try {
    result = await perform(house, town, folder, options)
  } catch (error) {
    house.log.error({ part: 'backup', town: town.slug, err: error }, 'the exit drill failed')
    result = { rows: 0, files: 0, bytes: 0, schema: '', good: false, trouble: errorLine(error) }
  } finally {
    await clear(folder)
  }
  await house.database.write(town.id, tx => endRun(tx, run, result))
  return result
}

async function perform(
  house: House,
  town: Town,
  folder: string,
  { program, say }: DrillOptions,
): Promise<RunResult> {
  await mkdir(folder, { recursive: true, mode: 0o755 })
  await refuseFull(folder, 3 * (await sizeOf(house, town)) + 100e6)
  const [out, back] = [join(folder, 'out'), join(folder, 'back')]
  const manifest = await makeBackup(house, out, { say() {}, slug: town.slug, open: openExport(house) })
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
  const { count: files, bytes } = manifest.files
  const counts = { rows, files, bytes, schema: manifest.schema }
  say(`${town.slug}: taken out, ${rows} rows, ${files} files`)
  const troubles = manifest.files.lost.map(file => `file ${file.sha256} was missing or damaged already`)
  troubles.push(...(await verifyOut(out)))
  const shubbak = (...words: string[]) => runShubbak(house, folder, program, words)
  await shubbak('migrate')
  await shubbak('restore', out)
  say(`${town.slug}: brought back elsewhere`)
  // What is wrong here already is wrong there too: the drill shows it, and goes on comparing.
  const note = (error: unknown) => void troubles.push(errorLine(error))
  await shubbak('verify', town.slug, '--deep').catch(note)
  await shubbak('export', town.slug, back).catch(note)
  troubles.push(...(await compareExports(out, back)))
  say(`${town.slug}: compared, ${troubles.length} differ`)
  return {
    ...counts,
    good: troubles.length === 0,
    trouble: troubles.length > 0 ? troubles.join('\n') : undefined,
  }
}

/** What came out, verified by nothing but itself. */
async function verifyOut(path: string): Promise<string[]> {
  const found: string[] = []
  const folder = await openFolder(path)
  for (const town of folder.towns)
    await verifyFolder(folder, town, {
      counted() {},
      outside: [],
      keys: [],
      found: ({ code, subject }) => found.push(`${code} ${subject}`),
    })
  return found
}

/** Bytes of the database and of the town's files, roughly. */
async function sizeOf(house: House, town: Town): Promise<number> {
  return withClient(house.server.ownerUrl, async client => {
    const { rows } = await client.query<{ bytes: number }>(
      `select (pg_database_size(current_database()) + coalesce((select sum(size) from public.file where municipality_id = $1), 0))::float8 as bytes`,
      [town.id],
    )
    return rows[0]?.bytes ?? 0
  })
}

const mostSaid = 4_000

/** A command of the program on an installation of its own: nothing of ours but the secret file. */
async function runShubbak(house: House, folder: string, program: string, words: string[]): Promise<void> {
  const { secretFile, systemDir } = house.config
  const env = {
    PATH: process.env.PATH ?? '',
    DATA_DIR: join(folder, 'data'),
    SYSTEM_DIR: systemDir,
    SECRET_FILE: secretFile,
    NODE_ENV: 'production',
    LOG_LEVEL: 'silent',
  }
  const child = spawn(process.execPath, [program, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => {
      said = (said + chunk).slice(-mostSaid)
    })
  const code = await new Promise<number | null>((done, failed) => {
    child.once('error', failed)
    child.once('close', done)
  })
  if (code === 0) return
  const lines = said.trim().split('\n')
  throw new PlainError(`${words[0]}: ${lines.slice(-6).join(' · ')}`)
}

/** Takes the installation of a drill away, with its rows, which root keeps elsewhere. */
async function clear(folder: string): Promise<void> {
  const record = join(folder, 'data', 'postgres.json')
  if (existsSync(record)) {
    const { data } = JSON.parse(readFileSync(record, 'utf8')) as { data: string }
    await rm(data.startsWith(folder) ? data : dirname(data), { recursive: true, force: true })
  }
  await rm(folder, { recursive: true, force: true })
}

/** What drills that were killed left behind. */
export async function clearOldDrills(house: House): Promise<void> {
  const home = join(house.config.dataDir, 'drill')
  for (const name of await readdir(home).catch(() => [])) await clear(join(home, name))
}
