import { sql } from 'kysely'
import type { CalendarDate } from '../../../lib/calendar.ts'
import { Conflict, Forbidden, NotFound } from '../../../lib/errors.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { type AuditActor, record } from '../../audit/index.ts'

/** A version of the town's privacy policy; in force from a day once somebody else than its writer adopted it. */
export type Policy = {
  version: number
  ar: string
  en: string
  decision: string
  from: CalendarDate
  writtenBy: string
  writtenAt: Date
  /** Whether it was adopted; undefined while it waits. */
  accepted: boolean | undefined
  note: string | undefined
}

type Row = {
  version: number
  body_ar: string
  body_en: string
  decision: string
  valid_from: CalendarDate
  written_by: string
  written_at: Date
  is_accepted: boolean | null
  review_note: string | null
}

/** Every version, the latest first. */
export async function policiesOf(tx: Read): Promise<Policy[]> {
  const { rows } = await sql<Row>`
    select version, body_ar, body_en, decision, valid_from, written_by, written_at, is_accepted, review_note
      from privacy_policy where municipality_id = ${tx.town} order by version desc limit 100`.execute(tx.q)
  return rows.map(row => ({
    version: row.version,
    ar: row.body_ar,
    en: row.body_en,
    decision: row.decision,
    from: row.valid_from,
    writtenBy: row.written_by,
    writtenAt: row.written_at,
    accepted: row.is_accepted ?? undefined,
    note: row.review_note ?? undefined,
  }))
}

/** Versions that were or are in force by a day, the one in force first. */
export const inForceBy = (all: readonly Policy[], day: CalendarDate): Policy[] =>
  all
    .filter(each => each.accepted && each.from <= day)
    .sort((a, b) => (a.from === b.from ? b.version - a.version : a.from < b.from ? 1 : -1))

export type NewPolicy = Pick<Policy, 'ar' | 'en' | 'decision' | 'from'>

/** Writes a version, which waits for another to review it. Conflict `policy-waits` while one waits already. */
export async function writePolicy(
  tx: Write,
  { ar, en, decision, from }: NewPolicy,
  by: AuditActor,
): Promise<number> {
  const [last] = await policiesOf(tx)
  if (last && last.accepted === undefined) throw new Conflict('policy-waits')
  const version = (last?.version ?? 0) + 1
  await sql`
    insert into privacy_policy (municipality_id, version, body_ar, body_en, decision, valid_from, written_by, written_at)
    values (${tx.town}, ${version}, ${ar}, ${en}, ${decision}, ${from}::date, ${by.id}, ${tx.now})`.execute(
    tx.q,
  )
  await record(tx, {
    actor: by,
    act: 'privacy.written',
    subjectKind: 'privacy-policy',
    subjectId: String(version),
    cause: decision,
  })
  return version
}

/** Adopts a version or returns it, by somebody else than its writer (Forbidden `own-policy`), once (Conflict `policy-decided`). */
export async function reviewPolicy(
  tx: Write,
  { version, accept, note }: { version: number; accept: boolean; note: string },
  by: AuditActor,
): Promise<void> {
  await sql`select 1 from privacy_policy where municipality_id = ${tx.town} and version = ${version} for update`.execute(
    tx.q,
  )
  const policy = (await policiesOf(tx)).find(each => each.version === version)
  if (!policy) throw new NotFound('no-such-policy')
  if (policy.writtenBy === by.id) throw new Forbidden('own-policy')
  if (policy.accepted !== undefined) throw new Conflict('policy-decided')
  await sql`
    update privacy_policy set reviewed_by = ${by.id}, reviewed_at = ${tx.now}, is_accepted = ${accept}, review_note = ${note || null}
     where municipality_id = ${tx.town} and version = ${version}`.execute(tx.q)
  const act = accept ? 'privacy.adopted' : 'privacy.returned'
  await record(tx, { actor: by, act, subjectKind: 'privacy-policy', subjectId: String(version), cause: note })
}
