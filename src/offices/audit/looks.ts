import { sql } from 'kysely'
import type { Localized } from '../../lib/localized.ts'
import type { Read } from '../../platform/database/index.ts'
import type { CauseKind } from '../../web/actor.ts'

/** Who looked: an employee with post and office, a partner institution by its name, or the system itself. */
export type Looker = {
  kind: 'staff' | 'partner' | 'system'
  name?: Localized | undefined
  title?: Localized | undefined
  office?: Localized | undefined
  officeCode?: string | undefined
}

/** One time that somebody opened or changed a person's data. */
export type LookAt = {
  auditId: string
  at: Date
  who: Looker
  act: string
  subjectKind: string
  cause: string | undefined
  /** '4178/2026', where it was for a request. */
  requestNumber: string | undefined
  requestId: string | undefined
  /** Whereby it was allowed; undefined for an act, which is no look. */
  by: CauseKind | undefined
  /** A part that stands masked was shown. */
  sensitive: boolean
  /** Who looked, as the audit names them: never shown, compared only. */
  actorId: string
  /** What was asked about it, and whether it is answered. */
  question: { id: string; answered: boolean; found: 'justified' | 'unjustified' | undefined } | undefined
}

/** Which looks: all, those that a given ground allowed, or acts, which are no looks. */
export type LookFilter = { by?: CauseKind | 'act' | undefined; auditId?: string | undefined }

type Row = {
  audit_id: string
  at: Date
  act: string
  subject_kind: string
  cause: string | null
  actor_kind: 'staff' | 'partner' | 'system'
  staff_ar: string | null
  staff_en: string | null
  title_ar: string | null
  title_en: string | null
  office_ar: string | null
  office_en: string | null
  partner: string | null
  request_id: string | null
  number: string | null
  actor_id: string
  actor_office: string | null
  cause_kind: CauseKind | null
  is_sensitive: boolean | null
  question_id: string | null
  found: 'justified' | 'unjustified' | null
}

/**
 * Who opened or changed this person's data, newest first: the citizen's page «من اطّلع على بياناتي». Their own visits are left out. The
 * next page is asked for with `before`, the `auditId` of the last row shown.
 */
export async function looksAt(
  tx: Read,
  personId: string,
  page: { limit: number; before?: string | undefined } & LookFilter,
): Promise<LookAt[]> {
  const older = page.before
    ? sql`and (a.at, a.audit_id) < (${instantOf(page.before)}, ${page.before}::uuid)`
    : sql``
  const which =
    page.by === undefined
      ? sql``
      : page.by === 'act'
        ? sql`and l.audit_id is null`
        : sql`and l.cause_kind = ${page.by}`
  const one = page.auditId === undefined ? sql`` : sql`and a.audit_id = ${page.auditId}::uuid`
  const found = await sql<Row>`
    select a.audit_id, a.at, a.act, a.subject_kind, a.cause, a.actor_kind, a.request_id,
           s.name_ar as staff_ar, s.name_en as staff_en, s.title_ar, s.title_en,
           o.name_ar as office_ar, o.name_en as office_en, k.name as partner,
           r.number || '/' || r.year as number, a.actor_id, a.actor_office, l.cause_kind, l.is_sensitive, q.question_id, q.found
      from audit a
      left join look l on l.municipality_id = a.municipality_id and l.audit_id = a.audit_id
      left join look_question q on q.municipality_id = a.municipality_id and q.audit_id = a.audit_id and q.person_id = a.person_id
      left join staff s on s.municipality_id = a.municipality_id
       and s.staff_id = case when a.actor_kind = 'staff' then a.actor_id::uuid end
      left join office o on o.municipality_id = a.municipality_id and o.office_code = a.actor_office
      left join api_key k on k.municipality_id = a.municipality_id
       and k.key_id = case when a.actor_kind = 'partner' then a.actor_id::uuid end
      left join request r on r.municipality_id = a.municipality_id and r.request_id = a.request_id
     where a.municipality_id = ${tx.town} and a.person_id = any((select same_person(${personId}::uuid))::uuid[])
       and a.actor_kind in ('staff', 'partner', 'system') ${older} ${which} ${one}
     order by a.at desc, a.audit_id desc
     limit ${page.limit}`.execute(tx.q)
  return found.rows.map(toLook)
}

/** The instant a UUIDv7 was made at: an audit id carries the instant of its row. */
function instantOf(id: string): Date {
  return new Date(Number.parseInt(id.replace('-', '').slice(0, 12), 16))
}

function toLook(row: Row): LookAt {
  return {
    auditId: row.audit_id,
    at: row.at,
    who: lookerOf(row),
    act: row.act,
    subjectKind: row.subject_kind,
    cause: row.cause ?? undefined,
    requestNumber: row.number ?? undefined,
    requestId: row.request_id ?? undefined,
    by: row.cause_kind ?? undefined,
    sensitive: row.is_sensitive ?? false,
    actorId: row.actor_id,
    question:
      row.question_id === null
        ? undefined
        : { id: row.question_id, answered: row.found !== null, found: row.found ?? undefined },
  }
}

function lookerOf(row: Row): Looker {
  const name = row.partner === null ? both(row.staff_ar, row.staff_en) : both(row.partner, row.partner)
  return {
    kind: row.actor_kind,
    name,
    title: both(row.title_ar, row.title_en),
    office: both(row.office_ar, row.office_en),
    officeCode: row.actor_office ?? undefined,
  }
}

const both = (ar: string | null, en: string | null): Localized | undefined =>
  ar === null ? undefined : { ar, en: en ?? ar }
