import { sql } from 'kysely'
import type { Actor } from '../../kernel/access/index.ts'
import { NotFound } from '../../lib/errors.ts'
import type { Localized } from '../../lib/localized.ts'
import { type Currency, type Money, money } from '../../lib/money.ts'
import type { Read } from '../../platform/database/index.ts'
import { type Draft, getDraft, getRequest, type Request, requestVisible } from '../requests/index.ts'

/**
 * A request begun at the counter. Whoever may file sees it, not its writer alone: a colleague goes on with it when the first is called
 * away, and the manager lets it pass by name.
 */
export async function counterDraft(tx: Read, draftId: string, lock = false): Promise<Draft> {
  const { rows } = await sql<{ owner_id: string }>`
    select owner_id from draft
     where municipality_id = ${tx.town} and draft_id = ${draftId} and owner_kind = 'staff' and channel = 'counter'`.execute(
    tx.q,
  )
  if (!rows[0]) throw new NotFound('no-such-draft')
  return getDraft(tx, draftId, { kind: 'staff', id: rows[0].owner_id }, lock)
}

/** A begun request as the counter's first page lists it. */
export type BegunLine = {
  id: string
  person: string
  serviceCode: string
  serviceVersion: number
  startedBy: Localized
  mine: boolean
  updatedAt: Date
}

type BegunRow = {
  draft_id: string
  person: string
  service_code: string
  service_version: number
  owner_id: string
  name_ar: string
  name_en: string
  updated_at: Date
}

/** Requests begun by these people of the staff and not filed, the latest first. */
export async function begunAtCounter(
  tx: Read,
  staffIds: readonly string[],
  me: string,
  limit = 12,
): Promise<BegunLine[]> {
  const { rows } = await sql<BegunRow>`
    select d.draft_id, p.display_name as person, d.service_code, d.service_version, d.owner_id, s.name_ar, s.name_en, d.updated_at
      from draft d
      join person p on p.municipality_id = d.municipality_id and p.person_id = d.person_id
      join staff s on s.municipality_id = d.municipality_id and s.staff_id::text = d.owner_id
     where d.municipality_id = ${tx.town} and d.owner_id = any(${[...staffIds]}::text[]) and d.owner_kind = 'staff'
       and d.channel = 'counter' and d.request_id is null
     order by d.updated_at desc limit ${limit}`.execute(tx.q)
  return rows.map(row => ({
    id: row.draft_id,
    person: row.person,
    serviceCode: row.service_code,
    serviceVersion: row.service_version,
    startedBy: { ar: row.name_ar, en: row.name_en },
    mine: row.owner_id === me,
    updatedAt: row.updated_at,
  }))
}

/** A request that waits for money. */
export type UnpaidLine = {
  id: string
  number: number
  year: number
  person: string
  serviceCode: string
  serviceVersion: number
  filedAt: Date
  open: Money[]
}

type UnpaidRow = {
  request_id: string
  number: number
  year: number
  person: string
  service_code: string
  service_version: number
  filed_at: Date
  open: { currency: Currency; minor: number }[] | null
}

/** Requests of the town that wait for a fee with something open on them, the latest filed first. */
export async function awaitingFees(tx: Read, limit = 20): Promise<UnpaidLine[]> {
  const { rows } = await sql<UnpaidRow>`
    select r.request_id, r.number, r.year, p.display_name as person, r.service_code, r.service_version, r.filed_at,
           (select json_agg(json_build_object('currency', o.currency, 'minor', o.minor) order by o.currency)
              from (select c.currency, sum(c.amount_minor - c.settled_minor) as minor from charge c
                     where c.municipality_id = r.municipality_id and c.request_id = r.request_id and c.cancelled_at is null
                       and c.settled_minor < c.amount_minor group by c.currency) o) as open
      from request r
      join person p on p.municipality_id = r.municipality_id and p.person_id = r.applicant_id
     where r.municipality_id = ${tx.town} and r.state = 'awaiting-fee' and r.closed_at is null
     order by r.filed_at desc limit ${limit}`.execute(tx.q)
  return rows.map(row => ({
    id: row.request_id,
    number: row.number,
    year: row.year,
    person: row.person,
    serviceCode: row.service_code,
    serviceVersion: row.service_version,
    filedAt: row.filed_at,
    open: (row.open ?? []).map(each => money(Number(each.minor), each.currency)),
  }))
}

/** The request, if the actor may read it. */
export async function visibleRequest(tx: Read, actor: Actor, requestId: string): Promise<Request> {
  const { rows } = await sql`
    select 1 from request r
     where r.municipality_id = ${tx.town} and r.request_id = ${requestId} and ${requestVisible(actor, 'request.read')}`.execute(
    tx.q,
  )
  if (rows.length === 0) throw new NotFound('no-such-request')
  return getRequest(tx, requestId)
}

/** Who may let a request pass in spite of dues or a fee, by name. */
export async function exceptors(tx: Read, today: string): Promise<{ name: Localized; title: Localized }[]> {
  const { rows } = await sql<{ name_ar: string; name_en: string; title_ar: string; title_en: string }>`
    select distinct s.name_ar, s.name_en, s.title_ar, s.title_en from appointment a
      join staff s on s.municipality_id = a.municipality_id and s.staff_id = a.staff_id and s.left_at is null
     where a.municipality_id = ${tx.town} and a.role in ('manager', 'mayor')
       and a.valid_from <= ${today}::date and (a.valid_until is null or a.valid_until >= ${today}::date)
     order by s.name_ar`.execute(tx.q)
  return rows.map(row => ({
    name: { ar: row.name_ar, en: row.name_en },
    title: { ar: row.title_ar, en: row.title_en },
  }))
}
