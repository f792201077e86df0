import { sql } from 'kysely'
import type { Read, Write } from '../../platform/database/transaction.ts'

/** A document handed in for a paper of a request, with what a list of papers shows of it. */
export type AttachedPaper = {
  paperId: string
  documentId: string
  state: 'supplied' | 'offered' | 'accepted' | 'refused'
  at: Date
  fileName: string
  type: string
  size: number
  pages: number | undefined
  issuedOn: string | undefined
  hasThumbnail: boolean
  hasPreview: boolean
  /** What the virus scanner said; undefined where nothing was scanned. */
  scan: 'waiting' | 'clean' | 'infected' | undefined
}

type Row = {
  paper_id: string
  document_id: string
  state: AttachedPaper['state']
  at: Date
  file_name: string
  type: string
  size: number
  pages: number | null
  issued_on: string | null
  thumbnail_sha256: Buffer | null
  preview_sha256: Buffer | null
  scan: 'waiting' | 'clean' | 'infected' | null
}

/** The papers of a request, the latest of each last. */
export async function papersOf(tx: Read, requestId: string): Promise<AttachedPaper[]> {
  const { rows } = await sql<Row>`
    select p.paper_id, p.document_id, p.state, p.at, d.file_name, d.type, d.size, d.pages, d.issued_on, d.thumbnail_sha256,
           d.preview_sha256,
           (select s.state from file_scan s where s.municipality_id = d.municipality_id and s.sha256 = d.sha256) as scan
      from request_paper p
      join document d on d.municipality_id = p.municipality_id and d.document_id = p.document_id
     where p.municipality_id = ${tx.town} and p.request_id = ${requestId}
     order by p.at, p.document_id`.execute(tx.q)
  return rows.map(row => ({
    paperId: row.paper_id,
    documentId: row.document_id,
    state: row.state,
    at: row.at,
    fileName: row.file_name,
    type: row.type,
    size: row.size,
    pages: row.pages ?? undefined,
    issuedOn: row.issued_on ?? undefined,
    hasThumbnail: row.thumbnail_sha256 !== null,
    hasPreview: row.preview_sha256 !== null,
    scan: row.scan ?? undefined,
  }))
}

/** Hangs a document on a request as one of its papers; the same document twice for one paper is once. */
export async function attachPaper(
  tx: Write,
  requestId: string,
  paper: { paperId: string; documentId: string; state: 'supplied' | 'offered' },
  by: { kind: string; id: string },
): Promise<void> {
  await sql`insert into request_paper (municipality_id, request_id, paper_id, document_id, state, at, by_kind, by_id)
    values (${tx.town}, ${requestId}, ${paper.paperId}, ${paper.documentId}, ${paper.state}, ${tx.now}, ${by.kind}, ${by.id})
    on conflict do nothing`.execute(tx.q)
}

/** What an officer found of a paper: it does, or it does not. Gives whether there was such a paper. */
export async function markPaper(
  tx: Write,
  requestId: string,
  documentId: string,
  state: 'accepted' | 'refused',
): Promise<boolean> {
  const marked = await sql`update request_paper set state = ${state}
    where municipality_id = ${tx.town} and request_id = ${requestId} and document_id = ${documentId}`.execute(
    tx.q,
  )
  return (marked.numAffectedRows ?? 0n) > 0n
}
