import { sql } from 'kysely'
import { Conflict } from '../../../lib/errors.ts'
import { newId } from '../../../lib/ids.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { type AdmittedFile, type FileType, noteFile } from '../../archive/index.ts'

/** A scan that waits to be attached to a paper. */
export type WaitingScan = { id: string; fileName: string; pages: number | undefined; scannedAt: Date }

/** Keeps what the scanner made, once for each content. */
export async function keepScan(tx: Write, window: number, file: AdmittedFile): Promise<void> {
  await noteFile(tx, file)
  await sql`
    insert into scan (municipality_id, scan_id, window_name, file_name, sha256, size, type, pages, scanned_at)
    values (${tx.town}, ${newId(tx.now)}, ${String(window)}, ${file.fileName}, ${file.sha256}, ${file.size}, ${file.type},
            ${file.pages ?? null}, ${tx.now})
    on conflict (municipality_id, window_name, sha256) do nothing`.execute(tx.q)
}

/** What waits at a window, the latest first. */
export async function waitingScans(tx: Read, window: number, limit = 6): Promise<WaitingScan[]> {
  const { rows } = await sql<{ scan_id: string; file_name: string; pages: number | null; scanned_at: Date }>`
    select scan_id, file_name, pages, scanned_at from scan
     where municipality_id = ${tx.town} and window_name = ${String(window)} and attached_at is null
     order by scanned_at desc, scan_id desc limit ${limit}`.execute(tx.q)
  return rows.map(row => ({
    id: row.scan_id,
    fileName: row.file_name,
    pages: row.pages ?? undefined,
    scannedAt: row.scanned_at,
  }))
}

/** At which window this person of the staff sits now. */
export async function windowOf(tx: Read, staffId: string): Promise<number | undefined> {
  const { rows } = await sql<{ number: number }>`
    select number from window_sitting
     where municipality_id = ${tx.town} and staff_id = ${staffId} and closed_at is null limit 1`.execute(tx.q)
  return rows[0]?.number
}

/** The file of a scan, as the archive admitted it; undefined when it was attached already or is none. */
export async function scannedFile(tx: Read, scanId: string): Promise<AdmittedFile | undefined> {
  const { rows } = await sql<{
    sha256: Buffer
    size: string
    type: FileType
    file_name: string
    pages: number | null
  }>`
    select sha256, size::text, type, file_name, pages from scan
     where municipality_id = ${tx.town} and scan_id = ${scanId} and attached_at is null`.execute(tx.q)
  const [row] = rows
  return (
    row && {
      sha256: row.sha256,
      size: Number(row.size),
      type: row.type,
      fileName: row.file_name,
      pages: row.pages ?? undefined,
    }
  )
}

/** Notes that a scan was attached; `scan-taken` when another hand was quicker. */
export async function markAttached(
  tx: Write,
  scanId: string,
  { documentId, by }: { documentId: string; by: string },
): Promise<void> {
  const marked = await sql`
    update scan set attached_at = ${tx.now}, attached_by = ${by}, document_id = ${documentId}
     where municipality_id = ${tx.town} and scan_id = ${scanId} and attached_at is null`.execute(tx.q)
  if ((marked.numAffectedRows ?? 0n) === 0n) throw new Conflict('scan-taken')
}
