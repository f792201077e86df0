import { sql } from 'kysely'
import type { Localized } from '../../../lib/localized.ts'
import type { Read } from '../../../platform/database/index.ts'

/** One row of the audit as the auditor sees it: who, what, on what, and its place in the log; nothing personal in clear. */
export type Entry = {
  id: string
  at: Date
  actorKind: string
  actorId: string
  name: Localized | undefined
  office: Localized | undefined
  act: string
  subjectKind: string
  subjectId: string
  requestId: string | undefined
  cause: string | undefined
  /** Its place in the log, from 0; undefined while it waits. */
  place: number | undefined
}

export type EntryFilter = {
  /** Instants; ids carry theirs. */
  from: Date
  to: Date
  who?: { kind: string; id: string } | undefined
  act?: string | undefined
  requestId?: string | undefined
  /** Entries before this one. */
  before?: string | undefined
}

type EntryRow = {
  audit_id: string
  at: Date
  actor_kind: string
  actor_id: string
  name_ar: string | null
  name_en: string | null
  office_ar: string | null
  office_en: string | null
  act: string
  subject_kind: string
  subject_id: string
  request_id: string | null
  cause: string | null
  place: number | null
}

/** The smallest id an instant gives. */
function firstIdAt(at: Date): string {
  const hex = at.getTime().toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}

const columns = sql`a.audit_id, a.at, a.actor_kind, a.actor_id, s.name_ar, s.name_en, o.name_ar as office_ar, o.name_en as office_en, a.act,
  a.subject_kind, a.subject_id, a.request_id, a.cause, l.leaf_index as place`

const joined = sql`
  left join staff s on s.municipality_id = a.municipality_id and s.staff_id = case when a.actor_kind = 'staff' then a.actor_id::uuid end
  left join office o on o.municipality_id = a.municipality_id and o.office_code = a.actor_office
  left join lateral (select leaf_index, hash from seal_leaf
        where municipality_id = a.municipality_id and kind = 'audit' and subject_id = a.audit_id limit 1) l on true`

/** Entries of a time, the newest first. */
export async function entriesOf(tx: Read, filter: EntryFilter, limit: number): Promise<Entry[]> {
  const { who, act, requestId, before } = filter
  const { rows } = await sql<EntryRow>`
    with a as materialized (
      select * from audit a
       where a.municipality_id = ${tx.town} and a.audit_id >= ${firstIdAt(filter.from)} and a.audit_id < ${before ?? firstIdAt(filter.to)}
         ${who ? sql`and a.actor_kind = ${who.kind} and a.actor_id = ${who.id}` : sql``}
         ${act === undefined ? sql`` : sql`and a.act = ${act}`}
         ${requestId === undefined ? sql`` : sql`and a.request_id = ${requestId}`}
       order by a.audit_id desc limit ${limit}
    ) select ${columns} from a ${joined} order by a.audit_id desc`.execute(tx.q)
  return rows.map(toEntry)
}

export type ProvedEntry = Entry & { canonical: string; hash: Buffer | undefined; proof: Buffer }

/** One entry with the bytes it is proved by, by its id or its place in the log. */
export async function findEntry(
  tx: Read,
  by: { id: string } | { place: number },
): Promise<ProvedEntry | undefined> {
  const which =
    'id' in by
      ? sql`a.audit_id = ${by.id}`
      : sql`a.audit_id = (select x.subject_id from seal_leaf x where x.municipality_id = ${tx.town} and x.leaf_index = ${by.place}
              and x.kind = 'audit')`
  const { rows } = await sql<EntryRow & { canonical: Buffer; hash: Buffer | null }>`
    select ${columns}, a.canonical, l.hash from audit a ${joined} where a.municipality_id = ${tx.town} and ${which}`.execute(
    tx.q,
  )
  const [row] = rows
  if (!row) return undefined
  const canonical = row.canonical.toString('utf8')
  return { ...toEntry(row), canonical, hash: row.hash ?? undefined, proof: row.canonical }
}

const both = (ar: string | null, en: string | null): Localized | undefined =>
  ar === null ? undefined : { ar, en: en ?? ar }

const toEntry = (row: EntryRow): Entry => ({
  id: row.audit_id,
  at: row.at,
  actorKind: row.actor_kind,
  actorId: row.actor_id,
  name: both(row.name_ar, row.name_en),
  office: both(row.office_ar, row.office_en),
  act: row.act,
  subjectKind: row.subject_kind,
  subjectId: row.subject_id,
  requestId: row.request_id ?? undefined,
  cause: row.cause ?? undefined,
  place: row.place ?? undefined,
})
