import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PlainError } from '../plain-error.ts'
import { diskFiles } from './disk.ts'
import type { FileStore } from './files.ts'

export { type Bytes, type FileStore, FileTooLarge, type Stored } from './files.ts'
export { diskFiles }

/** The files of this installation: a folder (FILES_URL, else DATA_DIR/files). */
export function openFiles(filesUrl: string | undefined, dataDir: string): FileStore {
  if (filesUrl?.startsWith('s3:'))
    throw new PlainError('FILES_URL is wrong: s3:// is not supported yet; name a folder')
  if (filesUrl?.startsWith('file:')) return diskFiles(fileURLToPath(filesUrl))
  return diskFiles(filesUrl ?? join(dataDir, 'files'))
}
