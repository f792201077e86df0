import { createHash } from 'node:crypto'
import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { dirname, join, normalize } from 'node:path'
import { PlainError } from '../plain-error.ts'

const block = 512
const text = (bytes: Buffer) =>
  bytes.subarray(0, Math.max(0, bytes.indexOf(0) < 0 ? bytes.length : bytes.indexOf(0))).toString('utf8')
const octal = (bytes: Buffer) => Number.parseInt(text(bytes).trim() || '0', 8)

type Entry = { path: string; size: number; kind: string }

function readHead(bytes: Buffer): Entry | undefined {
  if (bytes.every(each => each === 0)) return undefined
  const prefix = text(bytes.subarray(345, 500))
  const name = text(bytes.subarray(0, 100))
  // Large files carry their size as a binary number (base 256).
  const size = (bytes[124] ?? 0) & 0x80 ? Number(bytes.readBigUInt64BE(128)) : octal(bytes.subarray(124, 136))
  return { path: prefix ? `${prefix}/${name}` : name, size, kind: String.fromCharCode(bytes[156] || 0x30) }
}

/**
 * Unpacks what PostgreSQL packed (ustar: files and folders, no links) into a folder and gives the SHA-256 of each file. A name that leads
 * out of the folder is refused. Nothing is synced: PostgreSQL syncs its whole folder before it recovers.
 */
export async function unpackTar(
  bytes: AsyncIterable<Buffer>,
  folder: string,
  each: (path: string) => Promise<void>,
): Promise<Map<string, string>> {
  const sums = new Map<string, string>()
  let rest: Buffer = Buffer.alloc(0)
  let entry: Entry | undefined
  let left = 0
  let padding = 0
  let file: FileHandle | undefined
  let hash = createHash('sha256')

  const begin = async (head: Buffer): Promise<void> => {
    entry = readHead(head)
    if (!entry) return
    const path = normalize(entry.path)
    if (path.startsWith('..') || path.startsWith('/'))
      throw new PlainError(`The backup names a file outside of it: ${entry.path}`)
    const target = join(folder, path)
    if (entry.kind === '5') {
      await mkdir(target, { recursive: true, mode: 0o700 })
      await each(target)
      entry = undefined
    } else if (entry.kind === '0') {
      await mkdir(dirname(target), { recursive: true, mode: 0o700 })
      file = await open(target, 'w', 0o600)
      hash = createHash('sha256')
      left = entry.size
      padding = (block - (left % block)) % block
      await each(target)
      if (left === 0) await end()
    } else throw new PlainError(`The backup holds what it should not: ${entry.path} (${entry.kind})`)
  }
  const end = async (): Promise<void> => {
    if (!entry) return
    await file?.close()
    file = undefined
    sums.set(normalize(entry.path), hash.digest('hex'))
    entry = undefined
  }

  const pass = async (chunk: Buffer): Promise<void> => {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    for (;;) {
      if (left > 0) {
        const part = rest.subarray(0, left)
        if (part.length === 0) break
        await file?.write(part)
        hash.update(part)
        left -= part.length
        rest = rest.subarray(part.length)
        if (left === 0) await end()
      } else if (padding > 0) {
        const part = Math.min(padding, rest.length)
        if (part === 0) break
        padding -= part
        rest = rest.subarray(part)
      } else {
        if (rest.length < block) break
        await begin(rest.subarray(0, block))
        rest = rest.subarray(block)
      }
    }
  }
  try {
    for await (const chunk of bytes) await pass(chunk)
  } finally {
    await file?.close()
  }
  if (left > 0) throw new PlainError('The backup is cut off')
  return sums
}
