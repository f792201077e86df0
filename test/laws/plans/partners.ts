import {
  causeToSee,
  getFiled,
  listFiled,
  listOpenTasks,
  ownDocuments,
} from '../../../src/offices/api/store.ts'
import type { BigTown, Lists } from './town.ts'

/** Lists of what programs of partners see. */
export const partnersLists = ({ person, request, partner }: BigTown): Lists => ({
  'what a program filed': tx => listFiled(tx, partner, { limit: 50 }),
  'what a program filed that ended': tx => listFiled(tx, partner, { limit: 50, state: 'rejected' }),
  'what a program filed that moved': tx =>
    listFiled(tx, partner, { limit: 50, updatedSince: new Date('2026-11-01T00:00:00Z') }),
  'one request a program filed': tx => getFiled(tx, partner, request).catch(() => {}),
  'open tasks for a program': tx => listOpenTasks(tx, partner, { limit: 50 }),
  'the cause a program saw a person for': tx => causeToSee(tx, partner.keyId, person).catch(() => {}),
  'documents a program sent': tx => ownDocuments(tx, partner.keyId, [person]),
})
