import { sql } from 'kysely'
import { Conflict, Forbidden, InvalidInput } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import type { Money } from '../../lib/money.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import { planJob } from '../../platform/jobs/index.ts'
import { record } from '../audit/index.ts'
import { freeCredit, getReceipt } from '../treasury/index.ts'
import type { Intent, RefundScope } from './model.ts'
import { addEvent, getIntent, getRefund, lockIntent, refundsOf } from './store.ts'

declare module '../../platform/jobs/jobs.ts' {
  interface JobPayloads {
    'payments.refund': { refundId: string }
    'payments.reconcile': Record<string, never>
    'payments.remind': Record<string, never>
  }
}

/** What can be given back of a payment now, and how much it is. */
export async function refundable(tx: Read, intent: Intent): Promise<{ scope: RefundScope; amount: Money }[]> {
  if (intent.state === 'mismatch' && intent.taken && !intent.receiptId)
    return [{ scope: 'untaken', amount: intent.taken }]
  if (!intent.receiptId || !intent.taken || !['paid', 'late'].includes(intent.state)) return []
  const receipt = await getReceipt(tx, intent.receiptId)
  if (receipt.reversedBy) return []
  const onAccount = receipt.lines.filter(line => line.creditId !== undefined)
  const [free] = await freeCredit(tx, receipt.id)
  const whole = onAccount.reduce((sum, line) => sum + line.amount.minor, 0) === (free?.minor ?? 0)
  return [
    ...(whole ? [{ scope: 'whole' as const, amount: intent.taken }] : []),
    ...(free && onAccount.length < receipt.lines.length ? [{ scope: 'credit' as const, amount: free }] : []),
  ]
}

/**
 * Asks that money be given back; nothing moves until another person has agreed.
 * @throws InvalidInput `reason-missing`; Conflict `nothing-to-refund`, `refund-under-way`
 */
export async function askRefund(
  tx: Write,
  of: { intentId: string; scope: RefundScope; reason: string; by: { kind: string; id: string } },
): Promise<string> {
  const reason = of.reason.trim()
  if (reason === '') throw new InvalidInput([{ field: 'reason', code: 'reason-missing' }])
  const intent = await lockIntent(tx, of.intentId)
  const possible = await refundable(tx, intent)
  // Where all of it lies on account, giving back the credit and taking back the receipt are one.
  const found =
    possible.find(each => each.scope === of.scope) ??
    (of.scope === 'credit' ? possible.find(each => each.scope === 'whole') : undefined)
  if (!found) throw new Conflict('nothing-to-refund')
  const living = (await refundsOf(tx, intent.id)).some(each =>
    ['asked', 'approved', 'done'].includes(each.state),
  )
  if (living) throw new Conflict('refund-under-way')
  const id = newId(tx.now)
  await sql`
    insert into payment_refund (municipality_id, refund_id, intent_id, scope, currency, amount_minor, reason, state, asked_by_kind, asked_by,
                                asked_at)
    values (${tx.town}, ${id}, ${intent.id}, ${found.scope}, ${found.amount.currency}, ${found.amount.minor}, ${reason}, 'asked',
            ${of.by.kind}, ${of.by.id}, ${tx.now})`.execute(tx.q)
  await addEvent(tx, intent.id, { kind: 'refund-asked', by: of.by, facts: { reason, amount: found.amount } })
  await record(tx, {
    actor: of.by,
    act: 'payments.refund-asked',
    subjectKind: 'payment',
    subjectId: intent.id,
    personId: intent.personId,
    requestId: intent.requestId,
    cause: reason,
  })
  return id
}

/**
 * A second person agrees to a refund or refuses it; agreed, the bank is asked at once.
 * @throws Forbidden `own-proposal`; Conflict `refund-decided`
 */
export async function decideRefund(
  tx: Write,
  of: { refundId: string; accept: boolean; by: { kind: string; id: string } },
): Promise<void> {
  const { refundId, accept, by } = of
  const { intentId } = await getRefund(tx, refundId)
  const intent = await lockIntent(tx, intentId)
  const refund = await getRefund(tx, refundId)
  if (refund.state !== 'asked') throw new Conflict('refund-decided')
  if (refund.askedBy.id === by.id) throw new Forbidden('own-proposal')
  const state = accept ? 'approved' : 'refused'
  await sql`update payment_refund set state = ${state}, decided_by = ${by.id}, decided_at = ${tx.now}
             where municipality_id = ${tx.town} and refund_id = ${refundId}`.execute(tx.q)
  await addEvent(tx, intentId, { kind: `refund-${state}`, by })
  await record(tx, {
    actor: by,
    act: `payments.refund-${state}`,
    subjectKind: 'payment',
    subjectId: intentId,
    personId: intent.personId,
    requestId: intent.requestId,
    cause: refund.reason,
  })
  if (accept) await planJob(tx, 'payments.refund', { refundId }, { key: refundId })
}

/** Money of another amount than agreed is kept after all: the treasurer puts it on what it was meant for. */
export async function mismatched(
  tx: Write,
  intentId: string,
): Promise<Intent & { taken: Money; bankRef: string }> {
  const intent = await getIntent(tx, intentId)
  const living = (await refundsOf(tx, intentId)).some(each =>
    ['asked', 'approved', 'done'].includes(each.state),
  )
  if (intent.state !== 'mismatch' || !intent.taken || !intent.bankRef || living)
    throw new Conflict('payment-not-mismatched')
  return { ...intent, taken: intent.taken, bankRef: intent.bankRef }
}
