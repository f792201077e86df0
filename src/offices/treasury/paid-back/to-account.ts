import { sql } from 'kysely'
import { Conflict } from '../../../lib/errors.ts'
import { newId } from '../../../lib/ids.ts'
import { negate } from '../../../lib/money.ts'
import type { Write } from '../../../platform/database/index.ts'
import { record } from '../../audit/index.ts'
import type { By } from '../model.ts'
import { post } from '../vouchers.ts'
import type { PaidCharge } from './model.ts'
import { writeReturns } from './returns.ts'
import { awaitsCheque } from './store.ts'

/**
 * Turns deposits that were paid to money on account of whoever they are of, whole: no drawer is touched. `allocateCredit` then lays it on
 * what they owe. The charges come from `paidOfRequest` of the same transaction.
 * @throws Conflict `nothing-to-return`, `cheque-not-cleared`
 */
export async function depositToAccount(
  tx: Write,
  input: {
    personId: string
    deposits: readonly PaidCharge[]
    description: string
    requestId?: string | undefined
    by: By
  },
): Promise<void> {
  const { personId, description, requestId, by } = input
  const deposits = input.deposits.filter(each => each.refundable && each.left.minor > 0)
  if (deposits.length === 0) throw new Conflict('nothing-to-return')
  if (await awaitsCheque(tx, { chargeIds: deposits.map(each => each.chargeId) }))
    throw new Conflict('cheque-not-cleared')
  for (const { chargeId, dueKind, accountId, accountKind, left } of deposits) {
    const voucherId = await post(tx, { kind: 'allocation', at: tx.now, description, by, requestId }, [
      { ledger: `deposit:${dueKind}`, amount: left, chargeId },
      { ledger: `advance:${accountKind}`, amount: negate(left), accountId },
    ])
    const creditId = newId(tx.now)
    await sql`
      insert into account_credit (municipality_id, credit_id, account_id, person_id, currency, amount_minor, used_minor, at, voucher_id)
      values (${tx.town}, ${creditId}, ${accountId}, ${personId}, ${left.currency}, ${left.minor}, 0, ${tx.now}, ${voucherId})`.execute(
      tx.q,
    )
    const returned = { kind: 'to-account' as const, chargeId, amount: left, creditId }
    await writeReturns(tx, [returned], { voucherId, requestId, by })
    await record(tx, {
      actor: by,
      act: 'treasury.deposit-turned',
      subjectKind: 'charge',
      subjectId: chargeId,
      personId,
      requestId,
      cause: description,
    })
  }
}
