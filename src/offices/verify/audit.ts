import { sql } from 'kysely'
import type { Read } from '../../platform/database/index.ts'
import { canonicalBytes, canonicalJson } from '../audit/index.ts'
import { type Inspection, inBatches } from './model.ts'

type Row = {
  audit_id: string
  at: Date
  actor_kind: string
  actor_id: string
  actor_office: string | null
  act: string
  subject_kind: string
  subject_id: string
  person_id: string | null
  request_id: string | null
  cause: string | null
  personal: Record<string, { value: string; salt: string }> | null
  canonical: Buffer
}

type Hashes = Record<string, string>
const hashesIn = (canonical: Buffer): Hashes =>
  (JSON.parse(canonical.toString('utf8')) as { personal: Hashes }).personal

/** Writes every entry's proof again from its columns. Personal fields that were lawfully erased keep the hash that stood for them. */
export async function verifyAudit(inspection: Inspection): Promise<void> {
  let entries = 0
  await inBatches(
    inspection,
    readEntries,
    row => row.audit_id,
    rows => {
      entries += rows.length
      for (const row of rows) {
        if (proves(row)) continue
        const details = { act: row.act, at: row.at.toISOString(), of: row.subject_id }
        inspection.found({ code: 'audit-entry-changed', subject: row.audit_id, details })
      }
    },
  )
  inspection.counted('audit entries', entries)

  function proves(row: Row): boolean {
    const place = { auditId: row.audit_id, town: inspection.town.id, at: row.at }
    const entry = {
      actor: { kind: row.actor_kind, id: row.actor_id, office: row.actor_office ?? undefined },
      act: row.act,
      subjectKind: row.subject_kind,
      subjectId: row.subject_id,
      personId: row.person_id ?? undefined,
      requestId: row.request_id ?? undefined,
      cause: row.cause ?? undefined,
    }
    try {
      const shown = canonicalBytes(place, entry, row.personal ?? {})
      const personal: Hashes = { ...hashesIn(row.canonical), ...hashesIn(shown) }
      const again = canonicalJson({ ...JSON.parse(shown.toString('utf8')), personal })
      return row.canonical.equals(Buffer.from(again, 'utf8'))
    } catch {
      return false
    }
  }
}

async function readEntries(tx: Read, after: string | undefined, limit: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select audit_id, at, actor_kind, actor_id, actor_office, act, subject_kind, subject_id, person_id, request_id, cause, personal, canonical
      from audit
     where municipality_id = ${tx.town} ${after === undefined ? sql`` : sql`and audit_id > ${after}`}
     order by audit_id limit ${limit}`.execute(tx.q)
  return rows
}
