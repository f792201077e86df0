import { mkdir, open, readdir, rename, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { House } from '../../../platform/house.ts'
import type { Town } from '../../../web/town.ts'
import { admitFile } from '../../archive/index.ts'
import { keepScan } from './store.ts'

/** Long enough for a scanner that is still writing to have written more. */
const settleMs = 150
const atOnce = 40

/** A file that came out of the scanner and was not taken in. */
export type RefusedScan = { fileName: string; code: string }

/** Where the scanner of a window puts its files: DATA_DIR/scans/TOWN/WINDOW. */
export const scanFolder = (house: Pick<House, 'config'>, town: Pick<Town, 'slug'>, window: number): string =>
  join(house.config.dataDir, 'scans', town.slug, String(window))

/** The windows whose folders stand there. */
export async function scanWindows(house: Pick<House, 'config'>, town: Pick<Town, 'slug'>): Promise<number[]> {
  const names = await listed(join(house.config.dataDir, 'scans', town.slug))
  return names.flatMap(name => (/^\d{1,4}$/.test(name) ? [Number(name)] : []))
}

/**
 * Takes in what the scanner of a window has put into its folder, by the archive's own checks: what is a paper waits to be attached and
 * its file moves to `done`, what is none moves to `failed` with the reason in its name. A file is kept before it is moved: stopped in
 * between, it is met again by its content and not kept twice.
 */
export async function admitScans(
  house: House,
  town: Pick<Town, 'id' | 'slug'>,
  window: number,
): Promise<RefusedScan[]> {
  const folder = scanFolder(house, town, window)
  const refused: RefusedScan[] = []
  for (const fileName of (await listed(folder)).sort().slice(0, atOnce)) {
    const path = join(folder, fileName)
    if (!(await isSettled(path))) continue
    const fault = await admitOne(house, town.id, window, path, fileName)
    if (fault === 'gone') continue
    if (fault) refused.push({ fileName, code: fault })
    await putAside(folder, fileName, fault)
  }
  return refused
}

async function admitOne(
  house: House,
  townId: string,
  window: number,
  path: string,
  fileName: string,
): Promise<string | undefined> {
  const file = await open(path).catch(() => undefined)
  // Somebody else took it in at this moment.
  if (!file) return 'gone'
  try {
    const { admitted, fault } = await admitFile(house, townId, file.createReadStream(), fileName)
    if (!admitted) return fault.code
    await house.database.write(townId, tx => keepScan(tx, window, admitted))
    return undefined
  } finally {
    await file.close().catch(() => undefined)
  }
}

async function putAside(folder: string, fileName: string, fault: string | undefined): Promise<void> {
  const aside = join(folder, fault ? 'failed' : 'done')
  await mkdir(aside, { recursive: true })
  const ending = extname(fileName)
  const name = fault ? `${fileName.slice(0, fileName.length - ending.length)}.${fault}${ending}` : fileName
  // The scanner numbers its files anew each morning: an older one of this name is not overwritten.
  const taken = new Set(await readdir(aside))
  let free = name
  for (let at = 2; taken.has(free); at += 1) free = `${at}-${name}`
  await rename(join(folder, fileName), join(aside, free)).catch(error => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  })
}

/** The files of a folder; none where there is no such folder. Hidden ones are the scanner's own. */
async function listed(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries
      .filter(entry => !entry.name.startsWith('.') && entry.name !== 'done' && entry.name !== 'failed')
      .map(entry => entry.name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** Whether a file is there and nobody writes to it any more. */
async function isSettled(path: string): Promise<boolean> {
  const first = await stat(path).catch(() => undefined)
  if (!first?.isFile()) return false
  await sleep(settleMs)
  const second = await stat(path).catch(() => undefined)
  return second !== undefined && second.size === first.size && second.mtimeMs === first.mtimeMs
}
