import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { sealedEnding } from '../../platform/backup/index.ts'
import { errorCode, PlainError } from '../../platform/plain-error.ts'

const format = 1
const count = z.int().nonnegative()
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

const shape = z.strictObject({
  format: z.literal(format),
  /** The program that made it. */
  version: z.string(),
  madeAt: z.iso.datetime(),
  /** Whether its tables and files are sealed (docs/guide/backup.md); this page never is. */
  sealed: z.boolean().default(false),
  /** The last migration of the database it was made of. */
  schema: z.string(),
  /** What the keys of the secret file are known by; the keys themselves are nowhere in here. */
  keys: z.strictObject({
    index: z.string(),
    /** Of the layers over the index key, where there are any. */
    layers: z.array(z.strictObject({ id: z.int(), proof: z.string() })).optional(),
    sealing: z.array(z.strictObject({ id: z.int(), proof: z.string() })),
  }),
  towns: z
    .array(z.strictObject({ id: z.uuid(), slug: z.string(), name: z.string(), hosts: z.array(z.string()) }))
    .min(1),
  /** `sha256` is of the file as it lies there, as `sha256sum` tells it. */
  tables: z.array(z.strictObject({ name: z.string().regex(/^[a-z][a-z0-9_]*$/), rows: count, sha256 })),
  files: z.strictObject({
    count,
    bytes: count,
    /** Files the registers name that were missing or damaged already when this was made. */
    lost: z.array(z.strictObject({ town: z.uuid(), sha256 })),
  }),
})

/** What a backup says of itself; written last, so that a folder with one is whole. */
export type Manifest = z.infer<typeof shape>

export const manifestFormat = format

/** A folder of a backup, and whether what is in it is sealed. */
export type Place = { folder: string; sealed: boolean }

const ending = ({ sealed }: Place) => (sealed ? sealedEnding : '')
export const tablePath = (place: Place, table: string) =>
  join(place.folder, 'tables', `${table}.jsonl.gz${ending(place)}`)
export const filePath = (place: Place, file: { town: string; sha256: string }) =>
  join(place.folder, 'files', file.town, `${file.sha256}${ending(place)}`)
export const manifestPath = (folder: string) => join(folder, 'manifest.json')

export async function readManifest(folder: string): Promise<Manifest> {
  let found: unknown
  try {
    found = JSON.parse(await readFile(manifestPath(folder), 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) throw new PlainError(`${manifestPath(folder)} is damaged`)
    if (errorCode(error) !== 'ENOENT') throw error
    throw new PlainError(`${folder} is no finished backup: it has no manifest.json`)
  }
  const written = z.looseObject({ format: z.int(), version: z.string() }).safeParse(found)
  if (written.success && written.data.format !== format)
    throw new PlainError(
      `${folder} is in format ${written.data.format}, made by Shubbak ${written.data.version}; this program reads ${format}`,
    )
  const read = shape.safeParse(found)
  if (read.success) return read.data
  throw new PlainError(`${manifestPath(folder)} is damaged: ${read.error.issues[0]?.path.join('.')}`)
}
