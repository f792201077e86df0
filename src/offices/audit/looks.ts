import { sql } from 'kysely'
import type { Localized } from '../../lib/localized.ts'
import type { Read } from '../../platform/database/index.ts'

/** Who looked: an employee with post and office, a partner institution by its name, or the system itself. */
export type Looker = {
  kind: 'staff' | 'partner' | 'system'
  name?: Localized | undefined
  title?: Localized | undefined
  office?: Localized | undefined
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
}

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
}

/**
 * Who opened or changed this person's data, newest first: the citizen's page «من اطّلع على بياناتي». Their own visits are left out. The
 * next page is asked for with `before`, the `auditId` of the last row shown.
 */
export async function looksAt(
  tx: Read,
  personId: string,
  page: { limit: number; before?: string | undefined },
): Promise<LookAt[]> {
  const older = page.before
    ? sql`and (a.at, a.audit_id) < (${instantOf(page.before)}, ${page.before}::uuid)`
    : sql``
  const found = await sql<Row>`
    select a.audit_id, a.at, a.act, a.subject_kind, a.cause, a.actor_kind, a.request_id,
           s.name_ar as staff_ar, s.name_en as staff_en, s.title_ar, s.title_en,
           o.name_ar as office_ar, o.name_en as office_en, k.name as partner,
           r.number || '/' || r.year as number
      from audit a
      left join staff s on s.municipality_id = a.municipality_id
       and s.staff_id = case when a.actor_kind = 'staff' then a.actor_id::uuid end
      left join office o on o.municipality_id = a.municipality_id and o.office_code = a.actor_office
      left join api_key k on k.municipality_id = a.municipality_id
       and k.key_id = case when a.actor_kind = 'partner' then a.actor_id::uuid end
      left join request r on r.municipality_id = a.municipality_id and r.request_id = a.request_id
     where a.municipality_id = ${tx.town} and a.person_id = any((select same_person(${personId}::uuid))::uuid[])
       and a.actor_kind in ('staff', 'partner', 'system') ${older}
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
  }
}

function lookerOf(row: Row): Looker {
  const name = row.partner === null ? both(row.staff_ar, row.staff_en) : both(row.partner, row.partner)
  return {
    kind: row.actor_kind,
    name,
    title: both(row.title_ar, row.title_en),
    office: both(row.office_ar, row.office_en),
  }
}

const both = (ar: string | null, en: string | null): Localized | undefined =>
  ar === null ? undefined : { ar, en: en ?? ar }
