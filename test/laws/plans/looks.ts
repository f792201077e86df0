import { rowsReasons } from '../../../src/offices/looks/index.ts'
import { addRows, rowsOn } from '../../../src/offices/looks/lists/store.ts'
import { settlePresences } from '../../../src/offices/looks/presence.ts'
import { idleDays, idleOpenings } from '../../../src/offices/oversight/presence/store.ts'
import { strays } from '../../../src/offices/requests/machine/came-back.ts'
import { type BigTown, type Lists, today } from './town.ts'

/** Lists of looks that nobody stood behind: presence that was claimed, long lists, tasks of those who left. */
export function lookLists({ person, officer }: BigTown): Lists {
  const { staffId } = officer
  const day = { staffId, day: today }
  return {
    'files opened with nothing done': tx => idleOpenings(tx, { limit: 51 }),
    'the next files somebody opened with nothing done': tx =>
      idleOpenings(tx, { staffId, before: person, limit: 51 }),
    'days over the line': tx => idleDays(tx, { idleADay: 8 }),
    'presences that are over': tx => settlePresences(tx, { idleADay: 8 }),
    'rows somebody saw today': tx => rowsOn(tx, day),
    'why lists were leafed through': tx => rowsReasons(tx, { limit: 51 }),
    'the next reasons for lists': tx => rowsReasons(tx, { before: person, limit: 51 }),
    'rows that are added': tx => addRows(tx, day, { rows: 10, limit: 200 }),
    'tasks of whoever has left': tx => strays(tx),
    'tasks of one who leaves': tx => strays(tx, staffId),
  }
}
