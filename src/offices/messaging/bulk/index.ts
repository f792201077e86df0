/** What is said to many at once: planned in one statement, let into the outbox in slices, taken back, counted. */
export {
  anyWaiting,
  type BulkFigure,
  bulkFigures,
  bulkOf,
  smsTariff,
  type Tariff,
  underWay,
} from './figures.ts'
export { type BulkText, planBulk } from './plan.ts'
export { cancelBulk, holdBulk, type Released, releaseBulk } from './release.ts'
