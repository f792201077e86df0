import { crc32 } from 'node:zlib'

/** A file as it goes into the archive; its bytes are asked for when its turn comes. */
export type Packed = { name: string; at: Date; bytes: () => Promise<AsyncIterable<Uint8Array>> }

/** Years before 1980 the format does not know. */
function dosTime(at: Date): { time: number; date: number } {
  const year = Math.max(at.getUTCFullYear() - 1980, 0)
  return {
    time: (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1),
    date: (year << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
  }
}

// Names in UTF-8; sizes and checksum after the bytes.
const flags = 0x0808
const stored = 0
const version = 20

/**
 * A ZIP as a stream, its files as they are: papers are pictures and PDFs, which no packing makes smaller. One archive holds less than 4 GB; the
 * caller sees to that. A file whose bytes are gone ends the stream with its error.
 */
export async function* zip(files: readonly Packed[]): AsyncGenerator<Buffer> {
  const listed: Buffer[] = []
  let offset = 0
  for (const { name, at, bytes } of files) {
    const called = Buffer.from(name)
    const { time, date } = dosTime(at)
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    for (const [value, where] of [
      [version, 4],
      [flags, 6],
      [stored, 8],
      [time, 10],
      [date, 12],
      [called.length, 26],
    ] as const)
      head.writeUInt16LE(value, where)
    yield Buffer.concat([head, called])
    let sum = 0
    let size = 0
    for await (const chunk of await bytes()) {
      sum = crc32(chunk, sum)
      size += chunk.length
      yield Buffer.from(chunk)
    }
    const after = Buffer.alloc(16)
    for (const [value, where] of [
      [0x08074b50, 0],
      [sum, 4],
      [size, 8],
      [size, 12],
    ] as const)
      after.writeUInt32LE(value, where)
    yield after
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    for (const [value, where] of [
      [version, 4],
      [version, 6],
      [flags, 8],
      [stored, 10],
      [time, 12],
      [date, 14],
      [called.length, 28],
    ] as [number, number][])
      entry.writeUInt16LE(value, where)
    for (const [value, where] of [
      [sum, 16],
      [size, 20],
      [size, 24],
      [offset, 42],
    ] as const)
      entry.writeUInt32LE(value, where)
    listed.push(Buffer.concat([entry, called]))
    offset += head.length + called.length + size + after.length
  }
  const directory = Buffer.concat(listed)
  yield directory
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  yield end
}
