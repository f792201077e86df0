import { type RawBuilder, sql } from 'kysely'
import type { CalendarDate } from '../../../lib/calendar.ts'
import type { Write } from '../../../platform/database/index.ts'
import { openChargesOf } from '../../treasury/index.ts'
import type { Audience, Bulletin } from '../model.ts'
import { type Found, keepFound } from './keep.ts'

/** People that are walked in one transaction. */
const slice = 5_000

/**
 * Walks the next people of the town and keeps those the rule holds of. Records that were merged count as the one that stands. Gives after
 * whom to go on; undefined when there is nobody left.
 */
export async function gatherPeople(
  tx: Write,
  bulletin: Bulletin,
  after: string,
  today: CalendarDate,
): Promise<{ found: Found; after: string } | undefined> {
  const last = await lastOfSlice(tx, after)
  if (!last) return undefined
  const { audience } = bulletin
  const conditions = [
    ...(audience.quarters.length > 0 ? [livesIn(tx, audience.quarters, today)] : []),
    ...(audience.feeders.length > 0
      ? [holds(tx, sql`u.feeder = any(${audience.feeders}::text[])`, today)]
      : []),
    ...(audience.accountKinds.length > 0 ? [hasAccount(tx, audience.accountKinds, today)] : []),
    ...(audience.debt ? [owes(tx, audience, today)] : []),
  ]
  const asked = conditions.length > 0 ? sql`where ${sql.join(conditions, sql` and `)}` : sql``
  const found = await keepFound(tx, bulletin, {
    people: sql`
      people as materialized (
        select person_id as root, person_id as member, address->>'quarter' as quarter from person
         where municipality_id = ${tx.town} and person_id > ${after}::uuid and person_id <= ${last}::uuid and survivor_id is null
        union all
        select survivor_id, person_id, address->>'quarter' from person
         where municipality_id = ${tx.town} and survivor_id > ${after}::uuid and survivor_id <= ${last}::uuid),
      asked as materialized (select distinct p.root from people p ${asked}),
      phones as (
        select distinct on (p.root) p.root, f.phone_index, f.phone_sealed, f.verified_at
          from people p
          join person_phone f on f.municipality_id = ${tx.town} and f.person_id = p.member and f.is_primary and f.ended_at is null
         order by p.root, p.member <> p.root, f.added_at desc),
      wishes as (
        select distinct on (p.root) p.root, c.channels
          from people p join contact_preference c on c.municipality_id = ${tx.town} and c.person_id = p.member
         order by p.root, p.member <> p.root, c.changed_at desc),
      reach as materialized (
        select a.root, w.channels, f.phone_index, f.phone_sealed, f.verified_at
          from asked a left join phones f on f.root = a.root left join wishes w on w.root = a.root)`,
    where: audience.verified ? sql`verified_at is not null` : sql`true`,
  })
  return { found, after: last }
}

async function lastOfSlice(tx: Write, after: string): Promise<string | undefined> {
  const { rows } = await sql<{ last: string }>`
    select person_id as last from (
      select person_id from person where municipality_id = ${tx.town} and person_id > ${after}::uuid
       order by person_id limit ${slice}) s
     order by person_id desc limit 1`.execute(tx.q)
  return rows[0]?.last
}

type Condition = RawBuilder<unknown>

const now = (table: RawBuilder<unknown>, today: CalendarDate) =>
  sql`${table}.valid_from <= ${today}::date and (${table}.valid_until is null or ${table}.valid_until > ${today}::date)`

/** Holds a connection of which something is so. */
const holds = (tx: Write, so: Condition, today: CalendarDate): Condition => sql`
  p.root in (select m.root from people m
               join subscription_holder h on h.municipality_id = ${tx.town} and h.person_id = m.member and ${now(sql`h`, today)}
               join subscription u on u.municipality_id = h.municipality_id and u.subscription_id = h.subscription_id and u.closed_at is null
              where ${so})`

/** Lives there, or holds a connection there: a cut of water is told to both. */
const livesIn = (tx: Write, quarters: readonly string[], today: CalendarDate): Condition => sql`
  (p.quarter = any(${quarters}::text[]) or ${holds(tx, sql`u.address->>'quarter' = any(${quarters}::text[])`, today)})`

const hasAccount = (tx: Write, kinds: readonly string[], today: CalendarDate): Condition => sql`
  p.root in (select m.root from people m
               join account_holder h on h.municipality_id = ${tx.town} and h.person_id = m.member and ${now(sql`h`, today)}
               join account a on a.municipality_id = h.municipality_id and a.account_id = h.account_id and a.closed_at is null
              where a.kind = any(${kinds}::text[]))`

function owes(tx: Write, { debt, accountKinds }: Audience, today: CalendarDate): Condition {
  const kinds = accountKinds.length > 0 ? sql`and o.due_kind = any(${accountKinds}::text[])` : sql``
  const late = debt?.overdue ? sql`and o.due_on < ${today}::date` : sql``
  return sql`
    p.root in (select o.root from (${openChargesOf(tx, sql`select root, member from people`, today)}) o
                where o.currency = ${debt?.currency ?? 'ILS'} ${kinds} ${late}
                group by o.root having sum(o.open_minor) > ${debt?.minor ?? 0})`
}
