import { BadRequest, Conflict } from '../../../lib/errors.ts'
import { tidyFileName } from '../../../lib/file-name.ts'
import type { Write } from '../../../platform/database/index.ts'
import { actorKey, type Visitor } from '../../../web/actor.ts'
import { findPurpose, type UploadPurpose } from '../purposes.ts'
import { addUpload, countOpenUploads, mostOpenUploads } from './store.ts'

/** What the sender says beside the bytes: tus metadata, and the query of the address it posts to. */
export type Said = Readonly<Record<string, string | null | undefined>>

const notIds = new Set(['filename', 'filetype', 'name', 'type', 'purpose', 'lang'])

/** The purpose and its ids; nothing the sender says is taken for more than a short text. */
function purposeOf(said: Said): UploadPurpose {
  const name = said.purpose ?? ''
  if (!findPurpose(name)) throw new BadRequest('upload-purpose-unknown')
  const ids: Record<string, string> = {}
  for (const [key, value] of Object.entries(said)) {
    if (notIds.has(key) || !value) continue
    if (!/^[a-z][a-zA-Z0-9_-]{0,30}$/.test(key) || value.length > 200)
      throw new BadRequest('upload-purpose-unknown')
    ids[key] = value
  }
  return { ...ids, name }
}

/** Begins a sending: asks whoever knows the purpose whether this visitor may, before the first byte is taken. */
export async function beginUpload(
  tx: Write,
  visitor: Visitor,
  upload: { id: string; size: number; said: Said },
): Promise<void> {
  const purpose = purposeOf(upload.said)
  const owner = actorKey(visitor.actor)
  await findPurpose(purpose.name)?.describe(tx, { visitor, purpose })
  if ((await countOpenUploads(tx, owner)) >= mostOpenUploads)
    throw new Conflict('too-many-uploads', { most: mostOpenUploads })
  const fileName = tidyFileName(upload.said.filename ?? upload.said.name ?? '')
  await addUpload(tx, { id: upload.id, owner, fileName, size: upload.size, purpose })
}
