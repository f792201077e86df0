import { existsSync, readdirSync } from 'node:fs'
import { mkdir, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  allBases,
  catchUpMirror,
  checkBase,
  isKept,
  openMirror,
  pruneBackups,
  reachesEnd,
  refuseFull,
  takeBase,
} from '../../../platform/backup/index.ts'
import type { House } from '../../../platform/house.ts'
import { errorLine, PlainError } from '../../../platform/plain-error.ts'
import { openTownDirectory, type Town } from '../../../web/town.ts'
import { makeBackup } from '../make.ts'
import { beginRun, endRun, type RunKind, type RunResult } from '../runs.ts'
import { forgetDestroyed } from './forget.ts'
import { toldOf } from './told.ts'

export const townsOf = (house: House): Promise<Town[]> =>
  openTownDirectory(house.database, () => performance.now()).all()

/** Does nightly work and writes down for every town what came of it. What it throws is what it found wrong. */
export async function withRecord(
  house: House,
  kind: RunKind,
  work: () => Promise<Omit<RunResult, 'good' | 'trouble'>>,
): Promise<RunResult> {
  const towns = await townsOf(house)
  const runs = new Map<string, string>()
  for (const { id } of towns) runs.set(id, await house.database.write(id, tx => beginRun(tx, kind)))
  let result: RunResult
  try {
    result = { ...(await work()), good: true, trouble: undefined }
  } catch (error) {
    house.log.error({ part: 'backup', err: error }, 'a backup failed')
    result = { rows: 0, files: 0, bytes: 0, schema: '', good: false, trouble: errorLine(error) }
  }
  for (const [town, run] of runs) await house.database.write(town, tx => endRun(tx, run, result))
  return result
}

/** Of the last one and a fifth more: a town grows overnight, not by half. */
const roomFactor = 1.2

/** The nightly backup of the cluster: room, copy, second copy of the files, a reading of what was written, and the old ones taken away. */
export async function nightlyPhysical(
  house: House,
  root: string,
): Promise<Omit<RunResult, 'good' | 'trouble'>> {
  const { keys, keep } = house.config.backup
  const last = allBases(root).at(-1)?.base
  await mkdir(root, { recursive: true, mode: 0o700 })
  await refuseFull(root, (last?.tar.bytes ?? 10e6) * roomFactor)
  const told = await toldOf(house)
  const { folder, base } = await takeBase({
    url: house.server.ownerUrl,
    root,
    recipients: keys,
    clock: house.clock,
    told,
  })
  const files = await mirrorAll(house, root)
  await checkBase(folder)
  // What was written while the copy was made comes by the log; it is there a moment later.
  const arrived = async () => (await isKept(house.server.ownerUrl, base.end)) && reachesEnd(root, folder)
  for (let turn = 0; !(await arrived()); turn++) {
    if (turn === 60) throw new PlainError('The log does not arrive: the base backup is not whole without it')
    await sleep(1000)
  }
  await pruneBackups(root, keep, base)
  await forgetDestroyed(house, root)
  return { rows: 0, files, bytes: base.tar.bytes, schema: told.schema }
}

/** The files of every town into the second folder; gives how many there are. */
async function mirrorAll(house: House, root: string): Promise<number> {
  const mirror = openMirror(root, house.config.backup.keys)
  let files = 0
  for (const town of await townsOf(house)) {
    await catchUpMirror(house.files, mirror, town.id)
    for await (const _ of house.files.list(town.id)) files += 1
  }
  return files
}

/** Where the database is not ours: rows and files of all towns, as `shubbak backup` writes them. */
export async function nightlyLogical(
  house: House,
  root: string,
): Promise<Omit<RunResult, 'good' | 'trouble'>> {
  const { keys, keep } = house.config.backup
  const home = join(root, 'logical')
  await mkdir(home, { recursive: true, mode: 0o700 })
  const { bavail, bsize } = await statfs(home)
  if (bavail * bsize < 100e6) throw new PlainError(`${home} is full`)
  const stamp = house.clock
    .now()
    .toISOString()
    .replace(/[-:]|\.\d+/g, '')
  const manifest = await makeBackup(house, join(home, stamp), { say() {}, keys })
  const made = readdirSync(home)
    .filter(name => existsSync(join(home, name, 'manifest.json')))
    .sort()
  for (const name of made.slice(0, Math.max(0, made.length - keep)))
    await rm(join(home, name), { recursive: true, force: true })
  return {
    rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
    files: manifest.files.count,
    bytes: manifest.files.bytes,
    schema: manifest.schema,
  }
}
