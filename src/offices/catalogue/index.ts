export { publishService, retireService } from './actions.ts'
export { loadServiceFiles } from './files.ts'
export { type Catalogue, type CatalogueService, catalogueOf } from './shelf.ts'
