import { sql } from 'kysely'
import { Conflict, NotFound } from '../../lib/errors.ts'
import { type Currency, money, negate, zero } from '../../lib/money.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import { record } from '../audit/index.ts'
import type { By, Charge } from './model.ts'
import { counterEntry, post } from './vouchers.ts'

export type ChargeRow = {
  charge_id: string
  account_id: string
  number: string
  debtor_id: string
  request_id: string | null
  fee_id: string | null
  fee_point: string | null
  due_kind: string
  label_ar: string
  label_en: string
  currency: Currency
  amount_minor: number
  settled_minor: number
  refundable: boolean
  reasons: unknown
  raised_at: Date
  due_on: string
  cancelled_at: Date | null
  voucher_id: string
}

const chargeColumns = sql`c.charge_id, c.account_id, a.number, c.debtor_id, c.request_id, c.fee_id, c.fee_point, c.due_kind,
  c.label_ar, c.label_en, c.currency, c.amount_minor, c.settled_minor, c.refundable, c.reasons, c.raised_at, c.due_on,
  c.cancelled_at, c.voucher_id`

/**
 * Takes a charge back by a counter-entry. One that was paid, even in part, is not: its receipts are reversed first. Nobody is told: who
 * cancels the charge of a request asks `feePointSettled` afterwards.
 */
export async function cancelCharge(
  tx: Write,
  chargeId: string,
  { by, reason }: { by: By; reason: string },
): Promise<void> {
  const [row] = await lockCharges(tx, [chargeId])
  if (!row) throw new NotFound('no-such-charge')
  if (row.cancelled_at) throw new Conflict('charge-cancelled', { chargeId })
  if (row.settled_minor > 0) throw new Conflict('charge-paid', { chargeId })
  const requestId = row.request_id ?? undefined
  await takeBack(tx, row, { description: reason, by, requestId })
  await sql`update charge set cancelled_at = ${tx.now}
             where municipality_id = ${tx.town} and charge_id = ${chargeId}`.execute(tx.q)
  await record(tx, {
    actor: by,
    act: 'treasury.charge-cancelled',
    subjectKind: 'charge',
    subjectId: chargeId,
    personId: row.debtor_id,
    requestId,
    cause: reason,
  })
}

/**
 * The mirror of the charge's own voucher. One that came here by a transfer has the other debtor's line in its voucher, which stays: there
 * only what this debtor owes is taken off.
 */
async function takeBack(
  tx: Write,
  row: ChargeRow,
  of: { description: string; by: By; requestId: string | undefined },
): Promise<void> {
  const moved = await sql`select 1 from voucher
     where municipality_id = ${tx.town} and voucher_id = ${row.voucher_id} and kind = 'transfer'`.execute(
    tx.q,
  )
  if (moved.rows.length === 0) {
    await counterEntry(tx, { voucherId: row.voucher_id, ...of })
    return
  }
  const amount = money(row.amount_minor, row.currency)
  const chargeId = row.charge_id
  await post(tx, { kind: 'counter-entry', at: tx.now, ...of }, [
    { ledger: `receivable:${row.due_kind}`, amount: negate(amount), accountId: row.account_id, chargeId },
    { ledger: `${row.refundable ? 'deposit' : 'income'}:${row.due_kind}`, amount, chargeId },
  ])
}

/** One charge. */
export async function getCharge(tx: Read, chargeId: string): Promise<Charge> {
  const found = await sql<ChargeRow>`
    select ${chargeColumns} from charge c
      join account a on a.municipality_id = c.municipality_id and a.account_id = c.account_id
     where c.municipality_id = ${tx.town} and c.charge_id = ${chargeId}`.execute(tx.q)
  if (!found.rows[0]) throw new NotFound('no-such-charge')
  return toCharge(found.rows[0])
}

/** Every charge of a request in the order it was raised, the cancelled ones too. */
export async function chargesOfRequest(tx: Read, requestId: string): Promise<Charge[]> {
  const found = await sql<ChargeRow>`
    select ${chargeColumns} from charge c
      join account a on a.municipality_id = c.municipality_id and a.account_id = c.account_id
     where c.municipality_id = ${tx.town} and c.request_id = ${requestId}
     order by c.raised_at, c.charge_id`.execute(tx.q)
  return found.rows.map(toCharge)
}

/**
 * Whether nothing is open at a fee point of a request. Also true where nothing was ever raised: whether a fee is due there is for the
 * service's definition to say.
 */
export async function feePointSettled(tx: Read, requestId: string, feePoint: string): Promise<boolean> {
  const open = await sql`
    select 1 from charge
     where municipality_id = ${tx.town} and request_id = ${requestId} and fee_point = ${feePoint}
       and cancelled_at is null and settled_minor < amount_minor limit 1`.execute(tx.q)
  return open.rows.length === 0
}

/**
 * These charges, locked in one order for all, together with the other charges of their fee points: of two receipts that settle the last
 * two charges of a point, the second then sees what the first did.
 */
export async function lockCharges(tx: Write, chargeIds: readonly string[]): Promise<ChargeRow[]> {
  const ids = [...chargeIds]
  const found = await sql<ChargeRow>`
    select ${chargeColumns} from charge c
      join account a on a.municipality_id = c.municipality_id and a.account_id = c.account_id
     where c.municipality_id = ${tx.town} and c.charge_id = any(array(
       select unnest(${ids}::uuid[])
       union
       select s.charge_id from charge k
         join charge s on s.municipality_id = k.municipality_id and s.request_id = k.request_id and s.fee_point = k.fee_point
        where k.municipality_id = ${tx.town} and k.charge_id = any(${ids}::uuid[])))
     order by c.charge_id for update of c`.execute(tx.q)
  const named = new Set(ids)
  return found.rows.sort((a, b) => Number(named.has(b.charge_id)) - Number(named.has(a.charge_id)))
}

/** Adds to what is settled of charges, or takes from it; the charges are locked already. */
export async function settle(
  tx: Write,
  amounts: readonly { chargeId: string; minor: number }[],
): Promise<void> {
  await sql`
    update charge c set settled_minor = c.settled_minor + s.minor
      from (select charge_id, sum(minor)::bigint as minor
              from unnest(${amounts.map(each => each.chargeId)}::uuid[], ${amounts.map(each => each.minor)}::bigint[])
                   as u(charge_id, minor) group by charge_id) s
     where c.municipality_id = ${tx.town} and c.charge_id = s.charge_id`.execute(tx.q)
}

export type FeePointOf = { requestId: string; feePoint: string }

/** The fee points among locked charges of which nothing is open. */
export function settledPoints(rows: readonly ChargeRow[]): FeePointOf[] {
  const points = new Map<string, FeePointOf & { open: boolean }>()
  for (const row of rows) {
    if (row.request_id === null || row.fee_point === null || row.cancelled_at) continue
    const key = `${row.request_id} ${row.fee_point}`
    const open = row.settled_minor < row.amount_minor || (points.get(key)?.open ?? false)
    points.set(key, { requestId: row.request_id, feePoint: row.fee_point, open })
  }
  return [...points.values()]
    .filter(point => !point.open)
    .map(({ requestId, feePoint }) => ({ requestId, feePoint }))
}

function toCharge(row: ChargeRow): Charge {
  const { currency } = row
  const cancelled = row.cancelled_at !== null
  return {
    id: row.charge_id,
    accountId: row.account_id,
    accountNumber: row.number,
    debtorId: row.debtor_id,
    requestId: row.request_id ?? undefined,
    feeId: row.fee_id ?? undefined,
    feePoint: row.fee_point ?? undefined,
    dueKind: row.due_kind,
    label: { ar: row.label_ar, en: row.label_en },
    amount: money(row.amount_minor, currency),
    settled: money(row.settled_minor, currency),
    open: cancelled ? zero(currency) : money(row.amount_minor - row.settled_minor, currency),
    refundable: row.refundable,
    reasons: row.reasons,
    raisedAt: row.raised_at,
    dueOn: row.due_on,
    cancelled,
  }
}
