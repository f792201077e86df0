import { randomBytes } from 'node:crypto'
import { newId } from '../../lib/ids.ts'
import type { Write } from '../../platform/database/index.ts'
import { type AuditEntry, canonicalBytes, type SaltedFields } from './model.ts'

/** Writes down one act or look in the transaction of the act itself. */
export async function record(tx: Write, entry: AuditEntry): Promise<void> {
  await recordMany(tx, [entry])
}

/** Writes down several in one statement, in their order; gives their ids. */
export async function recordMany(tx: Write, entries: readonly AuditEntry[]): Promise<string[]> {
  if (entries.length === 0) return []
  const rows = entries.map(entry => rowOf(tx, entry))
  await tx.q.insertInto('audit').values(rows).execute()
  return rows.map(row => row.audit_id)
}

function rowOf(tx: Write, entry: AuditEntry) {
  const auditId = newId(tx.now)
  const personal = salted(entry.personal ?? {})
  return {
    municipality_id: tx.town,
    audit_id: auditId,
    at: tx.now,
    actor_kind: entry.actor.kind,
    actor_id: entry.actor.id,
    actor_office: entry.actor.office ?? null,
    act: entry.act,
    subject_kind: entry.subjectKind,
    subject_id: entry.subjectId,
    person_id: entry.personId ?? null,
    request_id: entry.requestId ?? null,
    cause: entry.cause ?? null,
    personal: Object.keys(personal).length > 0 ? JSON.stringify(personal) : null,
    canonical: canonicalBytes({ auditId, town: tx.town, at: tx.now }, entry, personal),
  }
}

function salted(fields: Readonly<Record<string, string>>): SaltedFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, { value, salt: randomBytes(16).toString('hex') }]),
  )
}
