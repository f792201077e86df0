import { sql } from 'kysely'
import { type CalendarDate, dateIn } from '../../../lib/calendar.ts'
import { Conflict, type Fault, InvalidInput, NotFound } from '../../../lib/errors.ts'
import { newId } from '../../../lib/ids.ts'
import { money, negate } from '../../../lib/money.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { record } from '../../audit/index.ts'
import { accountFor } from '../accounts.ts'
import { type ChargeRow, lockCharges } from '../charges.ts'
import type { By } from '../model.ts'
import { insertCharge } from '../raise.ts'
import { post } from '../vouchers.ts'
import { planOfCharges } from './plan-store.ts'
import { writeReliefs } from './reliefs.ts'
import { debtText } from './strings.ts'

export type TransferInput = {
  fromPersonId: string
  toPersonId: string
  chargeIds: readonly string[]
  reason: string
  /** What proves it: a deed, a waiver before the notary, a court's word, with its number and day. */
  proof: string
  decision?: string | undefined
  timeZone: string
  by: By
}

/**
 * نقل ذمة: what is open of these charges is owed by another from now on. The old charge is settled by a voucher whose other side is the
 * new debtor's charge, with the same kind, label, day and request; neither is edited. The new debtor owes it on the same account where
 * they hold it, else on an account of that kind of their own.
 * @throws InvalidInput, NotFound `no-such-charge`, Conflict `charge-cancelled`, `charge-settled`, `charge-of-another`, `charge-in-plan`
 */
export async function transferDebt(tx: Write, input: TransferInput): Promise<string> {
  const faults: Fault[] = []
  if (input.reason.trim() === '') faults.push({ field: 'reason', code: 'reason-missing' })
  if (input.proof.trim() === '') faults.push({ field: 'proof', code: 'proof-missing' })
  if (input.chargeIds.length === 0) faults.push({ field: 'charges', code: 'charges-missing' })
  if (input.toPersonId === input.fromPersonId) faults.push({ field: 'to', code: 'transfer-to-self' })
  if (faults.length > 0) throw new InvalidInput(faults)
  const rows = await lockCharges(tx, input.chargeIds)
  const inPlan = await planOfCharges(tx, input.chargeIds)
  const transferId = newId(tx.now)
  const { by } = input
  const [reason, proof, decision] = [input.reason.trim(), input.proof.trim(), input.decision?.trim() || null]
  await sql`
    insert into debt_transfer (municipality_id, transfer_id, from_person, to_person, reason, proof, decision, by_id, at)
    values (${tx.town}, ${transferId}, ${input.fromPersonId}, ${input.toPersonId}, ${reason}, ${proof}, ${decision}, ${by.id}, ${tx.now})`.execute(
    tx.q,
  )
  for (const chargeId of input.chargeIds) {
    const row = rows.find(each => each.charge_id === chargeId)
    if (!row) throw new NotFound('no-such-charge', { chargeId })
    if (row.cancelled_at) throw new Conflict('charge-cancelled', { chargeId })
    if (row.debtor_id !== input.fromPersonId) throw new Conflict('charge-of-another', { chargeId })
    if (row.settled_minor >= row.amount_minor) throw new Conflict('charge-settled', { chargeId })
    if (inPlan.has(chargeId)) throw new Conflict('charge-in-plan', { chargeId })
    await move(tx, row, { ...input, reason, transferId, today: dateIn(tx.now, input.timeZone) })
  }
  for (const personId of [input.fromPersonId, input.toPersonId])
    await record(tx, {
      actor: by,
      act: 'treasury.debt-transferred',
      subjectKind: 'debt-transfer',
      subjectId: transferId,
      personId,
      cause: reason,
    })
  return transferId
}

async function move(
  tx: Write,
  row: ChargeRow,
  of: TransferInput & { transferId: string; today: CalendarDate },
): Promise<void> {
  const { by, toPersonId, transferId } = of
  const open = money(row.amount_minor - row.settled_minor, row.currency)
  const accountId = await accountOfNewDebtor(tx, row, toPersonId, of.today)
  const [newChargeId, ledger] = [newId(tx.now), `receivable:${row.due_kind}` as const]
  const requestId = row.request_id ?? undefined
  const description = debtText('ar', 'voucher-transfer')
  const voucherId = await post(tx, { kind: 'transfer', at: tx.now, description, by, requestId }, [
    { ledger, amount: negate(open), accountId: row.account_id, chargeId: row.charge_id },
    { ledger, amount: open, accountId, chargeId: newChargeId },
  ])
  await insertCharge(
    tx,
    newChargeId,
    {
      accountId,
      debtorId: toPersonId,
      requestId,
      feeId: row.fee_id ?? undefined,
      feePoint: row.fee_point ?? undefined,
      dueKind: row.due_kind,
      amount: open,
      by,
      label: { ar: row.label_ar, en: row.label_en },
      refundable: row.refundable,
      dueOn: row.due_on,
      reasons: { transfer: { transferId, from: row.charge_id, reason: of.reason, proof: of.proof } },
    },
    voucherId,
  )
  const relief = { kind: 'transfer', transferId, chargeId: row.charge_id, amount: open, voucherId } as const
  await writeReliefs(tx, [relief], by)
}

async function accountOfNewDebtor(
  tx: Write,
  row: ChargeRow,
  personId: string,
  today: CalendarDate,
): Promise<string> {
  const holds = await sql`
    select 1 from account_holder where municipality_id = ${tx.town} and account_id = ${row.account_id} and person_id = ${personId}
       and valid_from <= ${today}::date and (valid_until is null or valid_until > ${today}::date)`.execute(
    tx.q,
  )
  if (holds.rows.length > 0) return row.account_id
  const { rows } = await sql<{ kind: string }>`
    select kind from account where municipality_id = ${tx.town} and account_id = ${row.account_id}`.execute(
    tx.q,
  )
  const kind = rows[0]?.kind ?? row.due_kind
  return (await accountFor(tx, { objectKind: 'person', objectId: personId, kind, holderId: personId })).id
}

export type DebtTransfer = {
  id: string
  fromPersonId: string
  toPersonId: string
  reason: string
  proof: string
  decision: string | undefined
  by: string
  at: Date
}

/** The transfers a person gave or took, the newest first. */
export async function transfersOf(tx: Read, personId: string): Promise<DebtTransfer[]> {
  const { rows } = await sql<{
    transfer_id: string
    from_person: string
    to_person: string
    reason: string
    proof: string
    decision: string | null
    by_id: string
    at: Date
  }>`
    select transfer_id, from_person, to_person, reason, proof, decision, by_id, at from debt_transfer
     where municipality_id = ${tx.town} and (from_person = ${personId} or to_person = ${personId})
     order by at desc, transfer_id desc limit 50`.execute(tx.q)
  return rows.map(row => ({
    id: row.transfer_id,
    fromPersonId: row.from_person,
    toPersonId: row.to_person,
    reason: row.reason,
    proof: row.proof,
    decision: row.decision ?? undefined,
    by: row.by_id,
    at: row.at,
  }))
}
