import { countRows } from '../../../src/offices/rights/copy/gather.ts'
import { copiesOf, nextCopyAt } from '../../../src/offices/rights/copy/store.ts'
import {
  correctionsFor,
  correctionsOf,
  countLateCorrections,
} from '../../../src/offices/rights/correction/store.ts'
import type { BigTown, Lists } from './town.ts'

/** Lists of what people ask of whoever keeps their data; and everything that is kept about one of them. */
export const rightsLists = ({ person }: BigTown): Lists => ({
  'corrections that wait': tx => correctionsFor(tx, 'open', 100),
  'corrections that were decided': tx => correctionsFor(tx, 'decided', 100),
  'corrections of a person': tx => correctionsOf(tx, person, 5),
  'how many corrections are late': tx => countLateCorrections(tx, '2026-03-01'),
  'copies of a person': tx => copiesOf(tx, person, 5),
  'when a person may ask for another copy': tx => nextCopyAt(tx, person),
  'everything kept about a person': tx => countRows(tx, [person]),
})
