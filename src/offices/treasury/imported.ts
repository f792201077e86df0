import { sql } from 'kysely'
import type { CalendarDate } from '../../lib/calendar.ts'
import { newId } from '../../lib/ids.ts'
import type { Localized } from '../../lib/localized.ts'
import type { Money } from '../../lib/money.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import { accountNumber } from './account-number.ts'
import type { By, ObjectKind } from './model.ts'

/** Accounts and balances that come from a program the town had before, many at once. */

export type ImportedAccount = {
  kind: string
  objectKind: ObjectKind
  objectId: string
  holderId: string
  from: CalendarDate
}

/**
 * Opens accounts of a source (`import:NAME`) as of an instant, two statements however many they are; gives their ids in order. The caller
 * has made sure that the objects have no account of the kind.
 */
export async function openImportedAccounts(
  tx: Write,
  accounts: readonly ImportedAccount[],
  { source, asOf }: { source: string; asOf: Date },
): Promise<string[]> {
  if (accounts.length === 0) return []
  const ids = accounts.map(() => newId(tx.now))
  const { rows } = await sql<{ last: number }>`
    insert into series as s (municipality_id, name, year, last) values (${tx.town}, 'account', 0, ${accounts.length})
    on conflict (municipality_id, name, year) do update set last = s.last + excluded.last returning last`.execute(
    tx.q,
  )
  const before = (rows[0]?.last ?? accounts.length) - accounts.length
  const given = accounts.map((account, at) => ({
    id: ids[at],
    number: accountNumber(account.kind, before + at + 1),
    kind: account.kind,
    object_kind: account.objectKind,
    object_id: account.objectId,
    holder: account.holderId,
    valid_from: account.from,
  }))
  await sql`
    with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g(id uuid, number text, kind text, object_kind text,
        object_id uuid, holder uuid, valid_from date)),
    opened as (
      insert into account (municipality_id, account_id, number, kind, object_kind, object_id, opened_at, source, as_of)
      select ${tx.town}::uuid, id, number, kind, object_kind, object_id, ${tx.now}::timestamptz, ${source}::text, ${asOf}::timestamptz from given)
    insert into account_holder (municipality_id, account_id, person_id, capacity, valid_from)
    select ${tx.town}::uuid, id, holder, 'holder', valid_from from given`.execute(tx.q)
  return ids
}

export type ImportedBalance = {
  accountId: string
  debtorId: string
  kind: string
  /** What is owed when positive, what stands to the holder's credit when negative; never zero. */
  amount: Money
  label: Localized
  dueOn: CalendarDate
}

/** The accounts of these objects and kinds, by `OBJECT KIND`, with the books they are of: 'own' or 'import:NAME'. */
export async function accountsOfObjects(
  tx: Read,
  sought: readonly { objectId: string; kind: string }[],
): Promise<Map<string, { id: string; source: string }>> {
  if (sought.length === 0) return new Map()
  const { rows } = await sql<{ object_id: string; kind: string; account_id: string; source: string }>`
    select a.object_id, a.kind, a.account_id, a.source
      from unnest(${sought.map(each => each.objectId)}::uuid[], ${sought.map(each => each.kind)}::text[]) as g(object_id, kind)
      join account a on a.municipality_id = ${tx.town} and a.object_id = g.object_id and a.kind = g.kind`.execute(
    tx.q,
  )
  return new Map(
    rows.map(row => [`${row.object_id} ${row.kind}`, { id: row.account_id, source: row.source }]),
  )
}

/** How a balance stands in the books: a charge that is owed, or a credit on the account. */
export type PostedBalance = {
  voucherId: string
  chargeId: string | undefined
  creditId: string | undefined
}

/** Posts balances as opening vouchers: what is owed as charges, what is in credit as money on account. In order. */
export async function postImportedBalances(
  tx: Write,
  balances: readonly ImportedBalance[],
  { by, reasons }: { by: By; reasons: unknown },
): Promise<PostedBalance[]> {
  if (balances.length === 0) return []
  const posted = balances.map(({ amount }): PostedBalance => {
    const owed = amount.minor > 0
    return {
      voucherId: newId(tx.now),
      chargeId: owed ? newId(tx.now) : undefined,
      creditId: owed ? undefined : newId(tx.now),
    }
  })
  const given = balances.map((balance, at) => ({
    voucher: posted[at]?.voucherId,
    charge: posted[at]?.chargeId,
    credit: posted[at]?.creditId,
    account: balance.accountId,
    debtor: balance.debtorId,
    kind: balance.kind,
    currency: balance.amount.currency,
    minor: balance.amount.minor,
    due_on: balance.dueOn,
    label_ar: balance.label.ar,
    label_en: balance.label.en,
  }))
  const recordset = sql`select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g(voucher uuid, charge uuid, credit uuid,
    account uuid, debtor uuid, kind text, currency text, minor bigint, due_on date, label_ar text, label_en text)`
  await sql`
    with given as materialized (${recordset}),
    heads as (
      insert into voucher (municipality_id, voucher_id, kind, at, entered_at, description, by_kind, by_id)
      select ${tx.town}::uuid, voucher, 'opening', ${tx.now}::timestamptz, ${tx.now}::timestamptz, label_ar, ${by.kind}::text, ${by.id}::text
        from given),
    owed as (
      insert into charge (municipality_id, charge_id, account_id, debtor_id, due_kind, label_ar, label_en, currency, amount_minor, refundable,
                          reasons, raised_at, due_on, voucher_id)
      select ${tx.town}::uuid, charge, account, debtor, kind, label_ar, label_en, currency, minor, false, ${JSON.stringify(reasons)}::jsonb,
             ${tx.now}::timestamptz, due_on, voucher from given where charge is not null),
    credited as (
      insert into account_credit (municipality_id, credit_id, account_id, person_id, currency, amount_minor, used_minor, at, voucher_id)
      select ${tx.town}::uuid, credit, account, debtor, currency, -minor, 0, ${tx.now}::timestamptz, voucher from given where credit is not null)
    insert into voucher_line (municipality_id, voucher_id, line, ledger, account_id, charge_id, currency, amount_minor)
    select ${tx.town}::uuid, voucher, 1, case when charge is null then 'advance:' else 'receivable:' end || kind, account, charge, currency, minor
      from given
    union all
    select ${tx.town}::uuid, voucher, 2, 'opening', null, null, currency, -minor from given`.execute(tx.q)
  return posted
}

/** What was used of balances since they were posted: paid or relieved of a charge, taken from a credit. Minor units by voucher. */
export async function usedOfImported(tx: Read, voucherIds: readonly string[]): Promise<Map<string, number>> {
  if (voucherIds.length === 0) return new Map()
  const { rows } = await sql<{ voucher_id: string; used: number }>`
    select voucher_id, settled_minor as used from charge
     where municipality_id = ${tx.town} and voucher_id = any(${[...voucherIds]}::uuid[]) and settled_minor > 0
    union all
    select c.voucher_id, c.used_minor from voucher_line l
      join account_credit c on c.municipality_id = l.municipality_id and c.account_id = l.account_id and c.voucher_id = l.voucher_id
     where l.municipality_id = ${tx.town} and l.voucher_id = any(${[...voucherIds]}::uuid[]) and l.line = 1 and c.used_minor > 0`.execute(
    tx.q,
  )
  return new Map(rows.map(row => [row.voucher_id, row.used]))
}

/**
 * Takes balances back by counter-entries: the source says something else now. None of them has been used; the caller has asked. Whatever
 * was used meanwhile stays, and is not in the answer.
 */
export async function reverseImportedBalances(
  tx: Write,
  voucherIds: readonly string[],
  { by, description }: { by: By; description: string },
): Promise<Set<string>> {
  if (voucherIds.length === 0) return new Set()
  const owed = await sql<{ voucher_id: string }>`
    update charge set cancelled_at = ${tx.now}
     where municipality_id = ${tx.town} and voucher_id = any(${[...voucherIds]}::uuid[]) and settled_minor = 0 and cancelled_at is null
    returning voucher_id`.execute(tx.q)
  const credited = await sql<{ voucher_id: string }>`
    update account_credit c set used_minor = c.amount_minor from voucher_line l
     where l.municipality_id = ${tx.town} and l.voucher_id = any(${[...voucherIds]}::uuid[]) and l.line = 1
       and c.municipality_id = ${tx.town} and c.account_id = l.account_id and c.voucher_id = l.voucher_id and c.used_minor = 0
    returning c.voucher_id`.execute(tx.q)
  const reversed = [...owed.rows, ...credited.rows].map(row => row.voucher_id)
  if (reversed.length === 0) return new Set()
  const entries = reversed.map(of => ({ of, id: newId(tx.now) }))
  await sql`
    with pair as materialized (
      select * from unnest(${entries.map(each => each.of)}::uuid[], ${entries.map(each => each.id)}::uuid[]) as p(of, id)),
    heads as (
      insert into voucher (municipality_id, voucher_id, kind, at, entered_at, description, by_kind, by_id, reverses)
      select ${tx.town}::uuid, id, 'counter-entry', ${tx.now}::timestamptz, ${tx.now}::timestamptz, ${description}::text, ${by.kind}::text,
             ${by.id}::text, of from pair)
    insert into voucher_line (municipality_id, voucher_id, line, ledger, account_id, charge_id, currency, amount_minor)
    select l.municipality_id, p.id, l.line, l.ledger, l.account_id, l.charge_id, l.currency, -l.amount_minor
      from pair p join voucher_line l on l.municipality_id = ${tx.town} and l.voucher_id = p.of`.execute(tx.q)
  return new Set(reversed)
}

/** Says that accounts of a source hold for a later day: the source was read again and said the same. Never an earlier one. */
export async function confirmImported(tx: Write, accountIds: readonly string[], asOf: Date): Promise<number> {
  if (accountIds.length === 0) return 0
  const done = await sql`
    update account set as_of = ${asOf}
     where municipality_id = ${tx.town} and account_id = any(${[...accountIds]}::uuid[]) and source <> 'own'
       and (as_of is null or as_of < ${asOf})`.execute(tx.q)
  return Number(done.numAffectedRows ?? 0n)
}

/** Ends the present holders' terms on imported accounts and begins another's. What is owed stays with who owes it. */
export async function changeImportedHolder(
  tx: Write,
  accountIds: readonly string[],
  holder: { personId: string; from: CalendarDate },
): Promise<void> {
  if (accountIds.length === 0) return
  await sql`
    update account_holder set valid_until = greatest(${holder.from}::date, valid_from)
     where municipality_id = ${tx.town} and account_id = any(${[...accountIds]}::uuid[]) and valid_until is null
       and person_id <> ${holder.personId}`.execute(tx.q)
  await sql`
    insert into account_holder (municipality_id, account_id, person_id, capacity, valid_from)
    select ${tx.town}::uuid, unnest(${[...accountIds]}::uuid[]), ${holder.personId}::uuid, 'holder', ${holder.from}::date
    on conflict (municipality_id, account_id, person_id, valid_from) do update set valid_until = null`.execute(
    tx.q,
  )
}
