import { sql } from 'kysely'
import { stripControls } from '../../../lib/arabic.ts'
import { type Fault, InvalidInput, NotFound } from '../../../lib/errors.ts'
import { newId } from '../../../lib/ids.ts'
import type { Read, Write } from '../../../platform/database/transaction.ts'

/** A note on a page of a paper, of the staff for the staff. */
export type PageNote = {
  id: string
  documentId: string
  page: number
  /** Where it points, in thousandths of the page from its top left corner. */
  x: number
  y: number
  text: string
  at: Date
  by: { id: string; office: string | undefined }
}

type Row = {
  note_id: string
  document_id: string
  page: number
  x: number
  y: number
  text: string
  at: Date
  by_id: string
  by_office: string | null
}

const longest = 1000
/** On one request; with more a page is no longer read. */
const most = 200

/** The notes on the papers of a request, in the order they were written. */
export async function notesOf(tx: Read, requestId: string): Promise<PageNote[]> {
  const { rows } = await sql<Row>`
    select note_id, document_id, page, x, y, text, at, by_id, by_office from page_note
     where municipality_id = ${tx.town} and request_id = ${requestId} and removed_at is null
     order by at, note_id limit ${most}`.execute(tx.q)
  return rows.map(row => ({
    id: row.note_id,
    documentId: row.document_id,
    page: row.page,
    x: row.x,
    y: row.y,
    text: row.text,
    at: row.at,
    by: { id: row.by_id, office: row.by_office ?? undefined },
  }))
}

export type NewNote = Omit<PageNote, 'id' | 'at'>

/** Writes a note on a page; gives its id. `pages` is how many the paper has. Faults are `InvalidInput` on `note.text`, `note.page` and `note.place`. */
export async function addNote(tx: Write, requestId: string, note: NewNote, pages: number): Promise<string> {
  const text = stripControls(note.text).trim()
  const faults = wrongNote({ ...note, text }, pages)
  if (faults.length > 0) throw new InvalidInput(faults)
  const id = newId(tx.now)
  await sql`
    insert into page_note (municipality_id, note_id, request_id, document_id, page, x, y, text, at, by_id, by_office)
    values (${tx.town}, ${id}, ${requestId}, ${note.documentId}, ${note.page}, ${note.x}, ${note.y}, ${text}, ${tx.now},
            ${note.by.id}, ${note.by.office ?? null})`.execute(tx.q)
  return id
}

function wrongNote({ text, page, x, y }: NewNote, pages: number): Fault[] {
  const isOn = (place: number) => Number.isInteger(place) && place >= 0 && place <= 1000
  return [
    ...(text === '' ? [{ field: 'note.text', code: 'required' }] : []),
    ...(text.length > longest ? [{ field: 'note.text', code: 'too-long', values: { max: longest } }] : []),
    ...(Number.isInteger(page) && page >= 1 && page <= pages
      ? []
      : [{ field: 'note.page', code: 'page-unknown', values: { max: pages } }]),
    ...(isOn(x) && isOn(y) ? [] : [{ field: 'note.place', code: 'not-an-option' }]),
  ]
}

/** Takes a note of one's own off; what somebody else wrote stays theirs. */
export async function removeNote(tx: Write, requestId: string, noteId: string, by: string): Promise<void> {
  const { numAffectedRows } = await sql`
    update page_note set removed_at = ${tx.now}, removed_by = ${by}
     where municipality_id = ${tx.town} and note_id = ${noteId} and request_id = ${requestId} and by_id = ${by} and removed_at is null`.execute(
    tx.q,
  )
  if (numAffectedRows === 0n) throw new NotFound('no-such-note')
}
