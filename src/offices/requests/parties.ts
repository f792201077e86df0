import { sql } from 'kysely'
import type { Capacity } from '../../kernel/definition/index.ts'
import type { Read } from '../../platform/database/transaction.ts'

export type Party = { personId: string; name: string; capacity: Capacity; validUntil: string | undefined }

/** Whether a person is a party to a request, in any capacity. */
export async function isParty(tx: Read, requestId: string, personId: string): Promise<boolean> {
  const { rows } = await sql`select 1 from request_party
    where municipality_id = ${tx.town} and request_id = ${requestId} and person_id = ${personId} limit 1`.execute(
    tx.q,
  )
  return rows.length > 0
}

type Row = { person_id: string; display_name: string; capacity: Capacity; valid_until: string | null }

/** The parties of a request with their capacity, the applicant first. */
export async function partiesOf(tx: Read, requestId: string): Promise<Party[]> {
  const { rows } = await sql<Row>`
    select p.person_id, s.display_name, p.capacity, p.valid_until
      from request_party p
      join person s on s.municipality_id = p.municipality_id and s.person_id = p.person_id
     where p.municipality_id = ${tx.town} and p.request_id = ${requestId}
     order by p.added_at, s.sort_name`.execute(tx.q)
  return rows.map(row => ({
    personId: row.person_id,
    name: row.display_name,
    capacity: row.capacity,
    validUntil: row.valid_until ?? undefined,
  }))
}
