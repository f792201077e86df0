import { sql } from 'kysely'
import { Conflict } from '../../../lib/errors.ts'
import { newId } from '../../../lib/ids.ts'
import { add, type Currency, money, negate, sumByCurrency } from '../../../lib/money.ts'
import type { Write } from '../../../platform/database/index.ts'
import { record } from '../../audit/index.ts'
import { getPerson } from '../../people/index.ts'
import type { Ledger, VoucherLine } from '../model.ts'
import { post } from '../vouchers.ts'
import type { PartGivenBack, PayBackInput, PaymentWay } from './model.ts'
import { writeReturns } from './returns.ts'

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
 * @returns the ids of the payment vouchers
 * @throws Conflict `nothing-to-return`, `return-too-much`
 */
export async function payBack(tx: Write, input: PayBackInput): Promise<string[]> {
  const parts = input.parts.filter(part => part.amount.minor > 0 || ('of' in part && part.kept))
  if (!parts.some(part => part.amount.minor > 0)) throw new Conflict('nothing-to-return')
  for (const part of parts) {
    const { left } = 'of' in part ? part.of : part.credit
    if (left.currency !== part.amount.currency || left.minor < takenOf(part).minor)
      throw new Conflict('return-too-much', { left })
  }
  const currencies = [...new Set(parts.map(part => part.amount.currency))]
  const payments: string[] = []
  for (const currency of currencies) payments.push(await payOne(tx, input, parts, currency))
  return payments
}

const takenOf = (part: PartGivenBack) =>
  'of' in part && part.kept ? add(part.amount, part.kept) : part.amount

async function payOne(
  tx: Write,
  input: PayBackInput,
  all: readonly PartGivenBack[],
  currency: Currency,
): Promise<string> {
  const parts = all.filter(part => part.amount.currency === currency)
  const { by, description, requestId, personId } = input
  const total = sumByCurrency(parts.map(part => part.amount))[0] ?? money(0, currency)
  const voucherId = await post(tx, { kind: 'refund', at: tx.now, description, by, requestId }, [
    ...parts.flatMap(linesOf),
    { ledger: outOf[input.way], amount: negate(total) },
  ])
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
  const of = { voucherId, requestId, by }
  await writeReturns(
    tx,
    parts.flatMap(part => {
      if (!('of' in part)) return []
      const { chargeId } = part.of
      return [
        { kind: 'paid-out' as const, chargeId, amount: part.amount, paymentId },
        ...(part.kept ? [{ kind: 'kept' as const, chargeId, amount: part.kept }] : []),
      ].filter(each => each.amount.minor > 0)
    }),
    of,
  )
  await drawOnCredits(tx, parts)
  await record(tx, {
    ...{ actor: by, act: 'treasury.paid-back', subjectKind: 'payment-voucher', subjectId: paymentId },
    ...{ personId, requestId, cause: description },
  })
  return paymentId
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
