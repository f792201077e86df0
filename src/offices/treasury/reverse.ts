import { sql } from 'kysely'
import { BadRequest, Conflict, NotFound } from '../../lib/errors.ts'
import type { Write } from '../../platform/database/index.ts'
import type { Events } from '../../platform/events.ts'
import { record } from '../audit/index.ts'
import { lockCharges, settle, settledPoints } from './charges.ts'
import type { By, Receipt } from './model.ts'
import { getReceipt } from './receipts.ts'
import { counterEntry } from './vouchers.ts'

/**
 * Takes a receipt back by a counter-entry of today: the money is out of the till, the charges are open again, and the receipt stays with
 * its number. A fee point that was settled is told to the other offices.
 */
export async function reverseReceipt(
  tx: Write,
  events: Events,
  receiptId: string,
  { by, reason }: { by: By; reason: string },
): Promise<Receipt> {
  if (reason.trim() === '') throw new BadRequest('reason-missing')
  const locked = await sql`select 1 from receipt
     where municipality_id = ${tx.town} and receipt_id = ${receiptId} for update`.execute(tx.q)
  if (locked.rows.length === 0) throw new NotFound('no-such-receipt')
  const receipt = await getReceipt(tx, receiptId)
  if (receipt.reversedBy) throw new Conflict('receipt-reversed', { number: receipt.number })
  const charges = await lockCharges(
    tx,
    receipt.lines.map(line => line.chargeId),
  )
  const paid = new Set(receipt.lines.map(line => `${line.requestId} ${line.feePoint}`))
  const reopened = settledPoints(charges).filter(({ requestId, feePoint }) =>
    paid.has(`${requestId} ${feePoint}`),
  )
  const { voucherId, requestId, payer } = receipt
  const counter = await counterEntry(tx, { voucherId, description: reason.trim(), by, requestId })
  await settle(
    tx,
    receipt.lines.map(line => ({ chargeId: line.chargeId, minor: -line.amount.minor })),
  )
  await sql`update receipt set reversed_by = ${counter}
             where municipality_id = ${tx.town} and receipt_id = ${receiptId}`.execute(tx.q)
  await record(tx, {
    ...{ actor: by, act: 'treasury.receipt-reversed', subjectKind: 'receipt', subjectId: receiptId },
    ...{ personId: payer.personId ?? charges[0]?.debtor_id, requestId, cause: reason.trim() },
  })
  for (const point of reopened) await events.publish(tx, 'treasury.reopened', point)
  return { ...receipt, reversedBy: counter }
}
