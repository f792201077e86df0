import { type RawBuilder, sql } from 'kysely'
import type { CalendarDate } from '../../../lib/calendar.ts'
import type { Write } from '../../../platform/database/index.ts'
import { openChargesOf } from '../../treasury/index.ts'
import type { Audience, Bulletin } from '../model.ts'
import { type Found, keepFound } from './keep.ts'

/** People that are walked in one transaction. */
const slice = 20_000

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
  const records: Records = { tx, today, after, last }
  const conditions = [
    ...(audience.quarters.length > 0 ? [livesIn(records, audience.quarters)] : []),
    ...(audience.feeders.length > 0
      ? [holds(records, sql`u.feeder = any(${audience.feeders}::text[])`)]
      : []),
    ...(audience.accountKinds.length > 0 ? [hasAccount(records, audience.accountKinds)] : []),
    ...(audience.debt ? [owes(records, audience)] : []),
  ]
  const asked = conditions.length > 0 ? sql`where ${sql.join(conditions, sql` and `)}` : sql``
  const found = await keepFound(tx, bulletin, {
    people: sql`
      own as materialized (
        select person_id as root, person_id as member, address->>'quarter' as quarter from person
         where municipality_id = ${tx.town} and person_id > ${after}::uuid and person_id <= ${last}::uuid and survivor_id is null),
      merged as materialized (
        select survivor_id as root, person_id as member, address->>'quarter' as quarter from person
         where municipality_id = ${tx.town} and survivor_id > ${after}::uuid and survivor_id <= ${last}::uuid),
      people as (select * from own union all select * from merged),
      asked as materialized (select distinct p.root from people p ${asked}),
      phones as (
        select distinct on (root) root, phone_index, phone_sealed, verified_at from (${overRecords(
          records,
          (people, within) => sql`
            select p.root, p.member <> p.root as other, f.phone_index, f.phone_sealed, f.verified_at, f.added_at
              from ${people} p
              join person_phone f on f.municipality_id = ${tx.town} and f.person_id = p.member and f.is_primary and f.ended_at is null
                   and ${within(sql`f.person_id`)}`,
        )}) f
         order by root, other, added_at desc),
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

/** The people of a slice: `own` records, whose ids lie between two, and those `merged` into them, which lie anywhere. */
type Records = { tx: Write; today: CalendarDate; after: string; last: string }

/** A query over all records of the slice. Of their own ones only the slice of the other table's index is read; merged ones are few. */
const overRecords = (
  { after, last }: Records,
  select: (people: RawBuilder<unknown>, within: (column: RawBuilder<unknown>) => Condition) => Condition,
): Condition => sql`
  ${select(sql`own`, column => sql`${column} > ${after}::uuid and ${column} <= ${last}::uuid`)}
  union all ${select(sql`merged`, () => sql`true`)}`

const now = (table: RawBuilder<unknown>, today: CalendarDate) =>
  sql`${table}.valid_from <= ${today}::date and (${table}.valid_until is null or ${table}.valid_until > ${today}::date)`

/** Holds a connection of which something is so. */
const holds = (records: Records, so: Condition): Condition =>
  sql`p.root in (${overRecords(
    records,
    (people, within) => sql`
    select m.root from ${people} m
      join subscription_holder h on h.municipality_id = ${records.tx.town} and h.person_id = m.member and ${within(sql`h.person_id`)}
           and ${now(sql`h`, records.today)}
      join subscription u on u.municipality_id = h.municipality_id and u.subscription_id = h.subscription_id and u.closed_at is null
     where ${so}`,
  )})`

/** Lives there, or holds a connection there: a cut of water is told to both. */
const livesIn = (records: Records, quarters: readonly string[]): Condition => sql`
  (p.quarter = any(${quarters}::text[]) or ${holds(records, sql`u.address->>'quarter' = any(${quarters}::text[])`)})`

const hasAccount = (records: Records, kinds: readonly string[]): Condition =>
  sql`p.root in (${overRecords(
    records,
    (people, within) => sql`
    select m.root from ${people} m
      join account_holder h on h.municipality_id = ${records.tx.town} and h.person_id = m.member and ${within(sql`h.person_id`)}
           and ${now(sql`h`, records.today)}
      join account a on a.municipality_id = h.municipality_id and a.account_id = h.account_id and a.closed_at is null
     where a.kind = any(${kinds}::text[])`,
  )})`

function owes({ tx, today }: Records, { debt, accountKinds }: Audience): Condition {
  const kinds = accountKinds.length > 0 ? sql`and o.due_kind = any(${accountKinds}::text[])` : sql``
  const late = debt?.overdue ? sql`and o.due_on < ${today}::date` : sql``
  return sql`
    p.root in (select o.root from (${openChargesOf(tx, sql`select root, member from people`, today)}) o
                where o.currency = ${debt?.currency ?? 'ILS'} ${kinds} ${late}
                group by o.root having sum(o.open_minor) > ${debt?.minor ?? 0})`
}
