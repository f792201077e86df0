/** bulletins: what the town tells many at once; gathered, counted, looked at by a second person, sent in slices, reported. */
import type { House } from '../../platform/house.ts'
import { fillBills } from './send/filler.ts'

export { askReview, type BulletinInput, letGo, writeBulletin } from './acts.ts'
export { gatherBulletin } from './audience/gather.ts'
export { bulletinJobs } from './jobs.ts'
export { bulletinRoutes } from './routes.ts'
export { carryOn } from './send/work.ts'
export { getBulletin } from './store.ts'

/** The words of bills are filled when they are handed over. */
export function registerBulletins(house: House): void {
  fillBills(house)
}
