import { z } from 'zod'
import { Conflict } from '../../../lib/errors.ts'
import { type Money, money } from '../../../lib/money.ts'
import type { Write } from '../../../platform/database/transaction.ts'
import type { Effect, Request } from '../../requests/index.ts'
import {
  findReceiptByNumber,
  freeOfReceipt,
  hasOpenCheque,
  hasPaidBack,
  type PartGivenBack,
  paidByReceipt,
  paidOfRequest,
  payBack,
} from '../../treasury/index.ts'
import { anAmount, byOf, causeOf, payment, peopleOf, readFacts } from './told.ts'

const facts = payment.extend({
  /** Of which receipt; what this request itself was paid for where none is named. */
  receipt: z.string().optional(),
  refundAmount: anAmount.optional(),
})

/**
 * `treasury.refund`: money goes back by a payment voucher: `refundAmount` of the receipt that `receipt` names, what lies on account of it
 * first; or all that this request itself was paid for.
 * @throws Conflict `receipt-wrong`, `receipt-reversed`, `cheque-not-cleared`, `nothing-to-return`, `return-too-much`
 */
export const refund: Effect = async (tx, _desk, { request, service, by }) => {
  if (await hasPaidBack(tx, request.id)) return
  const told = readFacts(facts, request)
  const { beneficiary, concerned } = await peopleOf(tx, request)
  const parts =
    told.receipt === undefined
      ? await ownParts(tx, request, concerned)
      : await partsOfReceipt(tx, told.receipt, told.refundAmount, concerned)
  await payBack(tx, {
    ...{ personId: beneficiary, parts, way: told.paymentWay },
    ...{ reference: told.paymentReference, bank: told.paymentBank },
    ...{ description: causeOf(request, service), requestId: request.id, by: byOf(by) },
  })
}

async function ownParts(tx: Write, request: Request, concerned: string[]): Promise<PartGivenBack[]> {
  const paid = await paidOfRequest(tx, request.id, concerned)
  return paid.filter(each => each.left.minor > 0).map(of => ({ of, amount: of.left }))
}

async function partsOfReceipt(
  tx: Write,
  number: string,
  asked: Money | undefined,
  concerned: string[],
): Promise<PartGivenBack[]> {
  const receipt = await findReceiptByNumber(tx, number, { kind: 'system' })
  if (!receipt) throw new Conflict('receipt-wrong', { number })
  if (receipt.reversedBy) throw new Conflict('receipt-reversed', { number })
  if (await hasOpenCheque(tx, receipt.id)) throw new Conflict('cheque-not-cleared', { number })
  const whole: PartGivenBack[] = [
    ...(await freeOfReceipt(tx, receipt.id, concerned)).map(credit => ({ credit, amount: credit.left })),
    ...(await paidByReceipt(tx, receipt.id, concerned)).map(of => ({ of, amount: of.left })),
  ].filter(part => part.amount.minor > 0)
  if (whole.length === 0) throw new Conflict('nothing-to-return', { number })
  if (!asked) return whole
  let rest = asked.minor
  const parts = whole.flatMap((part): PartGivenBack[] => {
    if (part.amount.currency !== asked.currency || rest === 0) return []
    const minor = Math.min(rest, part.amount.minor)
    rest -= minor
    return [{ ...part, amount: money(minor, asked.currency) }]
  })
  if (rest > 0) throw new Conflict('return-too-much', { number })
  return parts
}
