import { createHash, randomBytes } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { errorCode } from '../plain-error.ts'
import { type Bytes, type FileStore, FileTooLarge, type Stored } from './files.ts'

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Makes a folder so that it survives a power cut: each new name is synced in the folder above it. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 })
  if (first === undefined) return
  for (let each = folder; ; each = dirname(each)) {
    await syncFolder(dirname(each))
    if (each === first) return
  }
}

async function* asChunks(bytes: Bytes): AsyncIterable<Uint8Array> {
  if (bytes instanceof Uint8Array) yield bytes
  else yield* bytes
}

async function writeAll(file: FileHandle, bytes: Bytes, limit: number): Promise<Stored> {
  const hash = createHash('sha256')
  let size = 0
  for await (const chunk of asChunks(bytes)) {
    size += chunk.length
    if (size > limit) throw new FileTooLarge(`The file has more than ${limit} bytes`)
    hash.update(chunk)
    for (let from = 0; from < chunk.length; ) from += (await file.write(chunk, from)).bytesWritten
  }
  await file.sync()
  return { sha256: hash.digest(), size }
}

/** A disk that cannot take this is full. */
const roomBytes = 64 * 1024

/** Files in a folder of this machine: TOWN/ab/cd/abcd…, written aside, synced, and named last. */
export function diskFiles(folder: string): FileStore {
  const townFolder = (town: string) => {
    if (!/^[0-9a-f-]{36}$/.test(town)) throw new TypeError('A town is named by its id')
    return join(folder, town)
  }
  const place = (town: string, sha256: Buffer) => {
    if (sha256.length !== 32) throw new TypeError('A file is named by its SHA-256')
    const name = sha256.toString('hex')
    return join(townFolder(town), name.slice(0, 2), name.slice(2, 4), name)
  }
  const isThere = (path: string) =>
    stat(path).then(
      () => true,
      error => {
        if (errorCode(error) === 'ENOENT') return false
        throw error
      },
    )
  const drafts = join(folder, 'drafts')
  const openDraft = async (draft: string) => {
    const anew = () => open(draft, 'wx', 0o600)
    try {
      return await anew()
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error
      await makeFolder(drafts)
      return anew()
    }
  }

  return {
    async put(town, bytes, options = {}) {
      townFolder(town)
      const draft = join(drafts, randomBytes(12).toString('hex'))
      let isNamed = false
      try {
        const file = await openDraft(draft)
        let stored: Stored
        try {
          stored = await writeAll(file, bytes, options.limit ?? Number.POSITIVE_INFINITY)
        } finally {
          await file.close()
        }
        const path = place(town, stored.sha256)
        if (await isThere(path)) return stored
        await makeFolder(dirname(path))
        await rename(draft, path)
        isNamed = true
        await syncFolder(dirname(path))
        return stored
      } finally {
        if (!isNamed) await rm(draft, { force: true })
      }
    },
    async get(town, sha256) {
      const file = await open(place(town, sha256), 'r')
      return file.createReadStream()
    },
    exists: (town, sha256) => isThere(place(town, sha256)),
    async remove(town, sha256) {
      const path = place(town, sha256)
      await rm(path, { force: true })
      await syncFolder(dirname(path)).catch(error => {
        if (errorCode(error) !== 'ENOENT') throw error
      })
    },
    async *list(town) {
      const inside = async (path: string) => (await readdir(path).catch(() => [])).sort()
      const home = townFolder(town)
      for (const first of await inside(home)) {
        for (const second of await inside(join(home, first)))
          for (const name of await inside(join(home, first, second))) yield Buffer.from(name, 'hex')
      }
    },
    async check() {
      await makeFolder(drafts)
      const probe = join(drafts, `check-${randomBytes(6).toString('hex')}`)
      const file = await open(probe, 'wx', 0o600)
      try {
        // An empty file fits on a full disk.
        await file.write(Buffer.alloc(roomBytes))
      } finally {
        await file.close()
        await rm(probe, { force: true })
      }
    },
  }
}
