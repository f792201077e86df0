import { visitsOf } from '../../../src/offices/visits/index.ts'
import * as visits from '../../../src/offices/visits/store.ts'
import { type BigTown, type Lists, today } from './town.ts'

/** Lists of visits and turns. */
export const visitsLists = ({ person, request, officer }: BigTown): Lists => ({
  'visits of a day': tx => visits.visitsOn(tx, today),
  'who waits': tx => visits.waitingOn(tx, today),
  'how many wait for what': tx => visits.waitingCounts(tx, today),
  'whom a clerk serves': tx => visits.currentVisit(tx, officer.staffId),
  'a visit': tx => visits.findVisit(tx, person),
  'visits a request has cost': tx => visitsOf(tx, request),
  'windows and purposes': async tx => [await visits.windowsOf(tx), await visits.purposesOf(tx)],
})
