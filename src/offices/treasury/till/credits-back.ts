import { sql } from 'kysely'
import type { Write } from '../../../platform/database/index.ts'
import type { Events } from '../../../platform/events.ts'
import { lockCharges, settle, settledPoints } from '../charges.ts'
import type { By } from '../model.ts'
import { counterEntry } from '../vouchers.ts'

/** A credit whose money did not come after all. */
type CreditBack = { creditId: string; accountId: string; accountKind: string; free: number }

/** These credits, locked, with what of each nothing has taken. */
export async function lockCredits(tx: Write, creditIds: readonly string[]): Promise<CreditBack[]> {
  if (creditIds.length === 0) return []
  const { rows } = await sql<{ credit_id: string; account_id: string; kind: string; free: number }>`
    select k.credit_id, k.account_id, a.kind, k.amount_minor - k.used_minor as free
      from account_credit k join account a on a.municipality_id = k.municipality_id and a.account_id = k.account_id
     where k.municipality_id = ${tx.town} and k.credit_id = any(${[...creditIds]}::uuid[])
     order by k.credit_id for update of k`.execute(tx.q)
  return rows.map(row => ({
    creditId: row.credit_id,
    accountId: row.account_id,
    accountKind: row.kind,
    free: row.free,
  }))
}

type Laid = {
  relief_id: string
  voucher_id: string
  charge_id: string
  credit_id: string
  amount_minor: number
}

/**
 * Takes back by counter-entries whatever was laid on charges out of a credit: those charges are open again, and the money of other
 * credits that stood in the same vouchers is free again on theirs.
 */
export async function undoAllocations(
  tx: Write,
  events: Events,
  { creditId }: CreditBack,
  by: By,
  reason: string,
): Promise<void> {
  const { rows } = await sql<Laid>`
    select f.relief_id, f.voucher_id, f.charge_id, f.credit_id, f.amount_minor from charge_relief f
     where f.municipality_id = ${tx.town} and f.kind = 'credit' and f.reversed_by is null
       and f.voucher_id in (select voucher_id from charge_relief
                             where municipality_id = ${tx.town} and credit_id = ${creditId} and reversed_by is null)
     order by f.relief_id for update`.execute(tx.q)
  const charges = await lockCharges(
    tx,
    rows.map(row => row.charge_id),
  )
  const touched = new Set(rows.map(row => row.charge_id))
  const points = new Set(
    charges.filter(row => touched.has(row.charge_id)).map(row => `${row.request_id} ${row.fee_point}`),
  )
  const reopened = settledPoints(charges).filter(point => points.has(`${point.requestId} ${point.feePoint}`))
  for (const voucherId of new Set(rows.map(row => row.voucher_id))) {
    const counter = await counterEntry(tx, { voucherId, description: reason, by })
    await sql`update charge_relief set reversed_by = ${counter}
               where municipality_id = ${tx.town} and voucher_id = ${voucherId}`.execute(tx.q)
  }
  await settle(
    tx,
    rows.map(row => ({ chargeId: row.charge_id, minor: -row.amount_minor })),
  )
  await sql`
    update account_credit k set used_minor = k.used_minor - u.minor
      from (select credit_id, sum(minor)::bigint as minor
              from unnest(${rows.map(row => row.credit_id)}::uuid[], ${rows.map(row => row.amount_minor)}::bigint[])
                   as p(credit_id, minor) group by credit_id) u
     where k.municipality_id = ${tx.town} and k.credit_id = u.credit_id`.execute(tx.q)
  for (const point of reopened) await events.publish(tx, 'treasury.reopened', point)
}
