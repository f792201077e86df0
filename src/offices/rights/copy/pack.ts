import { tidyFileName } from '../../../lib/file-name.ts'
import type { House } from '../../../platform/house.ts'
import { documentsByIds } from '../../archive/index.ts'
import type { Row } from './tell.ts'
import { type Packed, zip } from './zip.ts'

/** A paper that comes with the copy. */
export type Bring = { id: string; size: number; at: Date }

/** Bytes of papers in one archive. */
const mostBytes = 1024 ** 3

/** The paper a row speaks of; undefined where it was destroyed by a committee's act. */
export function broughtBy(row: Row): Bring | undefined {
  if (row.destroyed_at) return undefined
  return { id: String(row.document_id), size: Number(row.size), at: row.added_at as Date }
}

/** Papers by archives, so that none is larger than telephones take. */
export function groupsOf(bring: readonly Bring[], most = mostBytes): Bring[][] {
  const groups: Bring[][] = []
  let size = 0
  for (const each of bring) {
    const group = groups.at(-1)
    if (!group || size + each.size > most) {
      groups.push([each])
      size = each.size
    } else {
      group.push(each)
      size += each.size
    }
  }
  return groups
}

/** An archive of papers as a stream. What the scanner found something in, or has not seen yet, stays out. */
export async function* archive(house: House, town: string, group: readonly Bring[]): AsyncGenerator<Buffer> {
  const documents = await house.database.read(town, tx =>
    documentsByIds(
      tx,
      group.map(({ id }) => id),
    ),
  )
  const handed = documents.filter(({ scan }) => scan === undefined || scan === 'clean')
  const files: Packed[] = []
  for (const [at, document] of handed.entries())
    if (await house.files.exists(town, document.sha256))
      files.push({
        name: `${String(at + 1).padStart(3, '0')} ${named(document)}`,
        at: document.addedAt,
        bytes: () => house.files.get(town, document.sha256),
      })
  yield* zip(files)
}

const endings: Record<string, string> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/heic': 'heic',
  'image/tiff': 'tif',
}

/** A name no system stumbles over: no folders, no ending but its own. */
function named({ title, fileName, type }: { title: string; fileName: string; type: string }): string {
  const stem = tidyFileName(title || fileName)
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    .slice(0, 80)
  return `${stem || 'document'}.${endings[type] ?? 'bin'}`
}
