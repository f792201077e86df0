import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { PlainError } from '../plain-error.ts'
import { readBase } from './base.ts'
import { allBases } from './choose.ts'
import { firstMissing, type Line, lineFolder, linesIn, walFolder, walOf } from './place.ts'
import { placeOf, readPlace, segmentOf } from './wal.ts'

/** Reads a base backup again from its disk: every byte must be what was written. */
export async function checkBase(folder: string): Promise<void> {
  const base = readBase(folder)
  for (const { name, bytes, sha256 } of [base.tar, base.manifest]) {
    const path = join(folder, name)
    const hash = createHash('sha256')
    let size = 0
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
      hash.update(chunk)
      size += chunk.length
    }
    if (size !== bytes || hash.digest('hex') !== sha256)
      throw new PlainError(`${path} does not read as it was written: is the disk failing?`)
  }
}

/** Whether the log in the folder reaches from the beginning of a base backup to where it is whole, but for a segment still being written. */
export function reachesEnd(root: string, folder: string): boolean {
  const base = readBase(folder)
  const end = readPlace(base.end)
  const { whole, parts } = walOf(root, base)
  const missing = firstMissing(whole, readPlace(base.start), base.timeline, base.segmentSize)
  return (
    missing >= end ||
    (end - missing < BigInt(base.segmentSize) &&
      parts.has(segmentOf(missing, base.timeline, base.segmentSize)))
  )
}

/**
 * Takes away what no kept base backup needs: all but the newest `keep` of them, the log before the oldest that stays, and lines of which
 * none stays. The line that is being written, `now`, is not touched otherwise.
 */
export async function pruneBackups(root: string, keep: number, now: Line): Promise<number> {
  const bases = allBases(root)
  const gone = bases.slice(0, Math.max(0, bases.length - keep))
  for (const { folder } of gone) await rm(folder, { recursive: true, force: true })
  const kept = bases.slice(gone.length)
  for (const line of linesIn(root)) {
    const [oldest] = kept.filter(
      each => each.line.system === line.system && each.line.timeline === line.timeline,
    )
    if (oldest) {
      const start = readPlace(oldest.base.start)
      const size = oldest.base.segmentSize
      const { whole, parts } = walOf(root, line)
      for (const [segment, names] of [...[...whole].map(([s, n]) => [s, [n]] as const), ...parts])
        if (placeOf(segment, size) + BigInt(size) <= start)
          for (const name of names) await rm(join(walFolder(root, line), name), { force: true })
    } else if (line.system !== now.system || line.timeline !== now.timeline)
      await rm(lineFolder(root, line), { recursive: true, force: true })
  }
  return gone.length
}

/** Whether no base backup stands on the stretch of log that is being written: it is of no use yet. */
export function isBare(root: string, { line, from }: { line: Line; from: bigint }): boolean {
  return !allBases(root).some(
    ({ base }) =>
      base.system === line.system && base.timeline === line.timeline && readPlace(base.start) >= from,
  )
}
