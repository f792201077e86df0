import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import type { Secret } from './secret-file.ts'
import { type Signer, signersFrom } from './signing.ts'

/** Sealing of personal fields: each town and each purpose has keys of its own. */
export interface Crypto {
  /** Encrypts; only the same town and purpose open it again. */
  seal(town: string, purpose: string, plaintext: string): Buffer
  open(town: string, purpose: string, sealed: Buffer): string
  /** The same text gives the same 32 bytes within a town and purpose: to find a sealed field by equality. */
  blindIndex(town: string, purpose: string, normalised: string): Buffer
  /** The id of the key that sealed this; a rotation seals anew what `newestKey` did not seal. */
  keyOf(sealed: Buffer): number
  readonly newestKey: number
  /** What this town's log is signed with, the newest first. */
  signers(town: string): readonly Signer[]
}

const format = 1
const head = 3
const nonceLength = 12
const tagLength = 16

export function createCrypto(secret: Omit<Secret, 'signing'> & Partial<Secret>): Crypto {
  // Keys stand ready as Node keeps them: making one of its bytes costs more than a seal.
  const derived = new Map<string, KeyObject>()
  function derive(master: Buffer, id: string, town: string, purpose: string): KeyObject {
    const name = JSON.stringify([id, town, purpose])
    let key = derived.get(name)
    if (!key) {
      key = createSecretKey(Buffer.from(hkdfSync('sha256', master, town, `shubbak ${name}`, 32)))
      if (derived.size > 10_000) derived.clear()
      derived.set(name, key)
    }
    return key
  }
  function fieldKey(id: number, town: string, purpose: string): KeyObject {
    const master = secret.keys.get(id)
    if (!master) throw new Error(`The key ${id} that sealed this is not in the secret file`)
    return derive(master, `seal ${id}`, town, purpose)
  }
  function keyOf(sealed: Buffer): number {
    if (sealed.length < head + nonceLength + tagLength || sealed[0] !== format)
      throw new Error('Not a sealed field')
    return sealed.readUInt16BE(1)
  }
  const signers = new Map<string, readonly Signer[]>()
  return {
    newestKey: secret.newest,
    signers(town) {
      const known = signers.get(town) ?? signersFrom(secret.signing ?? [secret.index], town)
      signers.set(town, known)
      return known
    },
    keyOf,
    seal(town, purpose, plaintext) {
      const start = Buffer.alloc(head)
      start[0] = format
      start.writeUInt16BE(secret.newest, 1)
      const nonce = randomBytes(nonceLength)
      const cipher = createCipheriv('aes-256-gcm', fieldKey(secret.newest, town, purpose), nonce)
      cipher.setAAD(start)
      const body = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()])
      return Buffer.concat([start, nonce, body, cipher.getAuthTag()])
    },
    open(town, purpose, sealed) {
      const key = fieldKey(keyOf(sealed), town, purpose)
      const body = sealed.length - tagLength
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(head, head + nonceLength), {
        authTagLength: tagLength,
      })
      decipher.setAAD(sealed.subarray(0, head))
      decipher.setAuthTag(sealed.subarray(body))
      return Buffer.concat([
        decipher.update(sealed.subarray(head + nonceLength, body)),
        decipher.final(),
      ]).toString('utf8')
    },
    blindIndex: (town, purpose, normalised) =>
      createHmac('sha256', derive(secret.index, 'index', town, purpose))
        .update(normalised, 'utf8')
        .digest(),
  }
}
