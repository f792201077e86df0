import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { PlainError } from '../plain-error.ts'
import { type Base, readBase } from './base.ts'
import { baseFolder, basesOf, firstMissing, type Line, linesIn, walOf } from './place.ts'
import { readPlace, segmentOf } from './wal.ts'

/** What a restore is made of: a base backup, and the log from its beginning as far as it goes. */
export interface Chosen {
  line: Line
  folder: string
  base: Base
  /** Names of the whole segments, in order, and of the parts of the one that was being written. */
  whole: { segment: string; name: string }[]
  parts: { segment: string; names: string[] } | undefined
}

/** Every finished base backup of a folder, oldest first. */
export function allBases(root: string): { line: Line; folder: string; base: Base }[] {
  return linesIn(root)
    .flatMap(line =>
      basesOf(root, line).map(name => {
        const folder = join(baseFolder(root, line), name)
        return { line, folder, base: readBase(folder) }
      }),
    )
    .sort((a, b) => (a.base.ended < b.base.ended ? -1 : 1))
}

/** The newest base backup that was finished by `until`, and the log after it. */
export function chooseBase(root: string, until: Date | undefined): Chosen {
  const bases = allBases(root)
  const last = until?.toISOString()
  const chosen = bases.findLast(({ base }) => last === undefined || base.ended <= last)
  if (!chosen) {
    if (bases[0] && last !== undefined)
      throw new PlainError(`The oldest base backup in ${root} is of ${bases[0].base.ended}, after ${last}`)
    const logical = readdirSync(root).includes('manifest.json')
    throw new PlainError(
      logical
        ? `${root} is what shubbak backup FOLDER makes: restore it without --physical`
        : `There is no finished base backup in ${root}`,
    )
  }
  const { line, base } = chosen
  // What comes after the base backup that follows is not needed for an instant before it.
  const next =
    last === undefined ? undefined : bases.find(each => sameLine(each.line, line) && each.base.began > last)
  const begin = readPlace(base.start)
  const wal = walOf(root, line)
  const missing = firstMissing(wal.whole, begin, line.timeline, base.segmentSize)
  const stop = next ? readPlace(next.base.end) + BigInt(base.segmentSize) : missing
  const whole: Chosen['whole'] = []
  const size = BigInt(base.segmentSize)
  for (let at = begin - (begin % size); at < missing && at < stop; at += size) {
    const segment = segmentOf(at, line.timeline, base.segmentSize)
    whole.push({ segment, name: wal.whole.get(segment) ?? '' })
  }
  const open = segmentOf(missing, line.timeline, base.segmentSize)
  const names = wal.parts.get(open)
  return { ...chosen, whole, parts: names && missing <= stop ? { segment: open, names } : undefined }
}

const sameLine = (a: Line, b: Line) => a.system === b.system && a.timeline === b.timeline

/** Refuses when the log does not reach to where the base backup is whole; `end` is how far it goes. */
export function refuseGap({ base, line }: Chosen, end: bigint): void {
  if (end >= readPlace(base.end)) return
  const segment = segmentOf(end, line.timeline, base.segmentSize)
  throw new PlainError(
    `The log is not there to where the base backup of ${base.ended} ended: ${segment} is missing`,
  )
}
