import { sql } from 'kysely'
import type { CalendarDate } from '../../lib/calendar.ts'
import { NotFound } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import { planJob } from '../../platform/jobs/index.ts'
import { samePerson } from '../people/index.ts'
import type { AddedBy, ArchiveDocument, DocumentSource, FileType, NewDocument, ScanState } from './model.ts'

type DocumentRow = {
  document_id: string
  sha256: Buffer
  thumbnail_sha256: Buffer | null
  preview_sha256: Buffer | null
  file_name: string
  type: string
  size: string
  pages: number | null
  scan: ScanState | null
  kind: string
  title: string
  owner_id: string | null
  issued_on: string | null
  valid_until: string | null
  source: string
  added_by_kind: string
  added_by: string
  added_at: Date
}

const columns = sql`d.document_id, d.sha256, d.thumbnail_sha256, d.preview_sha256, d.file_name, d.type, d.size::text, d.pages, d.kind,
  (select s.state from file_scan s where s.municipality_id = d.municipality_id and s.sha256 = d.sha256) as scan, d.title, d.owner_id, d.issued_on::text, d.valid_until::text, d.source, d.added_by_kind, d.added_by, d.added_at`

/**
 * Notes that bytes stand on the shelf; the same bytes are noted once. What was lawfully destroyed and is brought again is there again. What
 * stands there is held in common: who destroys waits, and nobody else who brings the same.
 */
export async function noteFile(
  tx: Write,
  file: { sha256: Buffer; size: number; type: string; scan?: 'clean' | 'waiting' | undefined },
): Promise<void> {
  await sql`with stands as (
      select from file where municipality_id = ${tx.town} and sha256 = ${file.sha256} and destroyed_at is null for share)
    insert into file as f (municipality_id, sha256, size, type, stored_at)
    select ${tx.town}, ${file.sha256}, ${file.size}, ${file.type}, ${tx.now} where not exists (select from stands)
    on conflict (municipality_id, sha256) do update set destroyed_at = null where f.destroyed_at is not null`.execute(
    tx.q,
  )
  if (file.scan) await noteScan(tx, file.sha256, file.scan)
}

/** What was heard of some content at the door. A verdict that is known already is not taken back by a scanner that was down. */
async function noteScan(tx: Write, sha256: Buffer, state: 'clean' | 'waiting'): Promise<void> {
  const scannedAt = state === 'clean' ? tx.now : null
  await sql`insert into file_scan as s (municipality_id, sha256, state, asked_at, scanned_at)
    values (${tx.town}, ${sha256}, ${state}, ${tx.now}, ${scannedAt})
    on conflict (municipality_id, sha256) do update set state = excluded.state, signature = null, scanned_at = excluded.scanned_at
      where excluded.state = 'clean' and s.state <> 'clean'`.execute(tx.q)
}

/** Plans the small pictures of a document: people are told and answered before it is drawn. */
export const planPictures = (tx: Write, documentId: string): Promise<void> =>
  planJob(tx, 'archive.pictures', { documentId }, { last: true })

/** Files what was admitted, and plans its pictures; the id of the document. */
export async function addDocument(tx: Write, document: NewDocument): Promise<string> {
  const { admitted, by } = document
  const id = document.id ?? newId(tx.now)
  const noted = noteFile(tx, admitted)
  const added =
    sql`insert into document (municipality_id, document_id, sha256, file_name, type, size, pages, kind, title, owner_id,
      issued_on, valid_until, source, added_by_kind, added_by, added_at)
    values (${tx.town}, ${id}, ${admitted.sha256}, ${admitted.fileName}, ${admitted.type}, ${admitted.size},
      ${admitted.pages ?? null}, ${document.kind}, ${document.title}, ${document.ownerId ?? null}, ${document.issuedOn ?? null},
      ${document.validUntil ?? null}, ${document.source}, ${by.kind}, ${by.id}, ${tx.now})`.execute(tx.q)
  // What the town issued itself is opened as it is; only what people bring is looked through by its pictures.
  const drawn = document.source !== 'issued' && planPictures(tx, id)
  await Promise.all([noted, added, drawn])
  return id
}

/** What a person already gave of these kinds and still holds on that day, newest first: to be offered instead of asked for again. */
export async function documentsOf(
  tx: Read,
  personId: string,
  kinds: readonly string[],
  on: CalendarDate,
): Promise<ArchiveDocument[]> {
  if (kinds.length === 0) return []
  const { rows } = await sql<DocumentRow>`select ${columns} from document d
    where d.municipality_id = ${tx.town} and d.owner_id = any(${samePerson(personId)}) and d.kind in (${sql.join(kinds)}) and d.destroyed_at is null
      and (d.valid_until is null or d.valid_until >= ${on}::date)
    order by d.added_at desc, d.document_id desc limit 50`.execute(tx.q)
  const seen = new Set<string>()
  const once = rows.filter(row => {
    const name = `${row.kind} ${row.sha256.toString('hex')}`
    return !seen.has(name) && seen.add(name)
  })
  return once.map(toDocument)
}

export async function findDocument(tx: Read, id: string): Promise<ArchiveDocument | undefined> {
  const [document] = await documentsByIds(tx, [id])
  return document
}

/** The document, whoever asks: the caller has already decided that they may. */
export async function getDocument(tx: Read, id: string): Promise<ArchiveDocument> {
  const document = await findDocument(tx, id)
  if (!document) throw new NotFound('no-such-document')
  return document
}

/** Documents in the order in which they were added; ids nobody knows are left out. */
export async function documentsByIds(tx: Read, ids: readonly string[]): Promise<ArchiveDocument[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<DocumentRow>`select ${columns} from document d
    where d.municipality_id = ${tx.town} and d.document_id in (${sql.join(ids)}) order by d.added_at, d.document_id`.execute(
    tx.q,
  )
  return rows.map(toDocument)
}

/** The document if `may` (a condition over `d`) holds for it. */
export async function findVisible(
  tx: Read,
  id: string,
  may: ReturnType<typeof sql<boolean>>,
): Promise<ArchiveDocument | undefined> {
  const { rows } = await sql<DocumentRow>`select ${columns} from document d
    where d.municipality_id = ${tx.town} and d.document_id = ${id} and d.destroyed_at is null and (${may})`.execute(
    tx.q,
  )
  return rows[0] && toDocument(rows[0])
}

/** Notes the day a paper was issued on, at the word of whoever brought it or whose it is; nobody else's word changes anything. */
export async function dateDocument(
  tx: Write,
  id: string,
  issuedOn: CalendarDate | undefined,
  by: AddedBy,
): Promise<void> {
  await sql`update document set issued_on = ${issuedOn ?? null}
    where municipality_id = ${tx.town} and document_id = ${id} and source <> 'issued'
      and (owner_id::text = ${by.id} or (added_by_kind = ${by.kind} and added_by = ${by.id}))`.execute(tx.q)
}

/** Hangs the pictures on a document. */
export async function setPictures(
  tx: Write,
  id: string,
  pictures: { thumbnail: Buffer; preview: Buffer | undefined },
): Promise<void> {
  await sql`update document set thumbnail_sha256 = ${pictures.thumbnail}, preview_sha256 = ${pictures.preview ?? null}
    where municipality_id = ${tx.town} and document_id = ${id}`.execute(tx.q)
}

function toDocument(row: DocumentRow): ArchiveDocument {
  return {
    id: row.document_id,
    sha256: row.sha256,
    thumbnail: row.thumbnail_sha256 ?? undefined,
    preview: row.preview_sha256 ?? undefined,
    fileName: row.file_name,
    type: row.type as FileType,
    size: Number(row.size),
    pages: row.pages ?? undefined,
    scan: row.scan ?? undefined,
    kind: row.kind,
    title: row.title,
    ownerId: row.owner_id ?? undefined,
    issuedOn: row.issued_on ?? undefined,
    validUntil: row.valid_until ?? undefined,
    source: row.source as DocumentSource,
    addedAt: row.added_at,
    addedBy: { kind: row.added_by_kind, id: row.added_by },
  }
}
