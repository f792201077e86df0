import { tablePath } from './manifest.ts'
import { readPacked } from './packed.ts'

/** A file as the register in a backup names it. */
export type KeptFile = { town: string; sha256: string }

/** Every file the registers of a backup name. */
export async function* keptFiles(folder: string): AsyncGenerator<KeptFile> {
  for await (const line of readPacked(tablePath(folder, 'file'))) {
    const row = JSON.parse(line) as { municipality_id: string; sha256: string }
    yield { town: row.municipality_id, sha256: row.sha256.slice(2) }
  }
}
