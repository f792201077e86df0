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
  /** The same text gives the same 32 bytes within a town and purpose: to find a sealed field by equality. A rotation of the index key changes them. */
  blindIndex(town: string, purpose: string, normalised: string): Buffer
  /** The same, and stays so through every rotation: for what is worth nothing to who knows the key, such as names made from random ids. */
  steadyIndex(town: string, purpose: string, normalised: string): Buffer
  /** An index of the layer below, as this layer of the town's makes it: rotating needs no text, only what is stored. */
  relayer(town: string, layer: number, index: Buffer): Buffer
  /** The layers there are keys of; 1 is the first. */
  readonly newestLayer: number
  layerOf(town: string): number
  /** Told by who reads it in the database (`municipality.index_layer`). */
  noteLayer(town: string, layer: number): void
  /** The id of the key that sealed this; a rotation seals anew what `newestKey` did not seal. */
  keyOf(sealed: Buffer): number
  readonly newestKey: number
  /** Takes the keys of a secret file that was changed. */
  take(secret: Keys): void
  /** What this town's log is signed with, the newest first. */
  signers(town: string): readonly Signer[]
}

export type Keys = Omit<Secret, 'signing'> & Partial<Secret>

const format = 1
const head = 3
const nonceLength = 12
const tagLength = 16

/** `again` reads the keys anew, for a field that a key sealed which was added since. */
export function createCrypto(first: Keys, again?: () => Keys): Crypto {
  let secret = first
  const layers = new Map<string, number>()
  let asked = Number.NEGATIVE_INFINITY
  /** At most once a second: anybody may send what names a key that never was. */
  function lookAgain(): void {
    const now = performance.now()
    if (!again || now - asked < 1000) return
    asked = now
    take(again())
  }
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
    if (!secret.keys.has(id)) lookAgain()
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
  function take(keys: Keys): void {
    secret = keys
    signers.clear()
  }
  const hmac = (key: KeyObject, bytes: string | Buffer) => createHmac('sha256', key).update(bytes).digest()
  const steadyIndex = (town: string, purpose: string, normalised: string) =>
    hmac(derive(secret.index, 'index', town, purpose), normalised)
  function relayer(town: string, layer: number, index: Buffer): Buffer {
    if (!secret.layers?.has(layer)) lookAgain()
    const master = secret.layers?.get(layer)
    if (!master) throw new Error(`The layer ${layer} of the index key is not in the secret file`)
    return hmac(derive(master, `layer ${layer}`, town, ''), index)
  }
  return {
    get newestKey() {
      return secret.newest
    },
    get newestLayer() {
      return Math.max(1, ...(secret.layers?.keys() ?? []))
    },
    take,
    steadyIndex,
    relayer,
    layerOf: town => layers.get(town) ?? 1,
    // A snapshot of before may tell of a layer below: towns go up only.
    noteLayer: (town, layer) => void layers.set(town, Math.max(layer, layers.get(town) ?? 1)),
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
    blindIndex(town, purpose, normalised) {
      let index: Buffer = steadyIndex(town, purpose, normalised)
      const top = layers.get(town) ?? 1
      for (let layer = 2; layer <= top; layer++) index = relayer(town, layer, index)
      return index
    },
  }
}
