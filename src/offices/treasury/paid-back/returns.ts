import { sql } from 'kysely'
import { newId } from '../../../lib/ids.ts'
import type { Money } from '../../../lib/money.ts'
import type { Write } from '../../../platform/database/index.ts'
import type { By } from '../model.ts'

/** What became of money that a charge was paid with. */
export type Return = { chargeId: string; amount: Money } & (
  | { kind: 'paid-out'; paymentId: string }
  | { kind: 'to-account'; creditId: string }
  | { kind: 'kept' }
)

/** Writes what became of paid charges whose voucher is posted. */
export async function writeReturns(
  tx: Write,
  returns: readonly Return[],
  of: { voucherId: string; requestId?: string | undefined; by: By },
): Promise<void> {
  if (returns.length === 0) return
  const { voucherId, requestId, by } = of
  await sql`
    insert into charge_return (municipality_id, return_id, kind, charge_id, currency, amount_minor, payment_id, credit_id, voucher_id,
                               request_id, at, by_kind, by_id)
    select ${tx.town}::uuid, r.*, ${voucherId}::uuid, ${requestId ?? null}::uuid, ${tx.now}::timestamptz, ${by.kind}::text, ${by.id}::text
      from unnest(${returns.map(() => newId(tx.now))}::uuid[], ${returns.map(each => each.kind)}::text[],
                  ${returns.map(each => each.chargeId)}::uuid[], ${returns.map(each => each.amount.currency)}::text[],
                  ${returns.map(each => each.amount.minor)}::bigint[],
                  ${returns.map(each => ('paymentId' in each ? each.paymentId : null))}::uuid[],
                  ${returns.map(each => ('creditId' in each ? each.creditId : null))}::uuid[]) as r`.execute(
    tx.q,
  )
}
