import { sql } from 'kysely'
import { BadRequest, Conflict, NotFound } from '../../lib/errors.ts'
import type { Write } from '../../platform/database/index.ts'
import type { Events } from '../../platform/events.ts'
import { record } from '../audit/index.ts'
import { lockCharges, settle, settledPoints } from './charges.ts'
import type { By, Receipt } from './model.ts'
import { anyReturned } from './paid-back/store.ts'
import { getReceipt } from './receipts.ts'
import { needsSecondPerson } from './till/ceiling.ts'
import { sessionForTaking } from './till/sessions.ts'
import { counterEntry } from './vouchers.ts'

/**
 * Takes a receipt back by a counter-entry of today: the money goes out of the till that whoever does it has open now, the charges are
 * open again, and the receipt stays with its number. Above the town's ceiling a second person must have agreed. A fee point that was
 * settled is told to the other offices.
 * @throws Conflict `receipt-reversed`, `till-not-open`, `second-person-needed`, `credit-used`, `cheque-settled`, `charge-returned`
 */
export async function reverseReceipt(
  tx: Write,
  events: Events,
  receiptId: string,
  { by, reason, second }: { by: By; reason: string; second?: By | undefined },
): Promise<Receipt> {
  if (reason.trim() === '') throw new BadRequest('reason-missing')
  const locked = await sql`select 1 from receipt
     where municipality_id = ${tx.town} and receipt_id = ${receiptId} for update`.execute(tx.q)
  if (locked.rows.length === 0) throw new NotFound('no-such-receipt')
  const receipt = await getReceipt(tx, receiptId)
  if (receipt.reversedBy) throw new Conflict('receipt-reversed', { number: receipt.number })
  if ((second === undefined || second.id === by.id) && (await needsSecondPerson(tx, receipt)))
    throw new Conflict('second-person-needed', { number: receipt.number })
  const session = receipt.sessionId === undefined ? undefined : await sessionForTaking(tx, by.id)
  const settled = receipt.lines.flatMap(({ chargeId, amount }) =>
    chargeId === undefined ? [] : [{ chargeId, minor: -amount.minor }],
  )
  const ids = settled.map(line => line.chargeId)
  const charges = await lockCharges(tx, ids)
  // What was paid back by a payment voucher does not go out a second time.
  if (await anyReturned(tx, ids)) throw new Conflict('charge-returned', { number: receipt.number })
  const paid = new Set(receipt.lines.map(line => `${line.requestId} ${line.feePoint}`))
  const reopened = settledPoints(charges).filter(({ requestId, feePoint }) =>
    paid.has(`${requestId} ${feePoint}`),
  )
  await voidCheques(tx, receipt, by)
  await takeBackCredits(tx, receipt)
  const { voucherId, requestId, payer } = receipt
  const counter = await counterEntry(tx, { voucherId, description: reason.trim(), by, requestId, session })
  await settle(tx, settled)
  await sql`update receipt set reversed_by = ${counter}
             where municipality_id = ${tx.town} and receipt_id = ${receiptId}`.execute(tx.q)
  await record(tx, {
    actor: by,
    act: 'treasury.receipt-reversed',
    subjectKind: 'receipt',
    subjectId: receiptId,
    personId: payer.personId ?? charges[0]?.debtor_id,
    requestId,
    cause: reason.trim(),
  })
  for (const point of reopened) await events.publish(tx, 'treasury.reopened', point)
  return { ...receipt, reversedBy: counter }
}

/** A cheque goes back to its drawer with the receipt; one the bank has decided on cannot. */
async function voidCheques(tx: Write, receipt: Receipt, by: By): Promise<void> {
  if (!receipt.tenders.some(tender => tender.kind === 'cheque')) return
  const found = await sql<{ state: string; number: string }>`
    select state, number from cheque
     where municipality_id = ${tx.town} and receipt_id = ${receipt.id} order by cheque_id for update`.execute(
    tx.q,
  )
  const settled = found.rows.find(row => row.state !== 'held')
  if (settled) throw new Conflict('cheque-settled', { number: settled.number })
  await sql`update cheque set state = 'void', settled_at = ${tx.now}, settled_by = ${by.id}
             where municipality_id = ${tx.town} and receipt_id = ${receipt.id}`.execute(tx.q)
}

/** Money on account that a charge has taken since is not there to be given back. */
async function takeBackCredits(tx: Write, receipt: Receipt): Promise<void> {
  const credits = receipt.lines.flatMap(line => line.creditId ?? [])
  if (credits.length === 0) return
  const taken = await sql`
    update account_credit set used_minor = amount_minor
     where municipality_id = ${tx.town} and credit_id = any(${credits}::uuid[]) and used_minor = 0 returning 1`.execute(
    tx.q,
  )
  if (taken.rows.length < credits.length) throw new Conflict('credit-used', { number: receipt.number })
}
