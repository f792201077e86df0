import { sql } from 'kysely'
import type { Commons } from '../../../kernel/definition/index.ts'
import { NotFound } from '../../../lib/errors.ts'
import type { Localized } from '../../../lib/localized.ts'
import type { Read, Write } from '../../../platform/database/transaction.ts'
import type { Draft, DraftState, NationalBase } from '../model.ts'

/** Drafts and their revisions as rows. */

/** A draft with its text. */
export type WholeDraft = { draft: Draft; source: string; commons: Commons; base: NationalBase | undefined }

type Row = {
  draft_id: string
  service_code: string
  name_ar: string
  name_en: string
  based_on: number | null
  state: DraftState
  revision: number
  author_id: string
  started_at: Date
  changed_at: Date
  asked_by: string | null
  published_version: number | null
}
type WholeRow = Row & {
  source: string
  commons: Record<string, string>
  base_version: number | null
  base_source: string | null
  base_commons: Record<string, string> | null
}

const columns = sql`draft_id, service_code, name_ar, name_en, based_on, state, revision, author_id, started_at, changed_at, asked_by,
  published_version`
const wholeColumns = sql`${columns}, source, commons, base_version, base_source, base_commons`

const toDraft = (row: Row): Draft => ({
  id: row.draft_id,
  code: row.service_code,
  name: { ar: row.name_ar, en: row.name_en },
  basedOn: row.based_on ?? undefined,
  state: row.state,
  revision: row.revision,
  authorId: row.author_id,
  startedAt: row.started_at,
  changedAt: row.changed_at,
  askedBy: row.asked_by ?? undefined,
  publishedVersion: row.published_version ?? undefined,
})

const toWhole = (row: WholeRow): WholeDraft => ({
  draft: toDraft(row),
  source: row.source,
  commons: new Map(Object.entries(row.commons)),
  base:
    row.base_version !== null && row.base_source !== null
      ? {
          version: row.base_version,
          source: row.base_source,
          commons: new Map(Object.entries(row.base_commons ?? {})),
        }
      : undefined,
})

/** @throws NotFound `no-such-service-draft` */
export async function getWholeDraft(tx: Read, id: string): Promise<WholeDraft> {
  const { rows } = await sql<WholeRow>`
    select ${wholeColumns} from service_draft where municipality_id = ${tx.town} and draft_id = ${id}`.execute(
    tx.q,
  )
  const [row] = rows
  if (!row) throw new NotFound('no-such-service-draft')
  return toWhole(row)
}

/** The same, held until the transaction ends: who writes after us sees what we wrote. */
export async function holdDraft(tx: Write, id: string): Promise<WholeDraft> {
  const { rows } = await sql<WholeRow>`
    select ${wholeColumns} from service_draft where municipality_id = ${tx.town} and draft_id = ${id} for update`.execute(
    tx.q,
  )
  const [row] = rows
  if (!row) throw new NotFound('no-such-service-draft')
  return toWhole(row)
}

/** The draft of a service that is still written or reviewed. */
export async function openDraftOf(tx: Read, code: string): Promise<Draft | undefined> {
  const { rows } = await sql<Row>`
    select ${columns} from service_draft
     where municipality_id = ${tx.town} and service_code = ${code}
       and state in ('draft', 'in-review', 'returned', 'approved')`.execute(tx.q)
  return rows.map(toDraft)[0]
}

/** Drafts that are still written or reviewed, the one changed last first. */
export async function openDrafts(tx: Read): Promise<Draft[]> {
  const { rows } = await sql<Row>`
    select ${columns} from service_draft
     where municipality_id = ${tx.town} and state in ('draft', 'in-review', 'returned', 'approved')
     order by changed_at desc, draft_id desc`.execute(tx.q)
  return rows.map(toDraft)
}

export type NewDraft = {
  id: string
  code: string
  name: Localized
  basedOn: number | undefined
  base: NationalBase | undefined
  source: string
  commons: Commons
  by: string
  changed: Localized
}

/** Enters a draft with its first revision. */
export async function insertDraft(tx: Write, draft: NewDraft): Promise<void> {
  await sql`
    insert into service_draft (municipality_id, draft_id, service_code, name_ar, name_en, based_on, base_version, base_source, base_commons,
                               source, commons, revision, state, author_id, started_at, changed_at)
    values (${tx.town}, ${draft.id}, ${draft.code}, ${draft.name.ar}, ${draft.name.en}, ${draft.basedOn ?? null},
            ${draft.base?.version ?? null}, ${draft.base?.source ?? null}, ${draft.base ? json(draft.base.commons) : null}::jsonb,
            ${draft.source}, ${json(draft.commons)}::jsonb, 1, 'draft', ${draft.by}, ${tx.now}, ${tx.now})`.execute(
    tx.q,
  )
  const { source, changed, by } = draft
  const first = { source, changed, by, changeBy: by, revision: 1, back: undefined, forth: undefined }
  await insertRevision(tx, draft.id, first)
}

const json = (commons: Commons): string => JSON.stringify(Object.fromEntries(commons))

/** What a draft goes on from: another version was taken in. */
export async function rebaseDraft(
  tx: Write,
  id: string,
  to: { basedOn: number; base?: NationalBase | undefined },
): Promise<void> {
  await sql`
    update service_draft set based_on = ${to.basedOn}
     where municipality_id = ${tx.town} and draft_id = ${id}`.execute(tx.q)
  if (!to.base) return
  await sql`
    update service_draft
       set base_version = ${to.base.version}, base_source = ${to.base.source}, base_commons = ${json(to.base.commons)}::jsonb
     where municipality_id = ${tx.town} and draft_id = ${id}`.execute(tx.q)
}

/** Whether a published version was written here rather than brought along. */
export async function isWrittenHere(tx: Read, code: string, version: number): Promise<boolean> {
  const { rows } = await sql`
    select 1 from service_draft
     where municipality_id = ${tx.town} and service_code = ${code} and published_version = ${version} limit 1`.execute(
    tx.q,
  )
  return rows.length > 0
}

/** A text a draft has had, and where undoing and redoing lead from it. */
export type Revision = {
  revision: number
  source: string
  back: number | undefined
  forth: number | undefined
  changed: Localized
  by: string
  /** Whose change the text ends with: where undoing has led back to, that of who made it first. */
  changeBy: string
  at: Date
}

async function insertRevision(tx: Write, draftId: string, made: Omit<Revision, 'at'>): Promise<void> {
  await sql`
    insert into service_draft_revision (municipality_id, draft_id, revision, source, back, forth, changed_ar, changed_en, by_id, change_by, at)
    values (${tx.town}, ${draftId}, ${made.revision}, ${made.source}, ${made.back ?? null}, ${made.forth ?? null},
            ${made.changed.ar}, ${made.changed.en}, ${made.by}, ${made.changeBy}, ${tx.now})`.execute(tx.q)
}

/** What a draft is called by, as its newest text says. */
export type Called = { code: string; name: Localized }

/** Adds a revision; it is the draft's text from now on. */
export async function writeRevision(
  tx: Write,
  draft: Draft,
  made: Omit<Revision, 'at' | 'revision'>,
  called: Called,
): Promise<number> {
  const revision = draft.revision + 1
  await insertRevision(tx, draft.id, { ...made, revision })
  await sql`
    update service_draft
       set source = ${made.source}, revision = ${revision}, changed_at = ${tx.now},
           service_code = ${called.code}, name_ar = ${called.name.ar}, name_en = ${called.name.en}
     where municipality_id = ${tx.town} and draft_id = ${draft.id}`.execute(tx.q)
  return revision
}

type RevisionRow = {
  revision: number
  source: string
  back: number | null
  forth: number | null
  changed_ar: string
  changed_en: string
  by_id: string
  change_by: string
  at: Date
}

/** @throws NotFound `no-such-revision` */
export async function getRevision(tx: Read, draftId: string, revision: number): Promise<Revision> {
  const { rows } = await sql<RevisionRow>`
    select revision, source, back, forth, changed_ar, changed_en, by_id, change_by, at from service_draft_revision
     where municipality_id = ${tx.town} and draft_id = ${draftId} and revision = ${revision}`.execute(tx.q)
  const [row] = rows
  if (!row) throw new NotFound('no-such-revision')
  return {
    revision: row.revision,
    source: row.source,
    back: row.back ?? undefined,
    forth: row.forth ?? undefined,
    changed: { ar: row.changed_ar, en: row.changed_en },
    by: row.by_id,
    changeBy: row.change_by,
    at: row.at,
  }
}

/** The words of the change a revision's text ends with: its own, or of the one that undoing and redoing brought back. */
export async function wordsOfChange(tx: Read, draftId: string, of: Revision): Promise<Localized> {
  const { rows } = await sql<Pick<RevisionRow, 'changed_ar' | 'changed_en'>>`
    select changed_ar, changed_en from service_draft_revision
     where municipality_id = ${tx.town} and draft_id = ${draftId} and back is not distinct from ${of.back ?? null}::int
     order by revision limit 1`.execute(tx.q)
  const [row] = rows
  return row ? { ar: row.changed_ar, en: row.changed_en } : of.changed
}

/** What was changed in a draft, newest first, without the texts. */
export async function changesOf(
  tx: Read,
  draftId: string,
  most: number,
): Promise<Pick<Revision, 'revision' | 'changed' | 'by' | 'at'>[]> {
  const { rows } = await sql<Omit<RevisionRow, 'source' | 'back' | 'forth' | 'change_by'>>`
    select revision, changed_ar, changed_en, by_id, at from service_draft_revision
     where municipality_id = ${tx.town} and draft_id = ${draftId} order by revision desc limit ${most}`.execute(
    tx.q,
  )
  return rows.map(row => ({
    revision: row.revision,
    changed: { ar: row.changed_ar, en: row.changed_en },
    by: row.by_id,
    at: row.at,
  }))
}

/** Everybody who wrote in a draft: none of them reviews it. */
export async function writersOf(tx: Read, draftId: string): Promise<string[]> {
  const { rows } = await sql<{ by_id: string }>`
    select distinct by_id from service_draft_revision
     where municipality_id = ${tx.town} and draft_id = ${draftId} order by by_id`.execute(tx.q)
  return rows.map(row => row.by_id)
}
