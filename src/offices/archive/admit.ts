import { Readable } from 'node:stream'
import { tidyFileName } from '../../lib/file-name.ts'
import type { House } from '../../platform/house.ts'
import type { Admission, FileFault, FileType } from './model.ts'
import { mostBytes, mostMegabytes } from './model.ts'
import { scanState } from './scan.ts'
import { inspectPdf } from './workshop/index.ts'

export type AdmitSource = Uint8Array | AsyncIterable<Uint8Array>

/** Pixels an image may unfold to: A3 at 600 dots an inch, and a little over. A small file can claim a thousand times that. */
const mostPixels = 100_000_000
const mostPages = 200

type Checked = { type: FileType; pages: number | undefined } | FileFault

/**
 * Checks a file by what it holds, whatever its name says, and puts it on the shelf. Outside any transaction: it reads, checks and
 * waits for the disk. The shelf keeps the bytes as they came; what nobody files afterwards is swept out with other loose files.
 */
export async function admitFile(
  house: Pick<House, 'files' | 'scanner' | 'log'>,
  town: string,
  source: AdmitSource,
  fileName: string,
): Promise<Admission> {
  const bytes = await gather(source)
  if (bytes === undefined)
    return { fault: { code: 'file-too-large', values: { megabytes: mostMegabytes, max: mostMegabytes } } }
  if (bytes.length === 0) return { fault: { code: 'file-empty' } }
  const checked = await check(bytes)
  if ('code' in checked) return { fault: checked }
  const scan = await scanState(house, bytes)
  if (scan === 'infected') return { fault: { code: 'file-infected' } }
  const { sha256, size } = await house.files.put(town, bytes)
  return { admitted: { sha256, size, ...checked, scan, fileName: tidyFileName(fileName) } }
}

/** The bytes of a stored file, as a stream. */
export function openContent(house: Pick<House, 'files'>, town: string, sha256: Buffer): Promise<Readable> {
  return house.files.get(town, sha256)
}

/** The bytes of a stored file, whole: the archive takes none over 25 MB. */
export async function readContent(
  house: Pick<House, 'files'>,
  town: string,
  sha256: Buffer,
): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of await openContent(house, town, sha256)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** All bytes, or undefined as soon as they are too many: the rest is not read. */
async function gather(source: AdmitSource): Promise<Buffer | undefined> {
  if (source instanceof Uint8Array) return source.length > mostBytes ? undefined : Buffer.from(source)
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of source) {
    size += chunk.length
    if (size > mostBytes) {
      if (source instanceof Readable) source.destroy()
      return undefined
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const types: Record<string, FileType> = {
  'application/pdf': 'application/pdf',
  'image/jpeg': 'image/jpeg',
  'image/png': 'image/png',
  'image/heic': 'image/heic',
  'image/heif': 'image/heic',
  'image/tiff': 'image/tiff',
}

/** The type by content. A PDF may stand behind some stray bytes of a scanner's, but not behind another kind of file. */
async function typeOf(bytes: Buffer): Promise<FileType | undefined> {
  const { fileTypeFromBuffer } = await import('file-type')
  const found = await fileTypeFromBuffer(bytes)
  if (found) return types[found.mime]
  return bytes.subarray(0, 1024).includes('%PDF-') ? 'application/pdf' : undefined
}

async function check(bytes: Buffer): Promise<Checked> {
  const type = await typeOf(bytes)
  if (type === undefined) return { code: 'file-type-refused' }
  return type === 'application/pdf' ? checkPdf(bytes) : checkImage(bytes, type)
}

async function checkPdf(bytes: Buffer): Promise<Checked> {
  try {
    const { pages, active } = await inspectPdf(bytes)
    return active === undefined ? { type: 'application/pdf', pages } : { code: 'pdf-active-content' }
  } catch {
    return { code: 'pdf-unreadable' }
  }
}

async function checkImage(bytes: Buffer, type: FileType): Promise<Checked> {
  const limits = { limitInputPixels: mostPixels, failOn: 'truncated' } as const
  const { default: sharp } = await import('sharp')
  try {
    const { width, height, pages = 1 } = await sharp(bytes, limits).metadata()
    if (width * height * pages > mostPixels || pages > mostPages) return { code: 'image-too-large' }
    // a HEIC is unfolded by the workshop, later; of the others a broken one is told to its sender now
    if (type !== 'image/heic') await sharp(bytes, limits).resize(32).raw().toBuffer()
    return { type, pages: type === 'image/tiff' ? pages : undefined }
  } catch (error) {
    const bomb = error instanceof Error && error.message.includes('pixel limit')
    return { code: bomb ? 'image-too-large' : 'image-unreadable' }
  }
}
