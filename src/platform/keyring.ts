import { statSync } from 'node:fs'
import { sql } from 'kysely'
import type { Clock } from './clock.ts'
import { type Crypto, createCrypto, readSecretFile } from './crypto/index.ts'
import type { Database } from './database/index.ts'
import type { LayerGuard } from './database/transaction.ts'
import { errorCode, PlainError } from './plain-error.ts'

/** How soon a process that runs uses a key that was added to the secret file. */
export const rereadMs = 3000

export interface Keyring extends LayerGuard {
  readonly crypto: Crypto
  /** Reads the secret file again where it was changed; a file that cannot be read leaves what is known. */
  reread(): void
  /** Reads with which layer each town's indexes are made. @throws PlainError when the secret file has no key of it */
  learn(database: Pick<Database, 'directory'>): Promise<void>
  close(): void
}

/** The keys of the secret file for as long as a process lives: a rotation asks nobody to restart. `onError` is told why a change is not read, once. */
export function openKeyring(
  path: string,
  clock: Clock,
  onError: (error: unknown) => void = () => {},
): Keyring {
  const read = () => readSecretFile(path, clock.now())
  const crypto = createCrypto(read(), read)
  let seen = stamp(path)
  let told = seen
  // A key that is used from an instant on comes into use without a change of the file.
  const dated = () => [...(readSecretFile(path).since?.keys.values() ?? [])].some(from => from > clock.now())
  let waits = dated()
  function reread(): void {
    const now = stamp(path)
    if (now === seen && !waits) return
    try {
      crypto.take(read())
      waits = dated()
      seen = now
    } catch (error) {
      // Half written by hand, or away: the next look finds it.
      if (told !== now) onError(error)
      told = now
    }
  }
  function noteLayer(town: string, layer: number): void {
    if (layer > crypto.newestLayer) reread()
    if (layer > crypto.newestLayer)
      throw new PlainError(
        `SECRET_FILE ${path} has no layer ${layer} of the index key, with which numbers are found here: put the file of this installation in its place`,
      )
    crypto.noteLayer(town, layer)
  }
  const timer = setInterval(reread, rereadMs)
  timer.unref()
  return {
    crypto,
    reread,
    layerOf: town => (crypto.newestLayer === 1 ? undefined : crypto.layerOf(town)),
    noteLayer,
    async learn(database) {
      for (const { id, layer } of await layersIn(database)) noteLayer(id, layer)
    },
    close: () => clearInterval(timer),
  }
}

/** Nothing in a database of before there were layers: whoever needs its schema says so better. */
async function layersIn(
  database: Pick<Database, 'directory'>,
): Promise<readonly { id: string; layer: number }[]> {
  try {
    const { rows } = await database.directory(q =>
      sql<{
        id: string
        layer: number
      }>`select municipality_id as id, index_layer as layer from municipality`.execute(q),
    )
    return rows
  } catch (error) {
    if (['42703', '42P01'].includes(errorCode(error) ?? '')) return []
    throw error
  }
}

function stamp(path: string): string {
  try {
    const { mtimeMs, ino, size } = statSync(path)
    return `${mtimeMs} ${ino} ${size}`
  } catch {
    return ''
  }
}
