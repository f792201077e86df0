import { z } from 'zod'
import { Conflict } from '../../../lib/errors.ts'
import { type Effect, requestNumber } from '../../requests/index.ts'
import { hasPaidBack, paidOfRequest, payBack } from '../../treasury/index.ts'
import { lessKept } from './shares.ts'
import { anAmount, byHand, byOf, causeOf, payment, peopleOf, readFacts, requestNamed } from './told.ts'

const facts = payment.extend({
  /** On which request they were paid; on this one where none is named. */
  depositRequest: z.string().min(1).optional(),
  /** What the town keeps of it: the road it restored itself. */
  depositKept: anAmount.optional(),
})

/**
 * `treasury.return-deposit`: the deposits paid on the request that `depositRequest` names, or on this one, go back to whoever paid them,
 * less `depositKept`, by a payment voucher. `paymentWay`, `paymentReference` and `paymentBank` say how.
 * @throws Conflict `paid-by-hand`, `request-number-wrong`, `nothing-to-return`, `return-too-much`
 */
export const returnDeposit: Effect = async (tx, _desk, { request, service, by }) => {
  if (await hasPaidBack(tx, request.id)) return
  const told = readFacts(facts, request)
  byHand(by)
  const { concerned } = await peopleOf(tx, request)
  const named = told.depositRequest ? await requestNamed(tx, told.depositRequest) : request.id
  const paid = await paidOfRequest(tx, named, concerned)
  const deposits = paid.filter(each => each.refundable && each.left.minor > 0)
  const [first] = deposits
  if (!first)
    throw new Conflict('nothing-to-return', { request: told.depositRequest ?? requestNumber(request) })
  await payBack(tx, {
    personId: first.debtorId,
    parts: lessKept(deposits, told.depositKept),
    way: told.paymentWay,
    reference: told.paymentReference,
    bank: told.paymentBank,
    description: causeOf(request, service),
    requestId: request.id,
    by: byOf(by),
  })
}
