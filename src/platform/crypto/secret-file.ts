import { hkdfSync, randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
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
const shape = z.object({
  index: key,
  keys: z.array(z.object({ id: z.int().min(1).max(65535), key })).min(1),
  signing: z.array(key).min(1).optional(),
})

/** The keys of this installation. The newest encrypts, every one decrypts; blind indexes have a key of their own that stays. */
export interface Secret {
  index: Buffer
  keys: Map<number, Buffer>
  newest: number
  /** What the towns' logs are signed with, the newest first; each town has keys of its own made from them. */
  signing: readonly Buffer[]
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

/** Puts a new signing key before those there are, which go on signing beside it. Written aside and named last; the rest stays as it was. */
export function addSigningKey(path: string): void {
  const { signing } = readSecretFile(path)
  const found = shape.loose().parse(JSON.parse(readFileSync(path, 'utf8')))
  const earlier = found.signing ?? signing.map(each => each.toString('base64url'))
  const aside = `${path}.new`
  finish(openSync(aside, 'w', 0o600), { ...found, signing: [fresh(), ...earlier] })
  renameSync(aside, path)
}

export function readSecretFile(path: string): Secret {
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
    return {
      index,
      keys: new Map(found.keys.map(each => [each.id, Buffer.from(each.key, 'base64url')])),
      newest: Math.max(...found.keys.map(each => each.id)),
      signing: found.signing?.map(each => Buffer.from(each, 'base64url')) ?? [firstSigning(index)],
    }
  } catch {
    throw new PlainError(
      `SECRET_FILE ${path} is damaged: restore it from the backup; nothing sealed opens without it`,
    )
  }
}
