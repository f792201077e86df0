import { happeningsOf } from '../../../src/offices/requests/staff/register/subscriptions.ts'
import { temporaryOver } from '../../../src/offices/utilities/effects/temporary.ts'
import { subscriptionsOf } from '../../../src/offices/utilities/store.ts'
import { type BigTown, type Lists, today } from './town.ts'

/** Lists of connections. */
export const utilitiesLists = ({ person }: BigTown): Lists => ({
  'subscriptions of a person': tx => subscriptionsOf(tx, person, today),
  'what happened to subscriptions': tx => happeningsOf(tx, [{ id: person }]),
  'temporary connections that are over': tx => temporaryOver(tx, today),
})
