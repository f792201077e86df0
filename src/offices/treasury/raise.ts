import { sql } from 'kysely'
import { BadRequest } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import { negate } from '../../lib/money.ts'
import type { Write } from '../../platform/database/index.ts'
import { record } from '../audit/index.ts'
import { relieve } from './debts/exempt.ts'
import { exemptionsFor, letOff } from './debts/exemptions.ts'
import type { NewCharge } from './model.ts'
import { post } from './vouchers.ts'

/**
 * Raises a charge on an account: the debtor owes it from now, and it is income, or a deposit to be given back. A decision that lets this
 * debtor off a part makes the charge smaller, and one that lets them off the whole settles it as it is raised; the reasons of the charge
 * name it either way.
 */
export async function raiseCharge(tx: Write, charge: NewCharge): Promise<string> {
  if (charge.amount.minor <= 0) throw new BadRequest('charge-not-positive', { amount: charge.amount })
  const of = { personId: charge.debtorId, accountId: charge.accountId, dueKind: charge.dueKind }
  const relieved = relieve(charge.amount, await exemptionsFor(tx, of))
  if (!relieved) return raise(tx, charge)
  const { best, rest, off, told } = relieved
  const reasons = { ...reasonsOf(charge.reasons), exemption: told }
  if (rest.minor > 0) return raise(tx, { ...charge, amount: rest, reasons })
  const chargeId = await raise(tx, { ...charge, reasons })
  const { requestId, refundable, by } = charge
  await letOff(tx, { ...of, chargeId, requestId, refundable }, best, off, by)
  return chargeId
}

const reasonsOf = (reasons: unknown): object =>
  typeof reasons === 'object' && reasons !== null && !Array.isArray(reasons) ? reasons : { because: reasons }

async function raise(tx: Write, charge: NewCharge): Promise<string> {
  const id = newId(tx.now)
  const of = { accountId: charge.accountId, chargeId: id }
  const voucherId = await post(
    tx,
    { kind: 'charge', at: tx.now, description: charge.label.ar, by: charge.by, requestId: charge.requestId },
    [
      { ledger: `receivable:${charge.dueKind}`, amount: charge.amount, ...of },
      {
        ledger: `${charge.refundable ? 'deposit' : 'income'}:${charge.dueKind}`,
        amount: negate(charge.amount),
        chargeId: id,
      },
    ],
  )
  await insertCharge(tx, id, charge, voucherId)
  await record(tx, {
    actor: charge.by,
    act: 'treasury.charge-raised',
    subjectKind: 'charge',
    subjectId: id,
    personId: charge.debtorId,
    requestId: charge.requestId,
  })
  return id
}

/** The row of a charge whose voucher is posted. */
export async function insertCharge(
  tx: Write,
  id: string,
  charge: NewCharge,
  voucherId: string,
): Promise<void> {
  await sql`
    insert into charge (municipality_id, charge_id, account_id, debtor_id, request_id, fee_id, fee_point, due_kind, label_ar, label_en,
                        currency, amount_minor, refundable, reasons, raised_at, due_on, voucher_id)
    values (${tx.town}, ${id}, ${charge.accountId}, ${charge.debtorId}, ${charge.requestId ?? null}, ${charge.feeId ?? null},
            ${charge.feePoint ?? null}, ${charge.dueKind}, ${charge.label.ar}, ${charge.label.en}, ${charge.amount.currency},
            ${charge.amount.minor}, ${charge.refundable}, ${JSON.stringify(charge.reasons ?? null)}::jsonb, ${tx.now},
            ${charge.dueOn}::date, ${voucherId})`.execute(tx.q)
}
