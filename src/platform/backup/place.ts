import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isSegment, placeOf } from './wal.ts'

/**
 * BACKUP_DIR, from the inside. A line is the history of one cluster on one timeline; a restored database begins a new one.
 *
 *     files/TOWN/ab/cd/SHA256[.age]              every kept file, written as it is kept
 *     line-SYSTEM-TIMELINE/base/STAMP/           base.json, base.tar.zst[.age], backup_manifest.zst[.age]
 *     line-SYSTEM-TIMELINE/wal/SEGMENT.zst[.age] the write-ahead log since
 *     line-SYSTEM-TIMELINE/wal/SEGMENT.part.N    what has come of the segment being written
 *     logical/STAMP/                             where the database is not ours: what `shubbak backup` writes
 */
export interface Line {
  system: string
  timeline: number
}

export const lineFolder = (root: string, { system, timeline }: Line) =>
  join(root, `line-${system}-${timeline}`)
export const walFolder = (root: string, line: Line) => join(lineFolder(root, line), 'wal')
export const baseFolder = (root: string, line: Line) => join(lineFolder(root, line), 'base')
export const mirrorFolder = (root: string) => join(root, 'files')

const inside = (folder: string) => (existsSync(folder) ? readdirSync(folder).sort() : [])

/** Every line a folder of backups holds. */
export function linesIn(root: string): Line[] {
  return inside(root).flatMap(name => {
    const found = /^line-(\d+)-(\d+)$/.exec(name)
    return found?.[1] ? [{ system: found[1], timeline: Number(found[2]) }] : []
  })
}

/** The names of finished base backups of a line, oldest first. */
export const basesOf = (root: string, line: Line): string[] =>
  inside(baseFolder(root, line)).filter(name => existsSync(join(baseFolder(root, line), name, 'base.json')))

/** What the folder of a line holds of the log: whole segments by name, and the parts of those begun. */
export function walOf(
  root: string,
  line: Line,
): { whole: Map<string, string>; parts: Map<string, string[]> } {
  const whole = new Map<string, string>()
  const parts = new Map<string, string[]>()
  for (const name of inside(walFolder(root, line))) {
    const segment = name.slice(0, 24)
    if (!isSegment(segment)) continue
    if (/^\.zst(\.age)?$/.test(name.slice(24))) whole.set(segment, name)
    else if (/^\.part\.\d+$/.test(name.slice(24))) parts.set(segment, [...(parts.get(segment) ?? []), name])
  }
  return { whole, parts }
}

/** The first segment from `from` on that is not whole: up to it the log is without a gap. */
export function firstMissing(
  whole: ReadonlyMap<string, string>,
  from: bigint,
  timeline: number,
  size: number,
): bigint {
  const there = new Set(
    [...whole.keys()]
      .filter(name => Number.parseInt(name.slice(0, 8), 16) === timeline)
      .map(name => placeOf(name, size)),
  )
  let next = from - (from % BigInt(size))
  while (there.has(next)) next += BigInt(size)
  return next
}

/** Makes the names in a folder survive a power cut. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** Writes a file aside, on the disk, then names it: a file of that name is whole. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString('hex')}.draft`
  const file = await open(draft, 'w', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, path)
  await syncFolder(dirname(path))
}
