import { sql } from 'kysely'
import { newId } from '../../../lib/ids.ts'
import type { Money } from '../../../lib/money.ts'
import type { Write } from '../../../platform/database/index.ts'
import type { Events } from '../../../platform/events.ts'
import { type ChargeRow, settle, settledPoints } from '../charges.ts'
import type { By } from '../model.ts'

/** What settles a charge without a receipt, and the row that it came from. */
export type Relief = { chargeId: string; amount: Money; voucherId: string } & (
  | { kind: 'credit'; creditId: string }
  | { kind: 'exemption'; exemptionId: string }
  | { kind: 'transfer'; transferId: string }
)

/** Settles charges by reliefs whose vouchers are posted; the charges are locked already. */
export async function writeReliefs(tx: Write, reliefs: readonly Relief[], by: By): Promise<void> {
  if (reliefs.length === 0) return
  const of = (kind: Relief['kind'], id: (relief: Relief) => string | undefined) =>
    reliefs.map(relief => (relief.kind === kind ? (id(relief) ?? null) : null))
  await sql`
    insert into charge_relief (municipality_id, relief_id, kind, charge_id, currency, amount_minor, voucher_id, credit_id, exemption_id,
                               transfer_id, at, by_kind, by_id)
    select ${tx.town}::uuid, r.*, ${tx.now}::timestamptz, ${by.kind}::text, ${by.id}::text
      from unnest(${reliefs.map(() => newId(tx.now))}::uuid[], ${reliefs.map(relief => relief.kind)}::text[],
                  ${reliefs.map(relief => relief.chargeId)}::uuid[], ${reliefs.map(relief => relief.amount.currency)}::text[],
                  ${reliefs.map(relief => relief.amount.minor)}::bigint[], ${reliefs.map(relief => relief.voucherId)}::uuid[],
                  ${of('credit', relief => ('creditId' in relief ? relief.creditId : undefined))}::uuid[],
                  ${of('exemption', relief => ('exemptionId' in relief ? relief.exemptionId : undefined))}::uuid[],
                  ${of('transfer', relief => ('transferId' in relief ? relief.transferId : undefined))}::uuid[]) as r`.execute(
    tx.q,
  )
  await settle(
    tx,
    reliefs.map(({ chargeId, amount }) => ({ chargeId, minor: amount.minor })),
  )
}

/** Tells the other offices of the fee points that are settled now, of locked charges whose settled sums are as they have become. */
export async function tellSettled(
  tx: Write,
  events: Events,
  rows: readonly ChargeRow[],
  { chargeIds, decision, by }: { chargeIds: ReadonlySet<string>; decision: string; by: By },
): Promise<void> {
  const touched = new Set(
    rows.filter(row => chargeIds.has(row.charge_id)).map(row => `${row.request_id} ${row.fee_point}`),
  )
  for (const point of settledPoints(rows)) {
    if (!touched.has(`${point.requestId} ${point.feePoint}`)) continue
    await events.publish(tx, 'treasury.settled', { ...point, decision, by })
  }
}
