import { z } from 'zod'
import { Conflict } from '../../../lib/errors.ts'
import type { Write } from '../../../platform/database/transaction.ts'
import type { Effect } from '../../requests/index.ts'
import {
  awaitsCheque,
  chargesOfRequest,
  findReceiptByNumber,
  freeOfReceipt,
  hasPaidBack,
  type PartGivenBack,
  paidByReceipt,
  paidOfRequest,
  payBack,
} from '../../treasury/index.ts'
import { upTo } from './shares.ts'
import { anAmount, byHand, byOf, causeOf, handsOn, payment, peopleOf, readFacts } from './told.ts'

const facts = payment.extend({
  /** Of which receipt; of what this request itself was paid for where none is named. */
  receipt: z.string().optional(),
  /** How much of it; all of it where nothing is said. */
  refundAmount: anAmount.optional(),
})

/**
 * `treasury.refund`: money goes back by a payment voucher: `refundAmount` of the receipt that `receipt` names, what lies on account of it
 * first; or of what this request itself was paid for. A request whose own fee was let off whole has nothing to give back, and that is well.
 * @throws Conflict `paid-by-hand`, `not-decided`, `receipt-wrong`, `receipt-reversed`, `cheque-not-cleared`, `nothing-to-return`, `return-too-much`
 */
export const refund: Effect = async (tx, _desk, { request, service, by }) => {
  if (await hasPaidBack(tx, request.id)) return
  const told = readFacts(facts, request)
  byHand(by)
  // What another errand was paid for goes back by decision; what this one was paid for, by the step that found it was too much.
  if (told.receipt !== undefined) await handsOn(tx, request, service, 'refundAmount')
  const { beneficiary, concerned } = await peopleOf(tx, request)
  if (
    told.receipt === undefined &&
    (await chargesOfRequest(tx, request.id)).every(charge => charge.cancelled)
  )
    return
  const whole =
    told.receipt === undefined
      ? (await paidOfRequest(tx, request.id, concerned)).map(of => ({ of, amount: of.left }))
      : await partsOfReceipt(tx, told.receipt, concerned)
  const parts = upTo(
    whole.filter(part => part.amount.minor > 0),
    told.refundAmount,
  )
  await payBack(tx, {
    personId: beneficiary,
    parts,
    way: told.paymentWay,
    reference: told.paymentReference,
    bank: told.paymentBank,
    description: causeOf(request, service),
    requestId: request.id,
    by: byOf(by),
  })
}

async function partsOfReceipt(tx: Write, number: string, concerned: string[]): Promise<PartGivenBack[]> {
  const receipt = await findReceiptByNumber(tx, number, { kind: 'system' })
  if (!receipt) throw new Conflict('receipt-wrong', { number })
  if (receipt.reversedBy) throw new Conflict('receipt-reversed', { number })
  if (await awaitsCheque(tx, { receiptId: receipt.id })) throw new Conflict('cheque-not-cleared', { number })
  return [
    ...(await freeOfReceipt(tx, receipt.id, concerned)).map(credit => ({ credit, amount: credit.left })),
    ...(await paidByReceipt(tx, receipt.id, concerned)).map(of => ({ of, amount: of.left })),
  ]
}
