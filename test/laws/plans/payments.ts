import * as payments from '../../../src/offices/payments/store.ts'
import type { BigTown, Lists } from './town.ts'

/** Lists of money paid online. */
export const paymentsLists = ({ person }: BigTown): Lists => ({
  'online payments': tx => payments.listIntents(tx),
  'online payments that need somebody': tx => payments.listIntents(tx, { state: 'mismatch' }),
  'online payments of a person': tx => payments.intentsOf(tx, person),
  'online payments without an answer': tx =>
    payments.unanswered(tx, {
      begunBefore: new Date('2026-11-01T00:00:00Z'),
      askedBefore: new Date('2026-11-01T00:00:00Z'),
      since: new Date('2026-10-30T00:00:00Z'),
    }),
  'what happened to an online payment': tx => payments.eventsOf(tx, person),
  'refunds of an online payment': tx => payments.refundsOf(tx, person),
})
