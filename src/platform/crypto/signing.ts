import { createPrivateKey, createPublicKey, hkdfSync, sign } from 'node:crypto'

/** An Ed25519 key: its public half as 32 bytes, and what signs with the other. */
export type Signer = { readonly publicKey: Buffer; sign(bytes: Buffer): Buffer }

/** A private key in PKCS #8 begins so; its 32 bytes follow. */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex')

/** The keys of one town, made of those of the installation: no town can sign for another. */
export function signersFrom(masters: readonly Buffer[], town: string): Signer[] {
  return masters.map(master => {
    const seed = Buffer.from(hkdfSync('sha256', master, town, 'shubbak sign', 32))
    const privateKey = createPrivateKey({
      key: Buffer.concat([pkcs8Head, seed]),
      format: 'der',
      type: 'pkcs8',
    })
    const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
    return { publicKey: spki.subarray(-32), sign: bytes => sign(null, bytes, privateKey) }
  })
}
