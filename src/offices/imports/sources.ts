import { sql } from 'kysely'
import { Conflict, NotFound } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import { errorCode } from '../../platform/plain-error.ts'
import { type AuditActor, record } from '../audit/index.ts'
import type { Reading, Source, SourceKind } from './model.ts'

type Row = {
  source_id: string
  code: string
  name: string
  kind: SourceKind
  reading: Reading
  daily: boolean
  has_link: boolean
}

const columns = sql`s.source_id, s.code, s.name, s.kind, s.reading, s.daily, s.link_sealed is not null as has_link`

/** How a new source is read until somebody has looked at its first file. */
export const firstReading: Reading = {
  encoding: 'utf-8',
  delimiter: ',',
  columns: {},
  keys: [],
  dates: 'dmy',
  decimal: '.',
  currency: 'ILS',
  dueKind: 'electricity',
  utility: 'electricity',
  billing: 'billed',
  confirmed: false,
}

/** The town's sources by name. */
export async function sourcesOf(tx: Read): Promise<Source[]> {
  const { rows } = await sql<Row>`
    select ${columns} from import_source s where s.municipality_id = ${tx.town} order by s.name, s.code`.execute(
    tx.q,
  )
  return rows.map(toSource)
}

/** The source of this id or code, or NotFound. */
export async function getSource(tx: Read, named: { id: string } | { code: string }): Promise<Source> {
  const which = 'id' in named ? sql`s.source_id = ${named.id}` : sql`s.code = ${named.code}`
  const { rows } = await sql<Row>`
    select ${columns} from import_source s where s.municipality_id = ${tx.town} and ${which}`.execute(tx.q)
  if (!rows[0]) throw new NotFound('no-such-source')
  return toSource(rows[0])
}

export type NewSource = { code: string; name: string; kind: SourceKind; reading?: Partial<Reading> }

/** Enters a source. @throws Conflict `source-exists` when the code is taken */
export async function addSource(tx: Write, input: NewSource, by: AuditActor): Promise<string> {
  const id = newId(tx.now)
  const reading: Reading = { ...firstReading, ...input.reading }
  const { rows } = await sql`
    insert into import_source (municipality_id, source_id, code, name, kind, reading, daily, added_at, added_by, changed_at)
    values (${tx.town}, ${id}, ${input.code}, ${input.name}, ${input.kind}, ${JSON.stringify(reading)}, false, ${tx.now},
            ${by.kind === 'staff' ? by.id : null}, ${tx.now})
    on conflict (municipality_id, code) do nothing returning 1`
    .execute(tx.q)
    .catch(error => {
      if (errorCode(error) === '23514') throw new Conflict('source-code-wrong')
      throw error
    })
  if (rows.length === 0) throw new Conflict('source-exists', { code: input.code })
  await note(tx, 'imports.source-added', id, by)
  return id
}

/** Keeps how a source is read: what somebody has looked at and confirmed. */
export async function confirmReading(
  tx: Write,
  sourceId: string,
  reading: Omit<Reading, 'confirmed'>,
  by: AuditActor,
): Promise<void> {
  await sql`
    update import_source set reading = ${JSON.stringify({ ...reading, confirmed: true })}, changed_at = ${tx.now}
     where municipality_id = ${tx.town} and source_id = ${sourceId}`.execute(tx.q)
  await note(tx, 'imports.reading-confirmed', sourceId, by)
}

/** Keeps a sealed link, and whether it is fetched each night. */
export async function keepLink(
  tx: Write,
  sourceId: string,
  link: { sealed: Buffer; daily: boolean },
  by: AuditActor,
): Promise<void> {
  await sql`
    update import_source set link_sealed = ${link.sealed}, daily = ${link.daily}, changed_at = ${tx.now}
     where municipality_id = ${tx.town} and source_id = ${sourceId}`.execute(tx.q)
  await note(tx, 'imports.link-kept', sourceId, by)
}

/** The sealed link of a source; undefined where none was written. */
export async function sealedLink(tx: Read, sourceId: string): Promise<Buffer | undefined> {
  const { rows } = await sql<{ link_sealed: Buffer | null }>`
    select link_sealed from import_source where municipality_id = ${tx.town} and source_id = ${sourceId}`.execute(
    tx.q,
  )
  return rows[0]?.link_sealed ?? undefined
}

const note = (tx: Write, act: string, sourceId: string, actor: AuditActor) =>
  record(tx, { actor, act, subjectKind: 'import-source', subjectId: sourceId })

const toSource = (row: Row): Source => ({
  id: row.source_id,
  code: row.code,
  name: row.name,
  kind: row.kind,
  reading: row.reading,
  daily: row.daily,
  hasLink: row.has_link,
})
