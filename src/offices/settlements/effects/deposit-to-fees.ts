import { z } from 'zod'
import { dateIn } from '../../../lib/calendar.ts'
import { Conflict } from '../../../lib/errors.ts'
import type { Effect } from '../../requests/index.ts'
import { allocateCredit, depositToAccount, hasPaidBack, paidOfRequest } from '../../treasury/index.ts'
import { byOf, causeOf, peopleOf, readFacts, requestNamed } from './told.ts'

const facts = z.object({
  depositRequest: z.string().min(1),
  /** Whose fees come first; any dues of theirs follow in the town's order. */
  feesRequest: z.string().optional(),
})

/**
 * `treasury.deposit-to-fees`: the deposits paid on the request that `depositRequest` names are laid on what whoever paid them owes, that
 * of `feesRequest` first; what is left lies on their account.
 * @throws Conflict `request-number-wrong`, `nothing-to-return`, `nothing-owed`
 */
export const depositToFees: Effect = async (tx, desk, { request, service, by }) => {
  if (await hasPaidBack(tx, request.id)) return
  const told = readFacts(facts, request)
  const { concerned } = await peopleOf(tx, request)
  const paid = await paidOfRequest(tx, await requestNamed(tx, told.depositRequest), concerned)
  const deposits = paid.filter(each => each.refundable && each.left.minor > 0)
  const [first] = deposits
  if (!first) throw new Conflict('nothing-to-return', { request: told.depositRequest })
  const personId = first.debtorId
  const actor = byOf(by)
  const cause = { description: causeOf(request, service), requestId: request.id, by: actor }
  await depositToAccount(tx, { personId, deposits, ...cause })
  const forRequest = told.feesRequest ? await requestNamed(tx, told.feesRequest) : undefined
  for (const currency of new Set(deposits.map(each => each.left.currency)))
    await allocateCredit(tx, desk.house.events, {
      personId,
      currency,
      on: dateIn(tx.now, desk.town.timeZone),
      requestId: forRequest,
      by: actor,
    })
}
