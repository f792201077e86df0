import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { pipeline as flow } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import type { Opener, Seal } from '../../platform/backup/index.ts'

type Chunks = AsyncIterable<Uint8Array>
export type Measured = { sha256: string; bytes: number }

/** What passes through, measured; `measured` is right once everything has passed. */
export function meter() {
  const hash = createHash('sha256')
  let bytes = 0
  return {
    async *pass(chunks: Chunks) {
      for await (const chunk of chunks) {
        hash.update(chunk)
        bytes += chunk.length
        yield chunk
      }
    },
    measured: (): Measured => ({ sha256: hash.digest('hex'), bytes }),
  }
}

const newFile = (path: string) => createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true })

/** Writes bytes to a new file, sealed; they are on the disk when this resolves. What is measured is what came, not what it was sealed into. */
export async function writeMeasured(path: string, bytes: Chunks, seal: Seal): Promise<Measured> {
  const { pass, measured } = meter()
  await flow(await seal.stream(Readable.from(pass(bytes))), newFile(path))
  return measured()
}

/** Writes lines to a new packed file, sealed, which is measured as it lies there. */
export async function writePacked(path: string, lines: AsyncIterable<string>, seal: Seal): Promise<Measured> {
  const { pass, measured } = meter()
  const small = createGzip()
  const packing = flow(lines, small)
  const sealed = await seal.stream(small)
  await Promise.all([packing, flow(sealed, pass, newFile(path))])
  return measured()
}

export async function measure(path: string): Promise<Measured> {
  const { pass, measured } = meter()
  for await (const _ of pass(createReadStream(path)));
  return measured()
}

/** The lines of a packed file. Only a newline ends one: U+2028, which Node's readline also breaks at, may stand in a text. */
export async function* readPacked(path: string, opener: Opener): AsyncGenerator<string> {
  const bytes = pipeline(await opener.stream(path, createReadStream(path)), createGunzip(), () => {})
  let begun: Buffer[] = []
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    let from = 0
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      begun.push(chunk.subarray(from, end))
      yield Buffer.concat(begun).toString('utf8')
      begun = []
      from = end + 1
    }
    begun.push(chunk.subarray(from))
  }
}

/** Makes the names in a folder survive a power cut. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
