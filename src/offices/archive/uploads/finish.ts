import { NotFound } from '../../../lib/errors.ts'
import { actorKey } from '../../../web/actor.ts'
import type { Call } from '../../../web/call.ts'
import { record } from '../../audit/index.ts'
import { type AdmitSource, admitFile } from '../admit.ts'
import type { AdmittedFile, FileFault } from '../model.ts'
import { findPurpose } from '../purposes.ts'
import { addDocument } from '../store.ts'
import { dropUpload, findUpload, finishUpload, removeBytes } from './store.ts'

export type Finished =
  | { documentId: string; fault?: undefined }
  | { fault: FileFault; documentId?: undefined }

/**
 * All bytes are there: checks them, shelves them, and files the document where its purpose says. Safe to be asked twice, as a sender
 * does whose connection broke before the answer came. A refused file is thrown away, and its sending with it.
 */
export async function finish(call: Call, id: string, bytes: () => AdmitSource): Promise<Finished> {
  const owner = actorKey(call.visitor.actor)
  const { house, town } = call
  const upload = await house.database.read(town.id, tx => findUpload(tx, id, owner))
  if (!upload) throw new NotFound('no-such-upload')
  if (upload.documentId) return { documentId: upload.documentId }
  const { admitted, fault } = await admitFile(house, town.id, bytes(), upload.fileName)
  if (fault) {
    await house.database.write(town.id, tx => dropUpload(tx, id))
    await removeBytes(house, town.id, id)
    return { fault }
  }
  const documentId = await file(call, id, admitted)
  await removeBytes(house, town.id, id)
  return { documentId }
}

function file({ house, town, visitor }: Call, id: string, admitted: AdmittedFile): Promise<string> {
  const by = actorKey(visitor.actor)
  return house.database.write(town.id, async tx => {
    const upload = await findUpload(tx, id, by, true)
    if (!upload) throw new NotFound('no-such-upload')
    if (upload.documentId) return upload.documentId
    const { purpose } = upload
    const handler = findPurpose(purpose.name)
    if (!handler) throw new Error(`nobody takes uploads for ${purpose.name}`)
    const { source = 'upload', ...what } = await handler.describe(tx, { visitor, purpose })
    const documentId = await addDocument(tx, { admitted, ...what, source, by })
    await handler.attach(tx, { visitor, purpose, documentId })
    await finishUpload(tx, id, documentId)
    await record(tx, {
      actor: by,
      act: 'document.uploaded',
      subjectKind: 'document',
      subjectId: documentId,
      personId: what.ownerId,
    })
    return documentId
  })
}
