import { createReadStream } from 'node:fs'
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { FileStore } from '../files/files.ts'
import { PlainError } from '../plain-error.ts'
import { type Opener, type Seal, sealedEnding, sealFor } from './age.ts'
import { mirrorFolder, writeWhole } from './place.ts'

/** The second copy of the files: TOWN/ab/cd/SHA256, sealed or not. A content never changes under its name, so that it is written once. */
export interface Mirror {
  keep(town: string, sha256: Buffer, bytes: Uint8Array): Promise<void>
  has(town: string, sha256: Buffer): Promise<boolean>
  /** Takes a content away that was lawfully destroyed, sealed or not; one that is gone already is no error. */
  forget(town: string, sha256: Buffer): Promise<void>
}

const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )

export function openMirror(root: string, recipients: readonly string[]): Mirror {
  const seal: Seal = sealFor(recipients)
  const place = (town: string, sha256: Buffer, ending: string = seal.ending) => {
    const name = sha256.toString('hex')
    return join(mirrorFolder(root), town, name.slice(0, 2), name.slice(2, 4), `${name}${ending}`)
  }
  return {
    async keep(town, sha256, bytes) {
      const path = place(town, sha256)
      if (await isThere(path)) return
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await writeWhole(path, await seal.bytes(bytes))
    },
    has: (town, sha256) => isThere(place(town, sha256)),
    async forget(town, sha256) {
      for (const ending of ['', sealedEnding]) await rm(place(town, sha256, ending), { force: true })
    },
  }
}

/** Files that are kept twice: what is put is in the second folder too when `put` resolves. A second folder that fails is told, and does not stop the work. */
export function mirroredFiles(
  files: FileStore,
  mirror: Mirror,
  onTrouble: (error: unknown) => void,
): FileStore {
  return {
    ...files,
    async put(town, bytes, options) {
      const stored = await files.put(town, bytes, options)
      try {
        if (!(await mirror.has(town, stored.sha256)))
          await mirror.keep(town, stored.sha256, await readAll(await files.get(town, stored.sha256)))
      } catch (error) {
        onTrouble(error)
      }
      return stored
    },
  }
}

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Puts into the second folder what it lacks of a town's files: after it was away, or new. Gives how many. */
export async function catchUpMirror(
  files: FileStore,
  mirror: Mirror,
  town: string,
): Promise<{ files: number; bytes: number }> {
  const added = { files: 0, bytes: 0 }
  for await (const name of files.list(town)) {
    if (await mirror.has(town, name)) continue
    const bytes = await readAll(await files.get(town, name))
    await mirror.keep(town, name, bytes)
    added.files += 1
    added.bytes += bytes.length
  }
  return added
}

/** Brings every file of the second folder back; each must hold what its name says. */
export async function restoreMirror(
  root: string,
  files: FileStore,
  opener: Opener,
): Promise<{ files: number; bytes: number }> {
  const home = mirrorFolder(root)
  const inside = async (path: string) => (await readdir(path).catch(() => [])).sort()
  const back = { files: 0, bytes: 0 }
  for (const town of await inside(home))
    for (const first of await inside(join(home, town)))
      for (const second of await inside(join(home, town, first)))
        for (const name of await inside(join(home, town, first, second))) {
          const sha256 = name.replace(sealedEnding, '')
          if (!/^[0-9a-f]{64}$/.test(sha256)) continue
          const path = join(home, town, first, second, name)
          const stored = await files.put(town, await opened(path, opener))
          if (stored.sha256.toString('hex') !== sha256) throw new PlainError(`${path} is damaged`)
          back.files += 1
          back.bytes += stored.size
        }
  return back
}

const opened = async (path: string, opener: Opener) =>
  path.endsWith(sealedEnding) ? opener.bytes(path, await readFile(path)) : createReadStream(path)
