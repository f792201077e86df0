import { constants, crc32, deflateRawSync } from 'node:zlib'

/** A text with a gap, written once: each answer fills the gap with a few letters of its own. */
export type Spliced = {
  plain(filling: string): string
  gzip(filling: string): Buffer<ArrayBuffer>
}

/** A gzip file begins so (RFC 1952, 2.3): deflate, no name, no time, no system. */
const head = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])
/** The last block of a deflate stream, empty. */
const end = Buffer.from([3, 0])

/**
 * Squeezes the pieces around the gaps once, each to a whole byte, so that a block of plain letters fits between them (RFC 1951, 3.2.4);
 * what is left for each answer is the check sum. Squeezed once it may be squeezed well.
 */
export function splice(pieces: readonly string[]): Spliced {
  const bytes = pieces.map(piece => Buffer.from(piece))
  const squeezed = bytes.map(each => deflateRawSync(each, { level: 9, finishFlush: constants.Z_SYNC_FLUSH }))
  return {
    plain: filling => pieces.join(filling),
    gzip(filling) {
      const letters = Buffer.from(filling)
      const block = stored(letters)
      const parts: Buffer[] = [head]
      let sum = 0
      let size = 0
      for (const [place, piece] of bytes.entries()) {
        if (place > 0) {
          parts.push(block)
          sum = crc32(letters, sum)
          size += letters.length
        }
        parts.push(squeezed[place] as Buffer)
        sum = crc32(piece, sum)
        size += piece.length
      }
      const foot = Buffer.alloc(8)
      foot.writeUInt32LE(sum, 0)
      foot.writeUInt32LE(size, 4)
      return Buffer.concat([...parts, end, foot])
    },
  }
}

/** Letters as they are, in a block of their own: at most 65,535. */
function stored(letters: Buffer): Buffer {
  const lengths = Buffer.alloc(5)
  lengths.writeUInt16LE(letters.length, 1)
  lengths.writeUInt16LE(0xffff - letters.length, 3)
  return Buffer.concat([lengths, letters])
}
