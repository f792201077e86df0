import { type RawBuilder, sql } from 'kysely'
import type { CalendarDate } from '../../lib/calendar.ts'
import { type Currency, type Money, money } from '../../lib/money.ts'
import type { Read } from '../../platform/database/index.ts'

/** Open charges of many people at once, by the rule of `duesOf`. */

/**
 * The open charges of those a query gives (`root uuid, member uuid`: a person, and each record that is theirs), as a query of its own:
 * `(root, charge_id, account_id, due_kind, currency, open_minor, due_on)`, each charge once for a person. As `duesOf` has it: those they are the
 * debtor of, and those raised on an account while they held it and still hold it, not as its tenant.
 */
export const openChargesOf = (
  tx: Pick<Read, 'town'>,
  people: RawBuilder<unknown>,
  on: CalendarDate,
): RawBuilder<unknown> => sql`
  select owed.root, c.charge_id, c.account_id, c.due_kind, c.currency, c.amount_minor - c.settled_minor as open_minor, c.due_on
    from (
      select p.root, c.charge_id from (${people}) p
        join charge c on c.municipality_id = ${tx.town} and c.debtor_id = p.member and c.cancelled_at is null
             and c.settled_minor < c.amount_minor
      union
      select p.root, c.charge_id from (${people}) p
        join account_holder h on h.municipality_id = ${tx.town} and h.person_id = p.member and h.capacity <> 'tenant'
             and h.valid_from <= ${on}::date and (h.valid_until is null or h.valid_until > ${on}::date)
        join municipality m on m.municipality_id = h.municipality_id
        join charge c on c.municipality_id = h.municipality_id and c.account_id = h.account_id and c.cancelled_at is null
             and c.settled_minor < c.amount_minor and h.valid_from <= (c.raised_at at time zone m.time_zone)::date) owed
    join charge c on c.municipality_id = ${tx.town} and c.charge_id = owed.charge_id`

/** What somebody owes, in one currency: how much, and the day the oldest of it fell or falls due. */
export type Owed = { amount: Money; dueOn: CalendarDate }

/** What each of these people owes on a day, one sum for each currency, of these kinds of due or of all. One query; who owes nothing is left out. */
export async function owedByMany(
  tx: Read,
  personIds: readonly string[],
  on: CalendarDate,
  kinds?: readonly string[],
): Promise<Map<string, Owed[]>> {
  if (personIds.length === 0) return new Map()
  const people = sql`select g.id as root, unnest(same_person(g.id)) as member from unnest(${[...personIds]}::uuid[]) as g(id)`
  const { rows } = await sql<{ root: string; currency: Currency; minor: number; due_on: string }>`
    select o.root, o.currency, sum(o.open_minor)::bigint as minor, min(o.due_on) as due_on
      from (${openChargesOf(tx, people, on)}) o
     ${kinds && kinds.length > 0 ? sql`where o.due_kind = any(${[...kinds]}::text[])` : sql``}
     group by o.root, o.currency order by o.root, o.currency = 'ILS' desc, o.currency`.execute(tx.q)
  return new Map(
    [...Map.groupBy(rows, row => row.root)].map(([root, owed]) => [
      root,
      owed.map(row => ({ amount: money(row.minor, row.currency), dueOn: row.due_on })),
    ]),
  )
}
