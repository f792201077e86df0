import { sql } from 'kysely'
import type { MandateAct } from '../../../kernel/access/index.ts'
import { NotFound } from '../../../lib/errors.ts'
import type { Read } from '../../../platform/database/index.ts'
import { samePerson } from '../records/same.ts'
import type { Mandate } from './model.ts'

type Row = {
  mandate_id: string
  principal_id: string
  principal_name: string
  principal_kind: string
  agent_id: string
  agent_name: string
  acts: MandateAct[]
  services: string[] | null
  valid_from: string
  valid_until: string | null
  made_at: Date
  made_how: 'portal' | 'counter'
  accepted_at: Date | null
  ended_at: Date | null
  used_at: Date | null
}

/** The names of both sides are read by the house: each is shown the other's, and nothing else of them. */
const bothSides = 'the names of both sides of a mandate are shown to both'

const select = sql`
  select d.mandate_id, coalesce(p.survivor_id, p.person_id) as principal_id, p.display_name as principal_name, p.kind as principal_kind,
         coalesce(a.survivor_id, a.person_id) as agent_id, a.display_name as agent_name, d.acts, d.services, d.valid_from, d.valid_until,
         d.made_at, d.made_how, d.accepted_at, d.ended_at,
         (select max(u.at) from audit u where u.municipality_id = d.municipality_id and u.person_id = d.principal_id
             and u.act = 'people.place-taken' and u.subject_id = d.mandate_id::text) as used_at
    from mandate d
    join person p on p.municipality_id = d.municipality_id and p.person_id = d.principal_id
    join person a on a.municipality_id = d.municipality_id and a.person_id = d.agent_id`

/** The mandates somebody gave or was given, the latest first. */
export async function mandatesOf(tx: Read, personId: string): Promise<Mandate[]> {
  const { rows } = await sql<Row>`
    ${select} where d.municipality_id = ${tx.town} and d.mandate_id in (
      select mandate_id from mandate where municipality_id = ${tx.town} and principal_id = any(${samePerson(personId)})
      union
      select mandate_id from mandate where municipality_id = ${tx.town} and agent_id = any(${samePerson(personId)}))
     order by d.made_at desc, d.mandate_id limit 200`.execute(tx.asHouse(bothSides).q)
  return rows.map(toMandate)
}

/** A mandate of which the person is one side. NotFound where there is none. */
export async function getMandate(tx: Read, mandateId: string, personId: string): Promise<Mandate> {
  const { rows } = await sql<Row>`
    ${select} where d.municipality_id = ${tx.town} and d.mandate_id = ${mandateId}
       and (d.principal_id = any(${samePerson(personId)}) or d.agent_id = any(${samePerson(personId)}))`.execute(
    tx.asHouse(bothSides).q,
  )
  const [row] = rows
  if (!row) throw new NotFound('no-such-mandate')
  return toMandate(row)
}

const toMandate = (row: Row): Mandate => ({
  id: row.mandate_id,
  principal: {
    id: row.principal_id,
    name: row.principal_name,
    organisation: row.principal_kind === 'organisation',
  },
  agent: { id: row.agent_id, name: row.agent_name },
  acts: row.acts,
  services: row.services ?? undefined,
  validFrom: row.valid_from,
  validUntil: row.valid_until ?? undefined,
  madeAt: row.made_at,
  madeHow: row.made_how,
  acceptedAt: row.accepted_at ?? undefined,
  endedAt: row.ended_at ?? undefined,
  usedAt: row.used_at ?? undefined,
})

/** Whoever may take away in somebody's place today. */
export async function mandatedCollectors(
  tx: Read,
  principalId: string,
  today: string,
): Promise<{ personId: string; name: string }[]> {
  const { rows } = await sql<{ person_id: string; display_name: string }>`
    select distinct coalesce(a.survivor_id, a.person_id) as person_id, a.display_name from mandate d
      join person a on a.municipality_id = d.municipality_id and a.person_id = d.agent_id
     where d.municipality_id = ${tx.town} and d.principal_id = any(${samePerson(principalId)}) and 'collect' = any(d.acts)
       and d.accepted_at is not null and d.ended_at is null and d.valid_from <= ${today}::date
       and (d.valid_until is null or d.valid_until >= ${today}::date)
     order by a.display_name`.execute(tx.asHouse(bothSides).q)
  return rows.map(row => ({ personId: row.person_id, name: row.display_name }))
}
