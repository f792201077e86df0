import { createHash } from 'node:crypto'
import { crc32, deflateSync } from 'node:zlib'

const side = 12

/** A small picture that no other name gives: a PNG whose dots are the digest of the name. */
export function pictureOf(name: string): Buffer {
  const digest = createHash('sha512').update(name).digest()
  const rows = Array.from({ length: side }, (_, row) => [
    Buffer.of(0),
    Buffer.from(Array.from({ length: side * 3 }, (_, at) => digest[(row * 7 + at) % digest.length] ?? 0)),
  ])
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side, 0)
  head.writeUInt32BE(side, 4)
  // Eight bits for each of red, green and blue.
  head.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(rows.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
