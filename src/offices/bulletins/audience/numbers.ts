import { sql } from 'kysely'
import type { Write } from '../../../platform/database/index.ts'
import type { Bulletin } from '../model.ts'
import { type Found, keepFound } from './keep.ts'

/** Numbers that are taken over in one transaction. */
const slice = 5_000

/**
 * Takes the next numbers of the file onto the list. One that is a single person's is known to be theirs. Gives after which line to go on;
 * undefined when there are no more.
 */
export async function gatherNumbers(
  tx: Write,
  bulletin: Bulletin,
  after: number,
): Promise<{ found: Found; after: number } | undefined> {
  const { rows } = await sql<{ last: number | null }>`
    select max(line_no) as last from (
      select line_no from bulletin_number
       where municipality_id = ${tx.town} and bulletin_id = ${bulletin.id} and line_no > ${after}
       order by line_no limit ${slice}) s`.execute(tx.q)
  const last = rows[0]?.last ?? undefined
  if (last === undefined) return undefined
  const found = await keepFound(tx, bulletin, {
    people: sql`
      given as materialized (
        select phone_index, phone_sealed from bulletin_number
         where municipality_id = ${tx.town} and bulletin_id = ${bulletin.id} and line_no > ${after} and line_no <= ${last}),
      owners as (
        select f.phone_index, min(coalesce(p.survivor_id, p.person_id)::text)::uuid as person_id, max(f.verified_at) as verified_at
          from given g
          join person_phone f on f.municipality_id = ${tx.town} and f.phone_index = g.phone_index and f.ended_at is null
          join person p on p.municipality_id = f.municipality_id and p.person_id = f.person_id
         group by f.phone_index
        having count(distinct coalesce(p.survivor_id, p.person_id)) = 1 and not bool_or(f.is_shared)),
      reach as materialized (
        select o.person_id as root, null::text as channels, g.phone_index, g.phone_sealed, o.verified_at
          from given g left join owners o on o.phone_index = g.phone_index)`,
    where: bulletin.audience.verified ? sql`verified_at is not null` : sql`true`,
  })
  return { found, after: last }
}
