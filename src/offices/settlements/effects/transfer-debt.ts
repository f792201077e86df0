import { z } from 'zod'
import { dateIn } from '../../../lib/calendar.ts'
import { Conflict } from '../../../lib/errors.ts'
import type { Read } from '../../../platform/database/transaction.ts'
import { findPersonByIdNumber } from '../../people/index.ts'
import { accountsOnOffer, type Effect, type Request } from '../../requests/index.ts'
import { transferDebt, transfersOf } from '../../treasury/index.ts'
import { asRefusal, byOf, causeOf, handsOn, ownDues, peopleOf, readFacts } from './told.ts'

const facts = z.object({
  /** Number of the subscription whose dues move. */
  subscription: z.string().min(1),
  /** Identity number of whoever takes them over. */
  newDebtor: z.string().min(1).optional(),
  /** The same where a subscription itself changes hands. */
  newHolder: z.string().min(1).optional(),
  /** The undertaking or deed, with its number and day. */
  transferProof: z.string().min(1),
  decisionNumber: z.string().optional(),
})

/**
 * `treasury.transfer-debt`: what is open on the account of `subscription` is owed by `newDebtor` from now on, by the deed that
 * `transferProof` names. Whoever takes it over must be known to the town.
 * @throws Conflict `not-decided`, `new-debtor-unknown`, `nothing-to-transfer`, `charge-in-plan`, `transfer-to-self`
 */
export const transferDebtOfAccount: Effect = async (tx, desk, { request, service, by }) => {
  const told = readFacts(facts, request)
  const { beneficiary, concerned } = await peopleOf(tx, request)
  const reason = causeOf(request, service)
  if ((await transfersOf(tx, beneficiary)).some(each => each.reason === reason)) return
  await handsOn(tx, request, service, told.newDebtor === undefined ? 'newHolder' : 'newDebtor')
  const taker = await findPersonByIdNumber(tx, desk.house.crypto, told.newDebtor ?? told.newHolder ?? '')
  if (!taker) throw new Conflict('new-debtor-unknown')
  const accountId = await accountNamed(tx, told.subscription, service, [...concerned, taker.id], request)
  const today = dateIn(tx.now, desk.town.timeZone)
  let moved = 0
  for (const personId of concerned) {
    const owed = (await ownDues(tx, personId, today)).filter(due => due.accountId === accountId)
    for (const debtorId of new Set(owed.map(due => due.debtorId))) {
      const chargeIds = owed.filter(due => due.debtorId === debtorId).map(due => due.chargeId)
      await asRefusal(
        transferDebt(tx, {
          fromPersonId: debtorId,
          toPersonId: taker.id,
          chargeIds,
          reason,
          proof: told.transferProof,
          decision: told.decisionNumber,
          timeZone: desk.town.timeZone,
          by: byOf(by),
        }),
      )
      moved += chargeIds.length
    }
  }
  if (moved === 0) throw new Conflict('nothing-to-transfer', { number: told.subscription })
}

/** The account of the subscription the form named, of whoever concerned holds it: the taker, where it changed hands before. */
async function accountNamed(
  tx: Read,
  number: string,
  service: Parameters<Effect>[2]['service'],
  concerned: readonly string[],
  request: Request,
): Promise<string> {
  const field = service.pages
    .flatMap(page => page.fields)
    .find(each => each.field.id === 'subscription')?.field
  for (const personId of concerned) {
    const held = await accountsOnOffer(tx, personId, field?.accountKind ?? '')
    const accountId = held.find(each => each.number === number)?.accountId
    if (accountId !== undefined) return accountId
  }
  throw new Conflict('not-the-holder', { number, service: request.serviceCode })
}
