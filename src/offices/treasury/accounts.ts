import { sql } from 'kysely'
import type { CalendarDate } from '../../lib/calendar.ts'
import { Conflict } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import { samePerson } from '../people/index.ts'
import { accountNumber } from './account-number.ts'
import type { Account, Holder, ObjectKind } from './model.ts'

type AccountRow = {
  account_id: string
  number: string
  kind: string
  object_kind: ObjectKind
  object_id: string
  opened_at: Date
  closed_at: Date | null
  source: string
  as_of: Date | null
}

const columns = sql`a.account_id, a.number, a.kind, a.object_kind, a.object_id, a.opened_at, a.closed_at, a.source, a.as_of`

export type AccountInput = {
  objectKind: ObjectKind
  objectId: string
  kind: string
  holderId: string
  /** owner, tenant …; a tenant is not shown what others owe on the account. */
  capacity?: string | undefined
  /** From which day it is theirs; today unless said. */
  from?: CalendarDate | undefined
  /** 'own' unless it comes from a program the town had before ('import:NAME'), as of an instant. */
  source?: string | undefined
  asOf?: Date | undefined
}

/**
 * The account of a kind that an object has, opened with its first holder when there is none. An account that exists keeps its holders:
 * they change by `changeHolder`, and a debt only by a recorded transfer.
 */
export async function accountFor(tx: Write, input: AccountInput): Promise<Account> {
  const known = await findAccount(tx, input)
  if (known) return known
  await sql`select pg_advisory_xact_lock(hashtextextended(${`account ${tx.town} ${input.objectId} ${input.kind}`}, 0))`.execute(
    tx.q,
  )
  return (await findAccount(tx, input)) ?? (await openAccount(tx, input))
}

async function findAccount(
  tx: Read,
  { objectId, kind }: { objectId: string; kind: string },
): Promise<Account | undefined> {
  const found = await sql<AccountRow>`
    select ${columns} from account a
     where a.municipality_id = ${tx.town} and a.object_id = ${objectId} and a.kind = ${kind}`.execute(tx.q)
  return found.rows[0] && toAccount(found.rows[0])
}

async function openAccount(tx: Write, input: AccountInput): Promise<Account> {
  const id = newId(tx.now)
  const { rows } = await sql<{ running: number }>`select next_number('account', 0) as running`.execute(tx.q)
  const number = accountNumber(input.kind, rows[0]?.running ?? 0)
  const opened = await sql<AccountRow>`
    with a as (
      insert into account (municipality_id, account_id, number, kind, object_kind, object_id, opened_at, source, as_of)
      values (${tx.town}, ${id}, ${number}, ${input.kind}, ${input.objectKind}, ${input.objectId}, ${tx.now},
              ${input.source ?? 'own'}, ${input.asOf ?? null})
      returning *),
    h as (
      insert into account_holder (municipality_id, account_id, person_id, capacity, valid_from)
      select ${tx.town}, ${id}, ${input.holderId}, ${input.capacity ?? 'holder'},
             coalesce(${input.from ?? null}::date, (${tx.now}::timestamptz at time zone m.time_zone)::date)
        from municipality m where m.municipality_id = ${tx.town})
    select ${columns} from a`.execute(tx.q)
  const [row] = opened.rows
  if (!row) throw new Error('an account was opened and not given back')
  return toAccount(row)
}

/** Ends the term of the present holders on a day and begins that of another. What is owed stays with who owes it. */
export async function changeHolder(
  tx: Write,
  change: { accountId: string; holderId: string; capacity?: string | undefined; from: CalendarDate },
): Promise<void> {
  const later = await sql`
    select 1 from account_holder
     where municipality_id = ${tx.town} and account_id = ${change.accountId} and valid_until is null
       and valid_from >= ${change.from}::date for update`.execute(tx.q)
  if (later.rows.length > 0) throw new Conflict('holder-since-later', { from: change.from })
  await sql`
    update account_holder set valid_until = ${change.from}::date
     where municipality_id = ${tx.town} and account_id = ${change.accountId} and valid_until is null`.execute(
    tx.q,
  )
  await sql`
    insert into account_holder (municipality_id, account_id, person_id, capacity, valid_from)
    values (${tx.town}, ${change.accountId}, ${change.holderId}, ${change.capacity ?? 'holder'}, ${change.from}::date)`.execute(
    tx.q,
  )
}

/** Who has held an account, the first holder first. */
export async function holdersOf(tx: Read, accountId: string): Promise<Holder[]> {
  const found = await sql<{
    account_id: string
    person_id: string
    capacity: string
    valid_from: string
    valid_until: string | null
  }>`
    select account_id, person_id, capacity, valid_from, valid_until from account_holder
     where municipality_id = ${tx.town} and account_id = ${accountId}
     order by valid_from, person_id`.execute(tx.q)
  return found.rows.map(row => ({
    accountId: row.account_id,
    personId: row.person_id,
    capacity: row.capacity,
    from: row.valid_from,
    until: row.valid_until ?? undefined,
  }))
}

/** The accounts a person holds on a day. */
export async function accountsOf(tx: Read, personId: string, on: CalendarDate): Promise<Account[]> {
  const found = await sql<AccountRow>`
    select ${columns} from account a
     where a.municipality_id = ${tx.town} and a.account_id in (
       select h.account_id from account_holder h
        where h.municipality_id = ${tx.town} and h.person_id = any(${samePerson(personId)})
          and h.valid_from <= ${on}::date and (h.valid_until is null or h.valid_until > ${on}::date))
     order by a.number`.execute(tx.q)
  return found.rows.map(toAccount)
}

function toAccount(row: AccountRow): Account {
  return {
    id: row.account_id,
    number: row.number,
    kind: row.kind,
    object: { kind: row.object_kind, id: row.object_id },
    openedAt: row.opened_at,
    closedAt: row.closed_at ?? undefined,
    source: row.source,
    asOf: row.as_of ?? undefined,
  }
}
