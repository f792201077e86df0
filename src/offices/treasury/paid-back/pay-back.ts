import { sql } from 'kysely'
import { Conflict } from '../../../lib/errors.ts'
import { newId } from '../../../lib/ids.ts'
import { add, type Currency, type Money, money, negate, sumByCurrency } from '../../../lib/money.ts'
import type { Write } from '../../../platform/database/index.ts'
import { record } from '../../audit/index.ts'
import { getPerson } from '../../people/index.ts'
import type { Ledger, VoucherLine } from '../model.ts'
import { post } from '../vouchers.ts'
import type { PartGivenBack, PayBackInput, PaymentWay } from './model.ts'
import { type Return, writeReturns } from './returns.ts'
import { awaitsCheque } from './store.ts'

/** Out of which money of the treasurer each way of paying goes. */
const outOf: Record<PaymentWay, Ledger> = {
  cheque: 'treasury:bank',
  transfer: 'treasury:bank',
  cash: 'treasury:cash',
}

/**
 * Pays back what was paid, by a payment voucher (سند صرف) for each currency: a deposit is owed no longer, and what was income is less by
 * it. The charge itself stays settled. Parts come from `paidOfRequest`, `paidByReceipt` or `freeOfReceipt` of the same transaction, which
 * hold the locks.
 * @returns the ids of the payment vouchers; none in a currency of which all is kept
 * @throws Conflict `nothing-to-return`, `return-too-much`, `cheque-not-cleared`
 */
export async function payBack(tx: Write, input: PayBackInput): Promise<string[]> {
  const parts = input.parts.filter(part => takenOf(part).minor > 0)
  if (parts.length === 0) throw new Conflict('nothing-to-return')
  const chargeIds = parts.flatMap(part => ('of' in part ? [part.of.chargeId] : []))
  if (await awaitsCheque(tx, { chargeIds })) throw new Conflict('cheque-not-cleared')
  for (const part of parts) {
    const { left } = 'of' in part ? part.of : part.credit
    if (left.currency !== part.amount.currency || left.minor < takenOf(part).minor)
      throw new Conflict('return-too-much', { left })
  }
  const currencies = [...new Set(parts.map(part => part.amount.currency))]
  const payments: string[] = []
  for (const currency of currencies) {
    const paymentId = await payOne(tx, input, parts, currency)
    if (paymentId !== undefined) payments.push(paymentId)
  }
  return payments
}

const takenOf = (part: PartGivenBack) =>
  'of' in part && part.kept ? add(part.amount, part.kept) : part.amount

async function payOne(
  tx: Write,
  input: PayBackInput,
  all: readonly PartGivenBack[],
  currency: Currency,
): Promise<string | undefined> {
  const parts = all.filter(part => part.amount.currency === currency)
  const { by, description, requestId, personId } = input
  const total = sumByCurrency(parts.map(part => part.amount))[0] ?? money(0, currency)
  const voucherId = await post(tx, { kind: 'refund', at: tx.now, description, by, requestId }, [
    ...parts.flatMap(linesOf),
    ...(total.minor > 0 ? [{ ledger: outOf[input.way], amount: negate(total) }] : []),
  ])
  const paymentId = total.minor > 0 ? await writePayment(tx, input, total, voucherId) : undefined
  const of = { voucherId, requestId, by }
  await writeReturns(
    tx,
    parts.flatMap(part => returnsOf(part, paymentId)),
    of,
  )
  await drawOnCredits(tx, parts)
  await record(tx, {
    actor: by,
    act: 'treasury.paid-back',
    subjectKind: 'voucher',
    subjectId: voucherId,
    personId,
    requestId,
    cause: description,
  })
  return paymentId
}

async function writePayment(
  tx: Write,
  input: PayBackInput,
  total: Money,
  voucherId: string,
): Promise<string> {
  const { by, description, requestId, personId } = input
  const { currency } = total
  const paymentId = newId(tx.now)
  const { displayName } = await getPerson(tx, personId)
  await sql`
    insert into payment_voucher (municipality_id, payment_id, number, year, person_id, payee, way, reference, bank, currency, amount_minor,
                                 description, request_id, voucher_id, at, by_kind, by_id)
    select ${tx.town}::uuid, ${paymentId}::uuid, next_number('payment-voucher', y.year), y.year, ${personId}::uuid, ${displayName}::text,
           ${input.way}::text, ${input.reference?.trim() || null}::text, ${input.bank?.trim() || null}::text, ${currency}::text,
           ${total.minor}::bigint, ${description}::text, ${requestId ?? null}::uuid, ${voucherId}::uuid, ${tx.now}::timestamptz,
           ${by.kind}::text, ${by.id}::text
      from (select extract(year from ${tx.now}::timestamptz at time zone time_zone)::integer as year
              from municipality where municipality_id = ${tx.town}) y`.execute(tx.q)
  return paymentId
}

function returnsOf(part: PartGivenBack, paymentId: string | undefined): Return[] {
  if (!('of' in part)) return []
  const { chargeId } = part.of
  const returns: Return[] = []
  if (paymentId !== undefined && part.amount.minor > 0)
    returns.push({ kind: 'paid-out', chargeId, amount: part.amount, paymentId })
  if (part.kept && part.kept.minor > 0) returns.push({ kind: 'kept', chargeId, amount: part.kept })
  return returns
}

function linesOf(part: PartGivenBack): VoucherLine[] {
  if ('credit' in part) {
    const { accountId, ledger } = part.credit
    return part.amount.minor > 0 ? [{ ledger, amount: part.amount, accountId }] : []
  }
  const { chargeId, dueKind, refundable } = part.of
  const ledger: Ledger = `${refundable ? 'deposit' : 'income'}:${dueKind}`
  const lines: VoucherLine[] = [{ ledger, amount: takenOf(part), chargeId }]
  if (part.kept && part.kept.minor > 0)
    lines.push({ ledger: `income:${dueKind}`, amount: negate(part.kept), chargeId })
  return lines
}

async function drawOnCredits(tx: Write, parts: readonly PartGivenBack[]): Promise<void> {
  const used = parts.flatMap(part => ('credit' in part && part.amount.minor > 0 ? [part] : []))
  if (used.length === 0) return
  await sql`
    update account_credit k set used_minor = k.used_minor + u.minor
      from unnest(${used.map(part => part.credit.creditId)}::uuid[], ${used.map(part => part.amount.minor)}::bigint[]) as u(credit_id, minor)
     where k.municipality_id = ${tx.town} and k.credit_id = u.credit_id`.execute(tx.q)
}
