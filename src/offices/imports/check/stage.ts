import { sql } from 'kysely'
import type { Read, Write } from '../../../platform/database/index.ts'
import type { Content, RowContent, Verdict } from '../model.ts'
import { hex, type SourceKeys } from '../sealed.ts'

/** A row as the check leaves it. */
export type StagedRow = {
  rowNo: number
  verdict: Verdict
  reason: string
  notes: readonly string[]
  key?: Buffer
  ident?: Buffer
  content?: RowContent
}

/** Writes checked rows, one statement however many they are. */
export async function stageRows(
  tx: Write,
  keys: SourceKeys,
  runId: string,
  rows: readonly StagedRow[],
): Promise<void> {
  if (rows.length === 0) return
  const given = rows.map(row => ({
    no: row.rowNo,
    verdict: row.verdict,
    reason: row.reason,
    notes: row.notes,
    key: row.key ? hex(row.key) : null,
    ident: row.ident ? hex(row.ident) : null,
    content: row.content ? hex(keys.seal(row.content)) : null,
  }))
  await sql`
    insert into import_row (municipality_id, run_id, row_no, verdict, reason, notes, key_index, ident, content_sealed)
    select ${tx.town}::uuid, ${runId}::uuid, no, verdict, reason, notes, key, ident, content
      from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g(no int, verdict text, reason text, notes text[], key bytea, ident bytea,
        content bytea)`.execute(tx.q)
}

/** What a row was when it was last written. */
export type KnownRow = { fingerprint: Buffer; content: Content; voucherIds: string[]; personId?: string }

/** What these keys of a source are here, by the hex of the key; the content is opened only where it will be compared. */
export async function knownRows(
  tx: Read,
  keys: SourceKeys,
  sourceId: string,
  asked: ReadonlyMap<string, Buffer>,
): Promise<Map<string, KnownRow | 'same'>> {
  const { rows } = await sql<{
    key: string
    fingerprint: Buffer
    content_sealed: Buffer
    person_id: string | null
    balances: { parts: { voucherId: string }[] }[]
  }>`
    select encode(key_index, 'hex') as key, fingerprint, content_sealed, person_id, balances from import_record
     where municipality_id = ${tx.town} and source_id = ${sourceId} and octet_length(content_sealed) > 0
       and key_index = any(array(select decode(x, 'hex') from unnest(${[...asked.keys()]}::text[]) x))`.execute(
    tx.q,
  )
  return new Map(
    rows.map(row => [
      row.key,
      asked.get(row.key)?.equals(row.fingerprint)
        ? ('same' as const)
        : {
            fingerprint: row.fingerprint,
            content: keys.open<Content>(row.content_sealed),
            voucherIds: row.balances.flatMap(each => each.parts.map(part => part.voucherId)),
            ...(row.person_id !== null && { personId: row.person_id }),
          },
    ]),
  )
}

/** Rows of these people cannot be written before somebody decides; or, when it was decided to leave them, not at all. */
export async function holdRows(
  tx: Write,
  runId: string,
  held: readonly { ident: Buffer; verdict: 'undecided' | 'refused'; reason: string }[],
): Promise<void> {
  if (held.length === 0) return
  const given = held.map(each => ({ ...each, ident: hex(each.ident) }))
  await sql`
    update import_row r set verdict = g.verdict, reason = g.reason
      from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g(ident bytea, verdict text, reason text)
     where r.municipality_id = ${tx.town} and r.run_id = ${runId} and r.ident = g.ident and r.verdict in ('new', 'changed', 'undecided')`.execute(
    tx.q,
  )
}
