import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
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
})

/** The keys of this installation. The newest encrypts, every one decrypts; blind indexes have a key of their own that stays. */
export interface Secret {
  index: Buffer
  keys: Map<number, Buffer>
  newest: number
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
  writeSync(file, `${JSON.stringify({ index: fresh(), keys: [{ id: 1, key: fresh() }] }, null, 2)}\n`)
  fsyncSync(file)
  closeSync(file)
  chmodSync(path, 0o600)
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
    return {
      index: Buffer.from(found.index, 'base64url'),
      keys: new Map(found.keys.map(each => [each.id, Buffer.from(each.key, 'base64url')])),
      newest: Math.max(...found.keys.map(each => each.id)),
    }
  } catch {
    throw new PlainError(
      `SECRET_FILE ${path} is damaged: restore it from the backup; nothing sealed opens without it`,
    )
  }
}
