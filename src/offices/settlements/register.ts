import { lendRequestPane, registerEffect } from '../requests/index.ts'
import { depositToFees } from './effects/deposit-to-fees.ts'
import { exempt } from './effects/exempt.ts'
import { makePlan } from './effects/make-plan.ts'
import { makeStatement } from './effects/make-statement.ts'
import { refund } from './effects/refund.ts'
import { returnDeposit } from './effects/return-deposit.ts'
import { transferDebtOfAccount } from './effects/transfer-debt.ts'
import { paidBackPane } from './pane.tsx'

/**
 * Takes the settlements into the house: effects that services name. They stand above requests, since a service's fields say what is meant,
 * and beside the utilities, since any service may name them; what they do is the treasury's.
 */
export function registerSettlements(): void {
  lendRequestPane('settlements', paidBackPane)
  registerEffect('treasury.return-deposit', returnDeposit)
  registerEffect('treasury.deposit-to-fees', depositToFees, { reads: ['depositRequest'] })
  registerEffect('treasury.transfer-debt', transferDebtOfAccount, {
    reads: ['subscription', 'transferProof'],
  })
  registerEffect('treasury.make-plan', makePlan, { reads: ['instalments', 'firstInstalment'] })
  registerEffect('treasury.exempt', exempt, { reads: ['reliefPercent'] })
  registerEffect('treasury.refund', refund)
  registerEffect('treasury.make-statement', makeStatement)
}
