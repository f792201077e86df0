import { hkdfSync, randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { errorCode, PlainError } from '../plain-error.ts'

const key = z.base64url().refine(text => Buffer.from(text, 'base64url').length === 32)
/** A key of before they were dated has none. */
const numbered = z.object({ id: z.int().min(1).max(65535), key, from: z.iso.datetime().optional() })
const shape = z.object({
  index: key,
  layers: z.array(numbered).optional(),
  keys: z.array(numbered).min(1),
  signing: z.array(key).min(1).optional(),
})
type Found = z.output<typeof shape>

/** The keys of this installation. The newest encrypts, every one decrypts. */
export interface Secret {
  /** What numbers are found by: the first layer of each town's blind indexes, which stays. */
  index: Buffer
  /** Keys put over it since, by their number from 2 on (`layerOf` in crypto.ts). */
  layers?: Map<number, Buffer>
  keys: Map<number, Buffer>
  newest: number
  /** What the towns' logs are signed with, the newest first; each town has keys of its own made from them. */
  signing: readonly Buffer[]
  /** Since when a key is used, where it says so. */
  since?: { keys: Map<number, Date>; layers: Map<number, Date> }
}

const fresh = () => randomBytes(32).toString('base64url')

/** Writes a new secret file unless there is one. It is never written over: what it sealed would be lost. */
export function createSecretFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  let file: number
  try {
    file = openSync(path, 'wx', 0o600)
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return
    throw error
  }
  finish(file, { index: fresh(), keys: [{ id: 1, key: fresh() }], signing: [fresh()] })
  chmodSync(path, 0o600)
}

function finish(file: number, secret: z.input<typeof shape>): void {
  writeSync(file, `${JSON.stringify(secret, null, 2)}\n`)
  fsyncSync(file)
  closeSync(file)
}

/** A file of before there were signing keys signs with one made from its index key, which never changes. */
const firstSigning = (index: Buffer): Buffer =>
  Buffer.from(hkdfSync('sha256', index, '', 'shubbak first signing key', 32))

/** Changes the file: written aside, on the disk, and named last, so that whatever stops it one of both is whole. What it does not know stays. */
function change(path: string, how: (found: Found) => Partial<Found>): void {
  readSecretFile(path)
  const found = shape.loose().parse(JSON.parse(readFileSync(path, 'utf8')))
  const next = { ...found, ...how(found) }
  shape.parse(next)
  const aside = `${path}.new`
  const file = openSync(aside, 'w', 0o600)
  ownedAs(path, file)
  finish(file, next)
  renameSync(aside, path)
  onDisk(dirname(path))
}

/** Whoever runs the command, the file stays whose it was: the service reads it. */
function ownedAs(path: string, file: number): void {
  const [is, should] = [fstatSync(file), statSync(path)]
  if (is.uid !== should.uid || is.gid !== should.gid) fchownSync(file, should.uid, should.gid)
}

/** Waits until the disk knows the names in a folder. */
function onDisk(path: string): void {
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

/** Puts a new signing key before those there are, which go on signing beside it. */
export function addSigningKey(path: string): void {
  change(path, ({ signing, index }) => {
    const first = firstSigning(Buffer.from(index, 'base64url')).toString('base64url')
    return { signing: [fresh(), ...(signing ?? [first])] }
  })
}

/** Takes out signing keys but for the newest: for one that became known to others. */
export function keepNewestSigningKey(path: string): void {
  change(path, ({ signing }) => (signing ? { signing: signing.slice(0, 1) } : {}))
}

const next = (ids: readonly { id: number }[], first: number) =>
  Math.max(first - 1, ...ids.map(({ id }) => id)) + 1

/** Adds a sealing key that is used from this instant on; gives its number. The earlier ones go on opening what they sealed. */
export function addSealingKey(path: string, from: Date): number {
  let id = 0
  change(path, ({ keys }) => {
    id = next(keys, 1)
    return { keys: [...keys, { id, key: fresh(), from: from.toISOString() }] }
  })
  return id
}

/** Takes a sealing key out, after a copy of the file as it was has been written beside it; gives the path of the copy. */
export function retireSealingKey(path: string, id: number): string {
  const copy = `${path}.before-retiring-${id}`
  if (!existsSync(copy)) {
    copyFileSync(path, copy, constants.COPYFILE_EXCL)
    chmodSync(copy, 0o600)
    const file = openSync(copy, 'r+')
    ownedAs(path, file)
    fsyncSync(file)
    closeSync(file)
    onDisk(dirname(copy))
  }
  change(path, ({ keys }) => ({ keys: keys.filter(each => each.id !== id) }))
  return copy
}

/** Adds a layer over the index key, taken for a town once its indexes are made anew; gives its number. */
export function addIndexLayer(path: string, from: Date): number {
  let id = 0
  change(path, ({ layers = [] }) => {
    id = next(layers, 2)
    return { layers: [...layers, { id, key: fresh(), from: from.toISOString() }] }
  })
  return id
}

const bytesOf = (list: readonly { id: number; key: string }[] = []) =>
  new Map(list.map(each => [each.id, Buffer.from(each.key, 'base64url')]))
const datesOf = (list: readonly { id: number; from?: string | undefined }[] = []) =>
  new Map(list.flatMap(({ id, from }) => (from === undefined ? [] : [[id, new Date(from)] as const])))

/** Reads the keys. `now`: a key of later is not the newest yet (another machine may not have it), but opens. */
export function readSecretFile(path: string, now?: Date): Secret {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT')
      throw new PlainError(`SECRET_FILE ${path} does not exist; the first start makes it`)
    throw new PlainError(`SECRET_FILE ${path} cannot be read (${errorCode(error)})`)
  }
  if (statSync(path).mode & 0o077)
    throw new PlainError(`SECRET_FILE ${path} may be read by others: chmod 600 it`)
  try {
    const found = shape.parse(JSON.parse(text))
    const index = Buffer.from(found.index, 'base64url')
    const used = found.keys.filter(({ from }) => !now || !from || new Date(from) <= now)
    return {
      index,
      layers: bytesOf(found.layers),
      keys: bytesOf(found.keys),
      newest: Math.max(...(used.length > 0 ? used : found.keys).map(each => each.id)),
      signing: found.signing?.map(each => Buffer.from(each, 'base64url')) ?? [firstSigning(index)],
      since: { keys: datesOf(found.keys), layers: datesOf(found.layers) },
    }
  } catch {
    throw new PlainError(
      `SECRET_FILE ${path} is damaged: restore it from the backup; nothing sealed opens without it`,
    )
  }
}
