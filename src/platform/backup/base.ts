import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough, type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress } from 'node:zlib'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import { PlainError } from '../plain-error.ts'
import { type Seal, sealFor } from './age.ts'
import { baseFolder, type Line, syncFolder, writeWhole } from './place.ts'
import { openReplication } from './replication.ts'

const packed = z.strictObject({ name: z.string(), bytes: z.int(), sha256: z.string() })

const shape = z.strictObject({
  format: z.literal(1),
  /** The number of the cluster, and its timeline: those of the line it stands in. */
  system: z.string(),
  timeline: z.int(),
  /** Where in the log the copy began and ended: all of it between is needed to make the copy whole. */
  start: z.string(),
  end: z.string(),
  segmentSize: z.int(),
  began: z.iso.datetime(),
  ended: z.iso.datetime(),
  /** Bytes of the cluster before they were packed. */
  bytes: z.int(),
  tar: packed,
  manifest: packed,
  /** What the caller says of the installation: what a restore compares. */
  told: z.record(z.string(), z.unknown()),
})

/** What a base backup says of itself; written last, so that a folder with one is whole. */
export type Base = z.infer<typeof shape>

export function readBase(folder: string): Base {
  try {
    return shape.parse(JSON.parse(readFileSync(join(folder, 'base.json'), 'utf8')))
  } catch {
    throw new PlainError(`${join(folder, 'base.json')} is damaged`)
  }
}

export interface BaseOptions {
  url: string
  root: string
  recipients: readonly string[]
  clock: Clock
  told: Record<string, unknown>
}

/** How hard PostgreSQL's pages are packed: 3 is zstd's own measure. */
const strength = { params: { [constants.ZSTD_c_compressionLevel]: 3, [constants.ZSTD_c_checksumFlag]: 1 } }

/** Packs, seals, measures and writes one stream into a new file. */
function keepStream(path: string, seal: Seal) {
  const plain = new PassThrough({ highWaterMark: 1 << 20 })
  const hash = createHash('sha256')
  const told = { plain: 0, bytes: 0 }
  const written = (async () => {
    const small = createZstdCompress(strength)
    const packing = pipeline(plain, small)
    const sealed: Readable = await seal.stream(small)
    const meter = new Transform({
      transform(chunk: Buffer, _, done) {
        hash.update(chunk)
        told.bytes += chunk.length
        done(null, chunk)
      },
    })
    await Promise.all([
      packing,
      pipeline(sealed, meter, createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true })),
    ])
  })()
  written.catch(error => plain.destroy(error))
  let drained: Promise<void> | undefined
  return {
    /** Holds back by what it returns once enough waits to be written. */
    write(bytes: Buffer): Promise<void> | undefined {
      told.plain += bytes.length
      // The buffer is pg's own and used again.
      if (plain.write(Buffer.from(bytes))) return undefined
      drained ??= once(plain, 'drain').then(() => {
        drained = undefined
      })
      return drained
    },
    async end(name: string): Promise<z.infer<typeof packed> & { plain: number }> {
      plain.end()
      await written
      return { name, bytes: told.bytes, sha256: hash.digest('hex'), plain: told.plain }
    },
  }
}

/**
 * A copy of the whole cluster as PostgreSQL hands it out (BASE_BACKUP, page checksums verified as they are read), while everything goes on
 * working. It is good together with the log from `start` on.
 */
export async function takeBase(options: BaseOptions): Promise<{ folder: string; base: Base }> {
  const { clock, root } = options
  const seal = sealFor(options.recipients)
  const link = await openReplication(options.url, 'shubbak base backup')
  let draft: string | undefined
  try {
    const began = clock.now()
    const [identity] = await link.run('IDENTIFY_SYSTEM')
    const [size] = await link.run('SHOW wal_segment_size')
    const line: Line = { system: identity?.systemid ?? '', timeline: Number(identity?.timeline) }
    const stamp = began.toISOString().replace(/[-:]|\.\d+/g, '')
    const folder = join(baseFolder(root, line), stamp)
    draft = `${folder}.draft`
    await rm(draft, { recursive: true, force: true })
    mkdirSync(draft, { recursive: true, mode: 0o700 })
    const names = { tar: `base.tar.zst${seal.ending}`, manifest: `backup_manifest.zst${seal.ending}` }
    const tar = keepStream(join(draft, names.tar), seal)
    const manifest = keepStream(join(draft, names.manifest), seal)
    let into: typeof tar | undefined
    const answer = await link.run(
      `BASE_BACKUP (LABEL 'shubbak', CHECKPOINT 'fast', WAIT false, MANIFEST 'yes', MANIFEST_CHECKSUMS 'SHA256')`,
      bytes => {
        if (bytes[0] === 0x64) return into?.write(bytes.subarray(1))
        if (bytes[0] === 0x6d) into = manifest
        else if (bytes[0] === 0x6e) {
          if (into)
            return Promise.reject(new PlainError('The database has tablespaces elsewhere: use pg_basebackup'))
          into = tar
        }
        return undefined
      },
    )
    const [packedTar, packedManifest] = await Promise.all([tar.end(names.tar), manifest.end(names.manifest)])
    const { plain: bytes, ...tarTold } = packedTar
    const { plain: _, ...manifestTold } = packedManifest
    const base: Base = {
      format: 1,
      ...line,
      start: answer[0]?.recptr ?? '',
      end: answer.at(-1)?.recptr ?? '',
      segmentSize: sizeIn(size?.wal_segment_size ?? ''),
      began: began.toISOString(),
      ended: clock.now().toISOString(),
      bytes,
      tar: tarTold,
      manifest: manifestTold,
      told: options.told,
    }
    await writeWhole(join(draft, 'base.json'), Buffer.from(`${JSON.stringify(base, null, 2)}\n`))
    await mkdir(baseFolder(root, line), { recursive: true })
    await rename(draft, folder)
    await syncFolder(baseFolder(root, line))
    return { folder, base }
  } catch (error) {
    if (draft) await rm(draft, { recursive: true, force: true })
    throw error
  } finally {
    await link.end()
  }
}

/** '16MB' in bytes. */
function sizeIn(text: string): number {
  const [, number, unit] = /^(\d+)(kB|MB|GB)$/.exec(text) ?? []
  return Number(number) * ({ kB: 2 ** 10, MB: 2 ** 20, GB: 2 ** 30 }[unit ?? ''] ?? Number.NaN)
}
