import { type RawBuilder, sql } from 'kysely'
import type { RequestState } from '../../../../kernel/workflow/index.ts'
import type { Localized } from '../../../../lib/localized.ts'
import { type Currency, type Money, money } from '../../../../lib/money.ts'
import type { Read } from '../../../../platform/database/index.ts'
import { samePerson } from '../../../people/index.ts'

/** A request as its applicant's list tells it: where it stands, with whom, and what it waits for. */
export type MyRequest = {
  id: string
  number: string
  serviceCode: string
  serviceVersion: number
  state: RequestState
  step: string | undefined
  filedAt: Date
  dueAt: Date | undefined
  closedAt: Date | undefined
  missing: { id: string; words: string }[]
  /** The town wrote, and it has not been read yet. */
  hasLetter: boolean
  at: { office: Localized; person: Localized | undefined; since: Date } | undefined
  /** What is asked for now, one sum for each currency. */
  fees: Money[]
  issued: { documentId: string; validUntil: string | undefined; state: string } | undefined
}

type Both = { ar: string; en: string }
type Json = {
  id: string
  number: string
  service_code: string
  service_version: number
  state: RequestState
  step: string | null
  filed_at: string
  due_at: string | null
  closed_at: string | null
  missing: { id: string; words: string }[]
  has_letter: boolean
  at: { office: Both; person: Both | null; since: string } | null
  fees: { currency: Currency; minor: number }[] | null
  issued: { document_id: string; valid_until: string | null; state: string } | null
}

/**
 * The citizen's requests as JSON: the open ones first, each list the latest first. Which are shown is settled before anything else is asked of
 * them: an office that files for others has thousands.
 */
const mine = (town: string, personId: string, limit: number, from = 0): RawBuilder<unknown> => sql`
  select r.request_id as id, r.number || '/' || r.year as number, r.service_code, r.service_version, r.state, r.step, r.filed_at,
         r.due_at, r.closed_at, r.missing_papers as missing, r.unread_by_citizen as has_letter, t.at, f.fees, c.issued
    from (select r.*
            from (select request_id from request where municipality_id = ${town} and applicant_id = any(${samePerson(personId)})
                  union select request_id from request_party
                         where municipality_id = ${town} and person_id = any(${samePerson(personId)}) and ended_at is null) own
            join request r on r.municipality_id = ${town} and r.request_id = own.request_id
           order by (r.closed_at is not null), r.filed_at desc, r.request_id desc limit ${limit} offset ${from}) r
    left join lateral (
      select json_build_object('office', json_build_object('ar', o.name_ar, 'en', o.name_en), 'since', t.opened_at,
               'person', case when s.staff_id is not null then json_build_object('ar', s.name_ar, 'en', s.name_en) end) as at
        from task t
        join office o on o.municipality_id = t.municipality_id and o.office_code = t.office_code
        left join staff s on s.municipality_id = t.municipality_id and s.staff_id = t.assignee
       where t.municipality_id = ${town} and t.request_id = r.request_id and t.purpose = 'step' and t.closed_at is null
       limit 1) t on r.closed_at is null
    left join lateral (
      select json_agg(json_build_object('currency', currency, 'minor', minor)) as fees
        from (select currency, sum(amount_minor - settled_minor) as minor from charge
               where municipality_id = ${town} and request_id = r.request_id and cancelled_at is null
                 and settled_minor < amount_minor group by currency) open) f on r.state = 'awaiting-fee'
    left join lateral (
      select json_build_object('document_id', document_id, 'valid_until', valid_until, 'state', state) as issued
        from certificate k where municipality_id = ${town} and request_id = r.request_id
         and not exists (select 1 from hand_signing h where h.municipality_id = k.municipality_id
                           and h.certificate_id = k.certificate_id and h.returned_at is null)
       order by (state = 'valid') desc, signed_at desc limit 1) c on r.state = 'done'
   order by (r.closed_at is not null), r.filed_at desc, r.request_id desc`

/** The citizen's own requests and those they are a party to: so many, after so many others. */
export async function myRequests(tx: Read, personId: string, limit: number, from = 0): Promise<MyRequest[]> {
  const { rows } = await sql<{ list: Json[] | null }>`
    select json_agg(m) as list from (${mine(tx.town, personId, limit, from)}) m`.execute(tx.q)
  return (rows[0]?.list ?? []).map(toMine)
}

/** What the citizen's home shows besides dues: requests, the last messages, who looked. */
export type Home = {
  requests: MyRequest[]
  messages: { id: string; body: string; at: Date; number: string | undefined }[]
  looks: {
    id: string
    act: string
    name: Localized
    title: Localized
    office: Localized | undefined
    at: Date
  }[]
  drafts: { id: string; serviceCode: string; updatedAt: Date }[]
}

type HomeRow = {
  requests: Json[] | null
  messages: { id: string; body: string; at: string; number: string | null }[] | null
  looks: { id: string; act: string; name: Both; title: Both; office: Both | null; at: string }[] | null
  drafts: { id: string; service_code: string; updated_at: string }[] | null
}

/** All of the home in one statement: it is the page a town's people open most, and round trips are its cost. */
export async function homeOf(tx: Read, personId: string): Promise<Home> {
  const { rows } = await sql<HomeRow>`select
    (select json_agg(m) from (${mine(tx.town, personId, 12)}) m) as requests,
    (select json_agg(m) from (
       select m.message_id as id, m.body, m.planned_at as at, r.number || '/' || r.year as number from message m
         left join request r on r.municipality_id = m.municipality_id and r.request_id = m.request_id
        where m.municipality_id = ${tx.town} and m.person_id = any(${samePerson(personId)}) and m.lane > 0
        order by m.planned_at desc, m.message_id desc limit 3) m) as messages,
    (select json_agg(l) from (
       select a.audit_id as id, a.at, a.act, json_build_object('ar', s.name_ar, 'en', s.name_en) as name,
              json_build_object('ar', s.title_ar, 'en', s.title_en) as title,
              case when o.office_code is not null then json_build_object('ar', o.name_ar, 'en', o.name_en) end as office
         from audit a
         join staff s on s.municipality_id = a.municipality_id and s.staff_id = a.actor_id::uuid
         left join office o on o.municipality_id = a.municipality_id and o.office_code = a.actor_office
        where a.municipality_id = ${tx.town} and a.person_id = any(${samePerson(personId)}) and a.actor_kind = 'staff'
        order by a.at desc, a.audit_id desc limit 3) l) as looks,
    (select json_agg(d) from (
       select draft_id as id, service_code, updated_at from draft
        where municipality_id = ${tx.town} and owner_id = ${personId} and owner_kind = 'citizen' and request_id is null
        order by updated_at desc limit 3) d) as drafts`.execute(tx.q)
  const [row] = rows
  return {
    requests: (row?.requests ?? []).map(toMine),
    messages: (row?.messages ?? []).map(each => ({
      ...each,
      at: new Date(each.at),
      number: each.number ?? undefined,
    })),
    looks: (row?.looks ?? []).map(each => ({
      id: each.id,
      act: each.act,
      name: each.name,
      title: each.title,
      office: each.office ?? undefined,
      at: new Date(each.at),
    })),
    drafts: (row?.drafts ?? []).map(each => ({
      id: each.id,
      serviceCode: each.service_code,
      updatedAt: new Date(each.updated_at),
    })),
  }
}

function toMine(row: Json): MyRequest {
  return {
    id: row.id,
    number: row.number,
    serviceCode: row.service_code,
    serviceVersion: row.service_version,
    state: row.state,
    step: row.step ?? undefined,
    filedAt: new Date(row.filed_at),
    dueAt: row.due_at === null ? undefined : new Date(row.due_at),
    closedAt: row.closed_at === null ? undefined : new Date(row.closed_at),
    missing: row.missing,
    hasLetter: row.has_letter,
    at: row.at
      ? { office: row.at.office, person: row.at.person ?? undefined, since: new Date(row.at.since) }
      : undefined,
    fees: (row.fees ?? []).map(({ currency, minor }) => money(Number(minor), currency)),
    issued: row.issued
      ? {
          documentId: row.issued.document_id,
          validUntil: row.issued.valid_until ?? undefined,
          state: row.issued.state,
        }
      : undefined,
  }
}

/** A document the town issued for a request. */
export type Issued = {
  outputId: string
  number: string
  code: string
  documentId: string
  validUntil: string | undefined
  state: string
  /** Being signed by hand: given out once it is scanned back. */
  atHand: boolean
}

export async function issuedOf(tx: Read, requestId: string): Promise<Issued[]> {
  const { rows } = await sql<{
    output_id: string
    number: string
    code: string
    document_id: string
    valid_until: string | null
    state: string
    at_hand: boolean
  }>`
    select c.output_id, c.number || '/' || c.year as number, c.code, coalesce(h.scan_document_id, c.document_id) as document_id,
           c.valid_until, c.state, h.certificate_id is not null and h.returned_at is null as at_hand
      from certificate c
      left join hand_signing h on h.municipality_id = c.municipality_id and h.certificate_id = c.certificate_id
     where c.municipality_id = ${tx.town} and c.request_id = ${requestId} order by c.signed_at, c.certificate_id`.execute(
    tx.q,
  )
  return rows.map(row => ({
    outputId: row.output_id,
    number: row.number,
    code: row.code,
    documentId: row.document_id,
    validUntil: row.valid_until ?? undefined,
    state: row.state,
    atHand: row.at_hand,
  }))
}

/** Of fewer requests a service's place on the front page would tell of single people. */
const fewestAsked = 5

/**
 * The services asked for most of late, the most first: of the last five hundred requests, so that the front page stays quick. Within the
 * reach of whoever looks at that page there is no request, and all would be gone through to find none.
 */
export async function mostAsked(tx: Read): Promise<string[]> {
  const { rows } = await sql<{ service_code: string }>`
    select service_code from (
      select service_code from request where municipality_id = ${tx.town} order by filed_at desc limit 500) recent
     group by service_code having count(*) >= ${fewestAsked} order by count(*) desc, service_code`.execute(
    tx.asHouse('how often services are asked for, and nobody who did').q,
  )
  return rows.map(row => row.service_code)
}

export async function trackingHashOf(tx: Read, requestId: string): Promise<Buffer | undefined> {
  const { rows } = await sql<{ tracking_hash: Buffer }>`
    select tracking_hash from request where municipality_id = ${tx.town} and request_id = ${requestId}`.execute(
    tx.q,
  )
  return rows[0]?.tracking_hash
}
