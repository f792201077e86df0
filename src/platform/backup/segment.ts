import { type FileHandle, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { constants, zstdCompress, zstdDecompress } from 'node:zlib'
import type { Opener, Seal } from './age.ts'
import { syncFolder, writeWhole } from './place.ts'

const pack = promisify(zstdCompress)
const unpack = promisify(zstdDecompress)
/** Fast rather than small: the log is packed while it comes. */
const packing = { params: { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 } }

const head = 9

/**
 * A segment of the log that is being written. What has come is kept as frames in a part (offset, length, whether it is sealed, bytes), each
 * on the disk before it is acknowledged; once the segment is full it is packed and sealed as a whole, and its parts are gone.
 */
export class GrowingSegment {
  readonly #bytes: Buffer
  readonly #path: string
  readonly #parts: string[]
  readonly #seal: Seal
  readonly #folder: string
  #part: FileHandle | undefined
  #kept = 0
  #filled = 0

  /** `parts`: names of earlier parts of the same segment, which stay until it is whole. */
  constructor(folder: string, name: string, size: number, parts: readonly string[], seal: Seal) {
    this.#bytes = Buffer.alloc(size)
    this.#folder = folder
    this.#path = join(folder, name)
    this.#parts = [...parts]
    this.#seal = seal
  }

  get filled(): number {
    return this.#filled
  }

  get isFull(): boolean {
    return this.#filled === this.#bytes.length
  }

  /** Takes bytes that follow what is there; gives how many of them belonged here. */
  take(bytes: Buffer): number {
    const taken = bytes.copy(this.#bytes, this.#filled)
    this.#filled += taken
    return taken
  }

  /** Everything taken is on the disk when this resolves. */
  async keep(): Promise<void> {
    const [from, to] = [this.#kept, this.#filled]
    if (from === to) return
    if (this.isFull) return this.#finish()
    this.#part ??= await this.#openPart()
    const body = await this.#seal.bytes(this.#bytes.subarray(from, to))
    const start = Buffer.alloc(head)
    start.writeUInt32BE(from, 0)
    start.writeUInt32BE(body.length, 4)
    start[8] = this.#seal.ending === '' ? 0 : 1
    await this.#part.write(Buffer.concat([start, body]))
    await this.#part.datasync()
    this.#kept = to
  }

  async #openPart(): Promise<FileHandle> {
    const next = Math.max(0, ...this.#parts.map(name => Number(name.slice(30)))) + 1
    const path = `${this.#path}.part.${next}`
    this.#parts.push(path.slice(this.#folder.length + 1))
    const file = await open(path, 'wx', 0o600)
    await syncFolder(this.#folder)
    return file
  }

  async #finish(): Promise<void> {
    const packed = await pack(this.#bytes, packing)
    await writeWhole(`${this.#path}.zst${this.#seal.ending}`, await this.#seal.bytes(packed))
    this.#kept = this.#filled
    await this.close()
    for (const name of this.#parts) await rm(join(this.#folder, name), { force: true })
  }

  async close(): Promise<void> {
    await this.#part?.close()
    this.#part = undefined
  }
}

/** The bytes of a whole segment. */
export async function readSegment(folder: string, name: string, opener: Opener): Promise<Buffer> {
  const path = join(folder, name)
  return unpack(await opener.bytes(path, await readFile(path)))
}

/** What there is of a segment that was being written, the rest zeros, and where it ends; a frame that was cut off does not count. */
export async function readParts(
  folder: string,
  names: readonly string[],
  size: number,
  opener: Opener,
): Promise<{ bytes: Buffer; filled: number }> {
  const bytes = Buffer.alloc(size)
  let filled = 0
  for (const name of names) {
    const path = join(folder, name)
    const part = await readFile(path)
    for (let at = 0; at + head <= part.length; ) {
      const offset = part.readUInt32BE(at)
      const end = at + head + part.readUInt32BE(at + 4)
      if (end > part.length) break
      const body = await opener.bytes(
        part[at + 8] === 1 ? `${path}.age` : path,
        part.subarray(at + head, end),
      )
      bytes.set(body, offset)
      filled = Math.max(filled, offset + body.length)
      at = end
    }
  }
  return { bytes, filled }
}
