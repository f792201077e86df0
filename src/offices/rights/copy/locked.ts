import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** Bytes locked at a time; each piece is checked before anything of it is handed out. */
const piece = 64 * 1024
const tagLength = 16

/** A key of one file, never used for another: the pieces are counted, and the count is the nonce. */
export const newKey = (): Buffer => randomBytes(32)

const nonceOf = (at: number): Buffer => {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(at, 8)
  return nonce
}

/** Locks a stream by AES-256-GCM, piece by piece; the last says that it is the last. Counts what went in. */
export async function* lock(
  key: Buffer,
  bytes: AsyncIterable<Uint8Array>,
  counted: { size: number },
): AsyncGenerator<Buffer> {
  let waiting = Buffer.alloc(0)
  let at = 0
  const seal = (plain: Buffer, last: boolean) => {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(at))
    cipher.setAAD(Buffer.from([last ? 1 : 0]))
    at += 1
    return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
  }
  for await (const chunk of bytes) {
    counted.size += chunk.length
    waiting = Buffer.concat([waiting, chunk])
    while (waiting.length > piece) {
      yield seal(waiting.subarray(0, piece), false)
      waiting = waiting.subarray(piece)
    }
  }
  yield seal(waiting, true)
}

/** Opens what `lock` made. Throws where a byte was changed, and where the end is missing. */
export async function* unlock(key: Buffer, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let waiting = Buffer.alloc(0)
  let at = 0
  const open = (locked: Buffer, last: boolean) => {
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(at), { authTagLength: tagLength })
    decipher.setAAD(Buffer.from([last ? 1 : 0]))
    decipher.setAuthTag(locked.subarray(locked.length - tagLength))
    at += 1
    return Buffer.concat([decipher.update(locked.subarray(0, locked.length - tagLength)), decipher.final()])
  }
  for await (const chunk of bytes) {
    waiting = Buffer.concat([waiting, chunk])
    while (waiting.length > piece + tagLength) {
      yield open(waiting.subarray(0, piece + tagLength), false)
      waiting = waiting.subarray(piece + tagLength)
    }
  }
  yield open(waiting, true)
}
