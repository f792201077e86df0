import { BadRequest } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import { canonicalBytes } from '../audit/index.ts'
import { accountCode } from './account-number.ts'
import type { NewCharge, ObjectKind } from './model.ts'

/** The account a charge goes to: the one of a kind that an object has, opened for the debtor when there is none. */
export type ChargedAccount = { kind: string; objectKind: ObjectKind; objectId: string }

/**
 * A charge as `file_request` writes it together with the request it is for: the same rows as `accountFor` and `raiseCharge` write one
 * after the other. A test holds the two together.
 */
export function planCharge(
  at: { town: string; now: Date; requestId: string },
  account: ChargedAccount,
  charge: Omit<NewCharge, 'accountId' | 'requestId'>,
) {
  const { amount, by, debtorId, dueKind, label } = charge
  if (amount.minor <= 0) throw new BadRequest('charge-not-positive', { amount })
  const [chargeId, auditId] = [newId(at.now), newId(at.now)]
  const entry = {
    actor: by,
    act: 'treasury.charge-raised',
    subjectKind: 'charge',
    subjectId: chargeId,
    personId: debtorId,
    requestId: at.requestId,
  }
  return {
    charge_id: chargeId,
    voucher_id: newId(at.now),
    audit_id: auditId,
    canonical: canonicalBytes({ auditId, town: at.town, at: at.now }, entry, {}).toString('base64'),
    account_id: newId(at.now),
    account_code: accountCode(account.kind),
    account_kind: account.kind,
    object_kind: account.objectKind,
    object_id: account.objectId,
    debtor_id: debtorId,
    fee_id: charge.feeId ?? null,
    fee_point: charge.feePoint ?? null,
    due_kind: dueKind,
    receivable: `receivable:${dueKind}`,
    contra: `${charge.refundable ? 'deposit' : 'income'}:${dueKind}`,
    description: label.ar,
    label_ar: label.ar,
    label_en: label.en,
    currency: amount.currency,
    amount_minor: amount.minor,
    refundable: charge.refundable,
    reasons: charge.reasons ?? null,
    due_on: charge.dueOn,
    by_kind: by.kind,
    by_id: by.id,
  }
}

export type PlannedCharge = ReturnType<typeof planCharge>
