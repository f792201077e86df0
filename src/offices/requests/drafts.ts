import { sql } from 'kysely'
import type { Answers, Capacity, Channel } from '../../kernel/definition/index.ts'
import { NotFound } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import type { Read, Write } from '../../platform/database/transaction.ts'
import type { Confirmation } from './confirmation.ts'
import type { NewParty } from './parties/model.ts'

/** A form begun and not yet filed. `typed` keeps, page by page, what was written and could not be read. */
export type Draft = {
  id: string
  owner: { kind: 'citizen' | 'staff'; id: string }
  personId: string
  serviceCode: string
  serviceVersion: number
  channel: Channel
  capacity: Capacity
  answers: Answers
  typed: Record<string, Record<string, string | string[]>>
  /** Documents by paper. */
  papers: Record<string, { documentId: string; state: 'supplied' | 'offered' }[]>
  /** Who else is a party, and the applicant's own term, as the request will have them. */
  parties: NewParty[]
  confirmation: Confirmation | undefined
  updatedAt: Date
  requestId: string | undefined
}

type Row = {
  draft_id: string
  owner_kind: 'citizen' | 'staff'
  owner_id: string
  person_id: string
  service_code: string
  service_version: number
  channel: Channel
  capacity: Capacity
  answers: Answers
  typed: Draft['typed']
  papers: Draft['papers']
  parties: NewParty[]
  confirmation: Confirmation | null
  updated_at: Date
  request_id: string | null
}

export type NewDraft = Pick<
  Draft,
  'owner' | 'personId' | 'serviceCode' | 'serviceVersion' | 'channel' | 'capacity'
> & {
  answers?: Answers
  papers?: Draft['papers']
}

/** Begins a form; gives its id. */
export async function openDraft(tx: Write, draft: NewDraft): Promise<string> {
  const id = newId(tx.now)
  await sql`insert into draft (municipality_id, draft_id, owner_kind, owner_id, person_id, service_code, service_version, channel, capacity,
      answers, papers, created_at, updated_at)
    values (${tx.town}, ${id}, ${draft.owner.kind}, ${draft.owner.id}, ${draft.personId}, ${draft.serviceCode}, ${draft.serviceVersion},
      ${draft.channel}, ${draft.capacity}, ${JSON.stringify(draft.answers ?? {})}, ${JSON.stringify(draft.papers ?? {})},
      ${tx.now}, ${tx.now})`.execute(tx.q)
  return id
}

/** The owner's own draft; anybody else's does not exist for them. A filed one is given too: its `requestId` says so. */
export async function getDraft(
  tx: Read,
  draftId: string,
  owner: Draft['owner'],
  lock = false,
): Promise<Draft> {
  const { rows } = await sql<Row>`
    select draft_id, owner_kind, owner_id, person_id, service_code, service_version, channel, capacity, answers, typed, papers, parties, confirmation,
           updated_at, request_id
      from draft
     where municipality_id = ${tx.town} and draft_id = ${draftId} and owner_kind = ${owner.kind} and owner_id = ${owner.id}
     ${lock ? sql`for update` : sql``}`.execute(tx.q)
  const [row] = rows
  if (!row) throw new NotFound('no-such-draft')
  return toDraft(row)
}

/** Forms a person has begun, the latest first. */
export async function draftsOf(tx: Read, owner: Draft['owner'], limit = 20): Promise<Draft[]> {
  const { rows } = await sql<Row>`
    select draft_id, owner_kind, owner_id, person_id, service_code, service_version, channel, capacity, answers, typed, papers, parties, confirmation,
           updated_at, request_id
      from draft
     where municipality_id = ${tx.town} and owner_id = ${owner.id} and owner_kind = ${owner.kind} and request_id is null
     order by updated_at desc limit ${limit}`.execute(tx.q)
  return rows.map(toDraft)
}

/** Saves what was read of a page, and what was typed where something could not be read. */
export async function saveDraft(
  tx: Write,
  draftId: string,
  change: Partial<
    Pick<Draft, 'answers' | 'typed' | 'papers' | 'parties' | 'confirmation' | 'capacity' | 'requestId'>
  >,
): Promise<void> {
  await sql`update draft set
      answers = coalesce(${change.answers ? JSON.stringify(change.answers) : null}::jsonb, answers),
      typed = coalesce(${change.typed ? JSON.stringify(change.typed) : null}::jsonb, typed),
      papers = coalesce(${change.papers ? JSON.stringify(change.papers) : null}::jsonb, papers),
      parties = coalesce(${change.parties ? JSON.stringify(change.parties) : null}::jsonb, parties),
      confirmation = ${'confirmation' in change ? sql`${change.confirmation ? JSON.stringify(change.confirmation) : null}::jsonb` : sql`confirmation`},
      capacity = coalesce(${change.capacity ?? null}, capacity),
      request_id = coalesce(${change.requestId ?? null}, request_id),
      updated_at = ${tx.now}
    where municipality_id = ${tx.town} and draft_id = ${draftId}`.execute(tx.q)
}

/** Throws a begun form away, at its owner's word. */
export async function discardDraft(tx: Write, draftId: string, owner: Draft['owner']): Promise<void> {
  await sql`delete from draft where municipality_id = ${tx.town} and draft_id = ${draftId} and owner_id = ${owner.id}
    and owner_kind = ${owner.kind} and request_id is null`.execute(tx.q)
}

function toDraft(row: Row): Draft {
  return {
    id: row.draft_id,
    owner: { kind: row.owner_kind, id: row.owner_id },
    personId: row.person_id,
    serviceCode: row.service_code,
    serviceVersion: row.service_version,
    channel: row.channel,
    capacity: row.capacity,
    answers: row.answers,
    typed: row.typed,
    papers: row.papers,
    parties: row.parties,
    confirmation: row.confirmation ?? undefined,
    updatedAt: row.updated_at,
    requestId: row.request_id ?? undefined,
  }
}
