import { createHmac } from 'node:crypto'
import type { readSecretFile } from '../../platform/crypto/index.ts'
import { PlainError } from '../../platform/plain-error.ts'
import type { Manifest } from './manifest.ts'

type Secret = ReturnType<typeof readSecretFile>

/** Tells a key from others of the same id without giving it away: every installation calls its first key 1. */
const proof = (key: Buffer) => createHmac('sha256', key).update('shubbak backup').digest('hex').slice(0, 32)

export function proofsOf(secret: Secret): Manifest['keys'] {
  const sealing = [...secret.keys].map(([id, key]) => ({ id, proof: proof(key) }))
  return { index: proof(secret.index), sealing: sealing.sort((a, b) => a.id - b.id) }
}

/** Refuses a secret file under which sealed columns would never open, nor be found, again. */
export function refuseOtherKeys(keys: Manifest['keys'], secret: Secret, path: string): void {
  const here = proofsOf(secret)
  const known = new Map(here.sealing.map(each => [each.id, each.proof]))
  const other = keys.sealing.find(each => known.get(each.id) !== each.proof)
  if (!other && keys.index === here.index) return
  throw new PlainError(
    `SECRET_FILE ${path} is not the one of the installation this was made in (${other ? `key ${other.id}` : 'the index key'} differs): put that one in its place first`,
  )
}
