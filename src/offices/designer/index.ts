/** designer: services written, reviewed, published and retired by people who do not program. */
export { editDraft, redoDraft, undoDraft } from './drafts/acts.ts'
export { beginCopy, beginEmpty, beginImport, beginNextVersion } from './drafts/begin.ts'
export type { Edit, EditConflict, EditPath } from './drafts/edit.ts'
export { readDraft } from './drafts/read.ts'
export { type Brought, bringNational } from './national/bring.ts'
export { partRoutes } from './parts/routes.ts'
export { askReview, decideReview, publishDraft, takeBack } from './review/acts.ts'
export { designerRoutes } from './routes.ts'
