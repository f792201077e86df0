import { createHash } from 'node:crypto'
import { chownSync, createReadStream } from 'node:fs'
import { copyFile, readdir, readFile, stat, statfs, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { createZstdDecompress, zstdDecompress } from 'node:zlib'
import type { Account } from '../database/postgres/account.ts'
import { PlainError } from '../plain-error.ts'
import type { Opener } from './age.ts'
import type { Base } from './base.ts'
import { type Chosen, refuseGap } from './choose.ts'
import { walFolder } from './place.ts'
import { readParts, readSegment } from './segment.ts'
import { unpackTar } from './tar.ts'
import { isSegment, placeOf, readPlace } from './wal.ts'

type Options = { root: string; survivingWal: string | undefined; say(line: string): void }

/** Puts the base backup and the log after it into a new data folder, each file compared with what PostgreSQL says it holds. */
export async function layOut(
  { root, survivingWal, say }: Options,
  chosen: Chosen,
  data: string,
  account: Account | undefined,
  opener: Opener,
): Promise<void> {
  const { base, folder } = chosen
  await refuseFull(dirname(data), base.bytes + chosen.whole.length * base.segmentSize * 1.1)
  const sums = await wantedSums(folder, base, opener)
  say(`Base backup of ${base.ended}, ${Math.round(base.bytes / 1e6)} MB`)
  const own = async (path: string) => {
    if (account) chownSync(path, account.uid, account.gid)
  }
  const path = join(folder, base.tar.name)
  const hash = createHash('sha256')
  const meter = new Transform({
    transform(chunk, _, done) {
      hash.update(chunk)
      done(null, chunk)
    },
  })
  const bytes = createReadStream(path, { highWaterMark: 1 << 20 })
  const metered = pipeline(bytes, meter)
  const opened = await opener.stream(path, meter)
  const plain = createZstdDecompress()
  const [found] = await Promise.all([unpackTar(plain, data, own), pipeline(opened, plain), metered]).catch(
    error => {
      if (error instanceof PlainError) throw error
      throw new PlainError(`${path} is damaged: ${error.message}`)
    },
  )
  if (hash.digest('hex') !== base.tar.sha256) throw new PlainError(`${path} is damaged`)
  for (const [name, sum] of sums)
    if (found.get(name) !== sum)
      throw new PlainError(`${path} is damaged: ${name} is not what PostgreSQL wrote`)
  await layOutLog({ root, survivingWal, say }, chosen, join(data, 'pg_wal'), own, opener)
}

/** Path and SHA-256 of every file, as PostgreSQL wrote them down when it made the backup. */
async function wantedSums(folder: string, base: Base, opener: Opener): Promise<Map<string, string>> {
  const path = join(folder, base.manifest.name)
  const bytes = await readFile(path)
  if (createHash('sha256').update(bytes).digest('hex') !== base.manifest.sha256)
    throw new PlainError(`${path} is damaged`)
  const text = (await promisify(zstdDecompress)(await opener.bytes(path, bytes))).toString('utf8')
  const { Files } = JSON.parse(text) as { Files: { Path?: string; Checksum?: string }[] }
  return new Map(Files.flatMap(({ Path, Checksum }) => (Path && Checksum ? [[Path, Checksum]] : [])))
}

async function layOutLog(
  { root, survivingWal, say }: Options,
  chosen: Chosen,
  into: string,
  own: (path: string) => Promise<void>,
  opener: Opener,
): Promise<void> {
  const { base, line, whole, parts } = chosen
  const from = walFolder(root, line)
  const write = async (segment: string, bytes: Buffer) => {
    await writeFile(join(into, segment), bytes, { mode: 0o600 })
    await own(join(into, segment))
  }
  const begin = readPlace(base.start)
  let end = begin - (begin % BigInt(base.segmentSize))
  for (const { segment, name } of whole) {
    const bytes = await readSegment(from, name, opener).catch(error => {
      throw new PlainError(`${join(from, name)} is damaged: ${error.message}`)
    })
    await write(segment, bytes)
    end += BigInt(base.segmentSize)
  }
  if (parts) {
    const { bytes, filled } = await readParts(from, parts.names, base.segmentSize, opener)
    await write(parts.segment, bytes)
    end = placeOf(parts.segment, base.segmentSize) + BigInt(filled)
  }
  const survived = survivingWal === undefined ? 0 : await takeSurviving(survivingWal, chosen, into, own)
  if (survived === 0) refuseGap(chosen, end)
  say(
    `Log: ${whole.length} segments${parts ? ' and part of one' : ''}${survived ? `, ${survived} of the dead cluster` : ''}`,
  )
}

/** Of the dead cluster's own log what the folder of backups does not hold whole. PostgreSQL finds the end in it by itself. */
async function takeSurviving(
  folder: string,
  { line, whole }: Chosen,
  into: string,
  own: (path: string) => Promise<void>,
): Promise<number> {
  const have = new Set(whole.map(each => each.segment))
  const last = whole.at(-1)?.segment ?? ''
  const names = (await readdir(folder)).filter(
    name =>
      isSegment(name) &&
      Number.parseInt(name.slice(0, 8), 16) === line.timeline &&
      !have.has(name) &&
      name > last,
  )
  for (const name of names) {
    await copyFile(join(folder, name), join(into, name))
    await own(join(into, name))
  }
  return names.length
}

/** Refuses when a disk has less room than this, before anything is written. */
export async function refuseFull(folder: string, bytes: number): Promise<void> {
  const there = await stat(folder).then(
    () => folder,
    () => dirname(folder),
  )
  const { bavail, bsize } = await statfs(there)
  const free = bavail * bsize
  if (free >= bytes) return
  throw new PlainError(
    `${folder} has ${Math.round(free / 1e6)} MB free; ${Math.ceil(bytes / 1e6)} MB are needed`,
  )
}
