import { sql } from 'kysely'
import { addDays, type CalendarDate } from '../../lib/calendar.ts'
import { type Currency, type Money, money, sumByCurrency } from '../../lib/money.ts'
import type { Read } from '../../platform/database/index.ts'
import { samePerson } from '../people/index.ts'
import { keptCharges } from './debts/plan-store.ts'
import { staleDays } from './debts/rules.ts'
import type { Due, ObjectKind } from './model.ts'

type DueRow = {
  charge_id: string
  account_id: string
  number: string
  kind: string
  object_kind: ObjectKind
  object_id: string
  due_kind: string
  label_ar: string
  label_en: string
  currency: Currency
  amount_minor: number
  settled_minor: number
  due_on: string
  source: string
  as_of: string | null
  request_id: string | null
  debtor_id: string
  planned: boolean
}

/**
 * What a person is to be shown as owed on a day: every open charge they are the debtor of, and those raised on an account while they held
 * it and still hold it, beside another holder. A tenant is not shown what the owner owes, and a new holder not what was owed before: a
 * debt moves only by a recorded transfer. What is paid in instalments that are kept up says so.
 */
export async function duesOf(tx: Read, personId: string, on: CalendarDate): Promise<Due[]> {
  const found = await sql<DueRow>`
    select c.charge_id, c.account_id, a.number, a.kind, a.object_kind, a.object_id, c.due_kind, c.label_ar, c.label_en, c.currency,
           c.amount_minor, c.settled_minor, c.due_on, a.source, (a.as_of at time zone m.time_zone)::date as as_of, c.request_id, c.debtor_id,
           exists (select 1 from plan_charge k where k.municipality_id = c.municipality_id and k.charge_id = c.charge_id) as planned
      from (
        select charge_id from charge
         where municipality_id = ${tx.town} and debtor_id = any(${samePerson(personId)}) and cancelled_at is null and settled_minor < amount_minor
        union
        select c.charge_id
          from account_holder h
          join municipality m on m.municipality_id = h.municipality_id
          join charge c on c.municipality_id = h.municipality_id and c.account_id = h.account_id
               and c.cancelled_at is null and c.settled_minor < c.amount_minor
         where h.municipality_id = ${tx.town} and h.person_id = any(${samePerson(personId)}) and h.capacity <> 'tenant'
           and h.valid_from <= ${on}::date and (h.valid_until is null or h.valid_until > ${on}::date)
           and h.valid_from <= (c.raised_at at time zone m.time_zone)::date) mine
      join charge c on c.municipality_id = ${tx.town} and c.charge_id = mine.charge_id
      join account a on a.municipality_id = c.municipality_id and a.account_id = c.account_id
      join municipality m on m.municipality_id = c.municipality_id
     order by c.due_on, c.charge_id`.execute(tx.q)
  if (found.rows.length === 0) return []
  const planned = found.rows.filter(row => row.planned).map(row => row.charge_id)
  // Few pay in instalments: for all others this is a round trip less.
  const kept = planned.length > 0 ? await keptCharges(tx, planned, on) : new Set<string>()
  const isImported = found.rows.some(row => row.source !== 'own')
  const staleBefore = isImported ? addDays(on, -(await staleDays(tx, on))) : on
  return found.rows.map(row => ({
    ...toDue(row, on),
    planKept: kept.has(row.charge_id),
    ...(row.source !== 'own' && row.as_of !== null && row.as_of < staleBefore && { stale: true as const }),
  }))
}

/** All that is owed, one sum for each currency. */
export const duesTotals = (dues: readonly Due[]): Money[] => sumByCurrency(dues.map(due => due.amount))

function toDue(row: DueRow, on: CalendarDate): Omit<Due, 'planKept' | 'stale'> {
  const open = money(row.amount_minor - row.settled_minor, row.currency)
  const overdue = row.due_on < on
  return {
    chargeId: row.charge_id,
    accountId: row.account_id,
    accountNumber: row.number,
    accountKind: row.kind,
    object: { kind: row.object_kind, id: row.object_id },
    dueKind: row.due_kind,
    label: { ar: row.label_ar, en: row.label_en },
    amount: open,
    open,
    charged: money(row.amount_minor, row.currency),
    dueOn: row.due_on,
    overdue,
    ...(overdue && { overdueSince: row.due_on }),
    source: row.source === 'own' ? 'own' : 'imported',
    ...(row.as_of !== null && { asOf: row.as_of }),
    requestId: row.request_id ?? undefined,
    debtorId: row.debtor_id,
  }
}
