import { z } from 'zod'
import type { House } from '../../platform/house.ts'
import { defineJob, type Job } from '../../platform/jobs/index.ts'
import { readContent } from './admit.ts'
import type { ArchiveDocument } from './model.ts'
import { drawPictures, type Pictures, placeholder } from './pictures.ts'
import { scanWaiting } from './rescan.ts'
import { findDocument, noteFile, setPictures } from './store.ts'
import { sweepUploads } from './uploads/store.ts'

declare module '../../platform/jobs/jobs.ts' {
  interface JobPayloads {
    'archive.pictures': { documentId: string }
    'archive.sweep-uploads': Record<string, never>
    'archive.scan': Record<string, never>
  }
}

/** A file that cannot be drawn gets a plain sheet and is not tried for ever. */
async function draw(house: House, document: ArchiveDocument, bytes: Buffer): Promise<Pictures> {
  try {
    return await drawPictures(document, bytes)
  } catch (error) {
    house.log.info({ part: 'archive', document: document.id, err: error }, 'no picture could be made')
    return { thumbnail: await placeholder(document), preview: undefined }
  }
}

async function makePictures(
  house: House,
  town: string,
  { documentId }: { documentId: string },
): Promise<void> {
  const document = await house.database.read(town, tx => findDocument(tx, documentId))
  if (!document || document.thumbnail) return
  const pictures = await draw(house, document, await readContent(house, town, document.sha256))
  const [thumbnail, preview] = await Promise.all([
    house.files.put(town, pictures.thumbnail),
    pictures.preview && house.files.put(town, pictures.preview),
  ])
  await house.database.write(town, async tx => {
    await Promise.all([
      noteFile(tx, { ...thumbnail, type: 'image/webp' }),
      preview && noteFile(tx, { ...preview, type: 'image/jpeg' }),
      setPictures(tx, documentId, { thumbnail: thumbnail.sha256, preview: preview?.sha256 }),
    ])
  })
}

export const archiveJobs: Job[] = [
  defineJob('archive.pictures', z.object({ documentId: z.uuid() }), makePictures),
  defineJob('archive.sweep-uploads', z.object({}), sweepUploads, { cron: '17 * * * *' }),
  defineJob('archive.scan', z.object({}), scanWaiting, { cron: '*/2 * * * *' }),
]
