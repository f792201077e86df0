import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Read, Write } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import type { AddedBy } from '../model.ts'
import type { UploadPurpose } from '../purposes.ts'

/** A sending that was begun: long enough for a night without electricity. */
const keptMs = 48 * 60 * 60 * 1000
/** Begun and unfinished at one time, for one person: papers of a request come a page at a time. */
export const mostOpenUploads = 30

export type Upload = {
  id: string
  owner: AddedBy
  fileName: string
  size: number
  purpose: UploadPurpose
  documentId: string | undefined
}

type UploadRow = {
  upload_id: string
  owner_kind: string
  owner_id: string
  file_name: string
  size: string
  purpose: UploadPurpose
  document_id: string | null
}

/** The folder of half-sent files of a town: beside the shelf, not on it. */
export const uploadsFolder = (house: Pick<House, 'config'>, town: string): string =>
  join(house.config.dataDir, 'uploads', town)

export async function addUpload(tx: Write, upload: Omit<Upload, 'documentId'>): Promise<void> {
  await sql`insert into upload (municipality_id, upload_id, owner_kind, owner_id, file_name, size, purpose, created_at)
    values (${tx.town}, ${upload.id}, ${upload.owner.kind}, ${upload.owner.id}, ${upload.fileName}, ${upload.size},
      ${JSON.stringify(upload.purpose)}, ${tx.now})`.execute(tx.q)
}

/** The visitor's own upload; anybody else's does not exist for them. `lock` keeps two ends of one sending apart. */
export async function findUpload(
  tx: Read,
  id: string,
  owner: AddedBy,
  lock = false,
): Promise<Upload | undefined> {
  const { rows } = await sql<UploadRow>`
    select upload_id, owner_kind, owner_id, file_name, size::text, purpose, document_id from upload
     where municipality_id = ${tx.town} and upload_id = ${id} and owner_kind = ${owner.kind} and owner_id = ${owner.id}
       and created_at > ${expiry(tx.now)} ${lock ? sql`for update` : sql``}`.execute(tx.q)
  return rows[0] && toUpload(rows[0])
}

export async function countOpenUploads(tx: Read, owner: AddedBy): Promise<number> {
  const { rows } = await sql<{ open: number }>`select count(*)::int as open from upload
    where municipality_id = ${tx.town} and created_at > ${expiry(tx.now)} and owner_kind = ${owner.kind}
      and owner_id = ${owner.id} and document_id is null`.execute(tx.q)
  return rows[0]?.open ?? 0
}

export async function finishUpload(tx: Write, id: string, documentId: string): Promise<void> {
  await sql`update upload set document_id = ${documentId}
    where municipality_id = ${tx.town} and upload_id = ${id}`.execute(tx.q)
}

export async function dropUpload(tx: Write, id: string): Promise<void> {
  await sql`delete from upload where municipality_id = ${tx.town} and upload_id = ${id}`.execute(tx.q)
}

/** Takes the half-sent bytes away; they may be gone already. */
export async function removeBytes(house: Pick<House, 'config'>, town: string, id: string): Promise<void> {
  const path = join(uploadsFolder(house, town), id)
  await Promise.all([rm(path, { force: true }), rm(`${path}.json`, { force: true })])
}

/** Clears away what was never sent to its end. The bytes go first: a row without bytes is found again, bytes without a row are not. */
export async function sweepUploads(house: House, town: string): Promise<void> {
  const old = await house.database.read(town, async tx => {
    const { rows } = await sql<{ upload_id: string }>`select upload_id from upload
      where municipality_id = ${tx.town} and created_at <= ${expiry(tx.now)} limit 1000`.execute(tx.q)
    return rows.map(row => row.upload_id)
  })
  for (const id of old) await removeBytes(house, town, id)
  await house.database.write(town, async tx => {
    if (old.length === 0) return
    await sql`delete from upload where municipality_id = ${tx.town} and upload_id in (${sql.join(old)})`.execute(
      tx.q,
    )
  })
}

const expiry = (now: Date): Date => new Date(now.getTime() - keptMs)

function toUpload(row: UploadRow): Upload {
  return {
    id: row.upload_id,
    owner: { kind: row.owner_kind, id: row.owner_id },
    fileName: row.file_name,
    size: Number(row.size),
    purpose: row.purpose,
    documentId: row.document_id ?? undefined,
  }
}
