import { createHmac } from 'node:crypto'
import type { readSecretFile } from '../../platform/crypto/index.ts'
import { PlainError } from '../../platform/plain-error.ts'
import type { Manifest } from './manifest.ts'

type Secret = ReturnType<typeof readSecretFile>

/** Tells a key from others of the same id without giving it away: every installation calls its first key 1. */
const proof = (key: Buffer) => createHmac('sha256', key).update('shubbak backup').digest('hex').slice(0, 32)

export function proofsOf(secret: Secret): Manifest['keys'] {
  const proofs = (keys: ReadonlyMap<number, Buffer> = new Map()) =>
    [...keys].map(([id, key]) => ({ id, proof: proof(key) })).sort((a, b) => a.id - b.id)
  const layers = proofs(secret.layers)
  return {
    index: proof(secret.index),
    ...(layers.length > 0 && { layers }),
    sealing: proofs(secret.keys),
  }
}

/** Refuses a secret file under which sealed columns would never open, nor be found, again. */
export function refuseOtherKeys(keys: Manifest['keys'], secret: Secret, path: string): void {
  const here = proofsOf(secret)
  const otherOf = (there: typeof here.sealing = [], known: typeof here.sealing = []) =>
    there.find(each => known.find(({ id }) => id === each.id)?.proof !== each.proof)
  const other = otherOf(keys.sealing, here.sealing)
  const layer = otherOf(keys.layers, here.layers)
  if (!other && !layer && keys.index === here.index) return
  throw new PlainError(
    `SECRET_FILE ${path} is not the one of the installation this was made in (${other ? `key ${other.id}` : layer ? `layer ${layer.id} of the index key` : 'the index key'} differs): put that one in its place first`,
  )
}
