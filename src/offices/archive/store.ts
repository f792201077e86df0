import type { CalendarDate } from '../../lib/calendar.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import type { ArchiveDocument, NewDocument } from './model.ts'

/** Files what was admitted, and plans its pictures. */
export async function addDocument(_tx: Write, _document: NewDocument): Promise<string> {
  throw new Error('not built yet')
}

/** The newest valid document of each kind that a person already gave, to be offered again. */
export async function documentsOf(
  _tx: Read,
  _personId: string,
  _kinds: readonly string[],
  _on: CalendarDate,
): Promise<ArchiveDocument[]> {
  throw new Error('not built yet')
}

export async function getDocument(_tx: Read, _id: string): Promise<ArchiveDocument> {
  throw new Error('not built yet')
}

export async function documentsByIds(_tx: Read, _ids: readonly string[]): Promise<ArchiveDocument[]> {
  throw new Error('not built yet')
}
