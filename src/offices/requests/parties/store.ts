import { sql } from 'kysely'
import type { Read, Write } from '../../../platform/database/transaction.ts'
import { samePerson } from '../../people/index.ts'
import {
  actsForAnother,
  beneficiaryOf,
  type NewParty,
  type Party,
  type PartyCapacity,
  type PartyProof,
} from './model.ts'

/** What a person is to a request today: a party in term, one whose every term has passed, or nobody. */
export type PartyStanding = 'in-term' | 'expired' | 'none'

export async function partyStanding(tx: Read, requestId: string, personId: string): Promise<PartyStanding> {
  const { rows } = await sql<{ holds: boolean | null }>`
    select bool_or(p.valid_until is null or p.valid_until >= (${tx.now}::timestamptz at time zone m.time_zone)::date) as holds
      from request_party p
      join municipality m on m.municipality_id = p.municipality_id
     where p.municipality_id = ${tx.town} and p.request_id = ${requestId} and p.person_id = any(${samePerson(personId)})
       and p.ended_at is null and p.capacity <> 'collector'`.execute(tx.q)
  const holds = rows[0]?.holds ?? undefined
  return holds === undefined ? 'none' : holds ? 'in-term' : 'expired'
}

type Row = {
  person_id: string
  display_name: string
  capacity: PartyCapacity
  proof: PartyProof
  proof_document_id: string | null
  valid_until: string | null
  share_of: number | null
  share_in: number | null
  may_collect: boolean
  added_at: Date
}

/** The parties of a request with their capacity, the applicant first. */
export async function partiesOf(tx: Read, requestId: string): Promise<Party[]> {
  const { rows } = await sql<Row>`
    select p.person_id, s.display_name, p.capacity, p.proof, p.proof_document_id, p.valid_until, p.share_of, p.share_in, p.may_collect,
           p.added_at
      from request_party p
      join person s on s.municipality_id = p.municipality_id and s.person_id = p.person_id
     where p.municipality_id = ${tx.town} and p.request_id = ${requestId} and p.ended_at is null
     order by p.added_at, s.sort_name`.execute(tx.q)
  return rows.map(toParty)
}

function toParty(row: Row): Party {
  return {
    personId: row.person_id,
    name: row.display_name,
    capacity: row.capacity,
    proof: row.proof,
    proofDocumentId: row.proof_document_id ?? undefined,
    validUntil: row.valid_until ?? undefined,
    ...(row.share_of !== null && row.share_in !== null && { share: { of: row.share_of, in: row.share_in } }),
    mayCollect: row.may_collect,
    addedAt: row.added_at,
  }
}

/** Writes parties, or their terms anew: somebody is a party once in each capacity, and taken up again if they had ended. One statement. */
export async function writeParties(
  tx: Write,
  requestId: string,
  parties: readonly NewParty[],
  by: { kind: string; id: string },
): Promise<void> {
  if (parties.length === 0) return
  const rows = parties.map(party => ({
    person_id: party.personId,
    capacity: party.capacity,
    proof: party.proof ?? {},
    proof_document_id: party.proofDocumentId ?? null,
    valid_until: party.validUntil ?? null,
    share_of: party.share?.of ?? null,
    share_in: party.share?.in ?? null,
    may_collect: party.mayCollect ?? false,
  }))
  await sql`
    insert into request_party (municipality_id, request_id, person_id, capacity, proof, proof_document_id, valid_until, share_of,
                               share_in, may_collect, added_at, added_by_kind, added_by)
    select ${tx.town}::uuid, ${requestId}::uuid, p.person_id, p.capacity, p.proof, p.proof_document_id, p.valid_until, p.share_of,
           p.share_in, p.may_collect, ${tx.now}::timestamptz, ${by.kind}::text, ${by.id}::text
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as p(person_id uuid, capacity text, proof jsonb, proof_document_id uuid,
           valid_until date, share_of integer, share_in integer, may_collect boolean)
    on conflict (municipality_id, request_id, person_id, capacity) do update
      set proof = excluded.proof, proof_document_id = excluded.proof_document_id, valid_until = excluded.valid_until,
          share_of = excluded.share_of, share_in = excluded.share_in, may_collect = excluded.may_collect, ended_at = null,
          ended_reason = null, warned_at = null, added_by_kind = excluded.added_by_kind, added_by = excluded.added_by`.execute(
    tx.q,
  )
}

/** Whose affair a request is: the principal of whoever acts for another, else the applicant. */
export async function beneficiaryOfRequest(
  tx: Read,
  request: { id: string; applicantId: string; capacity: string },
): Promise<string> {
  if (!actsForAnother(request.capacity)) return request.applicantId
  return beneficiaryOf({ ...request, parties: await partiesOf(tx, request.id) })
}
