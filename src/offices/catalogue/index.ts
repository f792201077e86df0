export { acceptOutcomes } from './accept.ts'
export {
  keepService,
  type Publication,
  publishService,
  type RetireNotice,
  retireService,
} from './actions.ts'
export { checkText, type TextCheck } from './check.ts'
export { amountsOn, sheetFees } from './citizen/amounts.ts'
export { catalogueRoutes } from './citizen/routes.tsx'
export { Facts, Guide, type Sheet } from './citizen/sheet.tsx'
export { guideTexts as groupNames } from './citizen/strings.ts'
export { groupIcon, groupOf, groups } from './citizen/words.tsx'
export { catalogueCommand } from './command.ts'
export { listServiceFiles, loadServiceFiles, type ServiceFile, usualOffices } from './files.ts'
export { type Pace, paceOf } from './pace.ts'
export { type PrintedGuide, printedGuide } from './printed/guide.ts'
export { type Catalogue, type CatalogueService, catalogueOf, readAhead, serviceOf } from './shelf.ts'
export type { ServiceText } from './text.ts'
export { type ServiceVersion, serviceCodes, textOfVersion, type VersionText, versionsOf } from './versions.ts'
