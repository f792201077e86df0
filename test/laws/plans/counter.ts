import { findAtCounter } from '../../../src/offices/counter/find.ts'
import { originalsHeld, originalsOf } from '../../../src/offices/counter/originals/store.ts'
import { waitingScans } from '../../../src/offices/counter/scans/store.ts'
import * as counter from '../../../src/offices/counter/store.ts'
import type { BigTown, Lists } from './town.ts'

/** Lists of the counter. */
export const counterLists = ({ house, person, officer }: BigTown): Lists => ({
  'whatever a text finds at the counter': async tx => {
    for (const text of ['سامي محمد', '77/1900', 'A-77/1900', '20-000001-1', '10077', 'ABCD-EFGH-JKMN-PQRS'])
      await findAtCounter(tx, house.crypto, officer, text)
  },
  'originals held': tx => originalsHeld(tx),
  'originals of a person': tx => originalsOf(tx, person),
  'scans that wait at a window': tx => waitingScans(tx, 3),
  'begun at the counter': tx => counter.begunAtCounter(tx, [officer.staffId], officer.staffId),
  'requests that wait for a fee': tx => counter.awaitingFees(tx),
})
