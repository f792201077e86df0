/** archive: what people bring and what the town issues; content once, checked at the door. */
export { type AdmitSource, admitFile, readContent } from './admit.ts'
export { admitForm, type RefusedFile } from './form.ts'
export { archiveJobs } from './jobs.ts'
export { judgePhoto, type LegibilityFault } from './legibility.ts'
export type {
  AddedBy,
  Admission,
  AdmittedFile,
  ArchiveDocument,
  DocumentSource,
  FileFault,
  FileType,
  NewDocument,
} from './model.ts'
export { mostBytes, mostMegabytes, mostPagesShown } from './model.ts'
export { drawPictures, type Pictures, thumbnailOfFile } from './pictures.ts'
export {
  type PurposeHandler,
  registerUploadPurpose,
  type UploadDescription,
  type UploadPurpose,
} from './purposes.ts'
export { archiveRoutes, type DocumentAccess } from './routes.ts'
export {
  addDocument,
  dateDocument,
  documentsByIds,
  documentsOf,
  getDocument,
  noteFile,
  planPictures,
} from './store.ts'
export { closeWorkshop } from './workshop/index.ts'
