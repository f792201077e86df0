import { holdsInForce, holdsOf } from '../../../src/offices/destruction/holds.ts'
import { rulesOf } from '../../../src/offices/destruction/rules.ts'
import { actsOf, doneActs, itemsOf } from '../../../src/offices/destruction/store.ts'
import { entriesOf, mayUse, purposesOf } from '../../../src/offices/rights/consents/store.ts'
import type { BigTown, Lists } from './town.ts'

/** Lists of what is kept, goes and is held, and of what people agreed to. */
export function destructionLists({ request, person }: BigTown): Lists {
  return {
    'rules of keeping': rulesOf,
    'acts of destruction': actsOf,
    'acts that were done': doneActs,
    'the list of an act': tx => itemsOf(tx, request, 'listed', { limit: 101 }),
    'what is held': holdsOf,
    'how much is held': holdsInForce,
    'what people are asked': purposesOf,
    'what somebody answered': tx => entriesOf(tx, person),
    'whether a purpose may be used': tx => mayUse(tx, person, 'hall-name'),
  }
}
