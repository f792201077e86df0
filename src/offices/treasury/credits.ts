import { sql } from 'kysely'
import { NotFound } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import type { Write } from '../../platform/database/index.ts'
import type { ReceiptLineInput } from './model.ts'

/** A credit that a receipt's line opens. */
export type Credited = {
  creditId: string
  accountId: string
  accountKind: string
  personId: string | undefined
}

/** The credits of a receipt's lines on account, by the place of the line: named before the voucher that brings them. */
export async function openCredits(
  tx: Write,
  lines: readonly ReceiptLineInput[],
  payerId: string | undefined,
): Promise<Map<number, Credited>> {
  const credits = new Map<number, Credited>()
  const accounts = [...new Set(lines.flatMap(line => line.onAccount ?? []))]
  if (accounts.length === 0) return credits
  const found = await sql<{ account_id: string; kind: string }>`
    select account_id, kind from account
     where municipality_id = ${tx.town} and account_id = any(${accounts}::uuid[])`.execute(tx.q)
  for (const [at, line] of lines.entries()) {
    if (line.onAccount === undefined) continue
    const account = found.rows.find(row => row.account_id === line.onAccount)
    if (!account) throw new NotFound('no-such-account', { account: line.onAccount })
    credits.set(at, {
      creditId: newId(tx.now),
      accountId: account.account_id,
      accountKind: account.kind,
      personId: line.personId ?? payerId,
    })
  }
  return credits
}

/** Writes the credits of a voucher that was posted. */
export async function writeCredits(
  tx: Write,
  credits: ReadonlyMap<number, Credited>,
  lines: readonly ReceiptLineInput[],
  { voucherId, at }: { voucherId: string; at: Date },
): Promise<void> {
  for (const [place, { creditId, accountId, personId }] of credits) {
    const amount = lines[place]?.amount
    if (!amount) continue
    await sql`
      insert into account_credit (municipality_id, credit_id, account_id, person_id, currency, amount_minor, used_minor, at, voucher_id)
      values (${tx.town}, ${creditId}, ${accountId}, ${personId ?? null}, ${amount.currency}, ${amount.minor}, 0, ${at},
              ${voucherId})`.execute(tx.q)
  }
}
