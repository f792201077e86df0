import type { Opener } from '../../platform/backup/index.ts'
import { type Place, tablePath } from './manifest.ts'
import { readPacked } from './packed.ts'

/** A file as the register in a backup names it. */
export type KeptFile = { town: string; sha256: string }

/** Of a row of the register as a backup writes it; nothing of what was lawfully destroyed. */
export function keptFileOf(line: string): KeptFile | undefined {
  const row = JSON.parse(line) as { municipality_id: string; sha256: string; destroyed_at?: string | null }
  return row.destroyed_at ? undefined : { town: row.municipality_id, sha256: row.sha256.slice(2) }
}

/** Every file the registers of a backup name. */
export async function* keptFiles(place: Place, opener: Opener): AsyncGenerator<KeptFile> {
  for await (const line of readPacked(tablePath(place, 'file'), opener)) {
    const file = keptFileOf(line)
    if (file) yield file
  }
}
