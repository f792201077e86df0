import { sql } from 'kysely'
import { Conflict, NotFound } from '../../../lib/errors.ts'
import { newId } from '../../../lib/ids.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { planJob } from '../../../platform/jobs/index.ts'
import { type AuditActor, record } from '../../audit/index.ts'
import { samePerson } from '../../people/index.ts'

export type CopyState = 'waiting' | 'making' | 'ready' | 'failed' | 'destroyed'
export type CopyWay = 'portal' | 'counter'
export type FileKind = 'pdf' | 'json' | 'files'

/** A copy of somebody's data, as it was asked for. */
export type DataCopy = {
  id: string
  personId: string
  askedAt: Date
  askedBy: { kind: 'citizen' | 'staff'; id: string }
  way: CopyWay
  state: CopyState
  /** Rows told so far, and how many there are once that is known. */
  done: number
  total: number | undefined
  madeAt: Date | undefined
  until: Date | undefined
  /** To whose log-in it lies open, and until when. */
  open: { to: Buffer; until: Date } | undefined
}

export type CopyFile = {
  no: number
  kind: FileKind
  name: string
  /** Bytes, once it is opened. */
  size: number
  sha256: Buffer
  keySealed: Buffer
  downloads: number
}

type Row = {
  copy_id: string
  person_id: string
  asked_at: Date
  asked_by_kind: 'citizen' | 'staff'
  asked_by: string
  way: CopyWay
  state: CopyState
  rows_done: number
  rows_total: number | null
  made_at: Date | null
  until: Date | null
  opened_by: Buffer | null
  opened_until: Date | null
}

const columns = sql.raw(
  'copy_id, person_id, asked_at, asked_by_kind, asked_by, way, state, rows_done, rows_total, made_at, until, opened_by, opened_until',
)

const toCopy = (row: Row): DataCopy => ({
  id: row.copy_id,
  personId: row.person_id,
  askedAt: row.asked_at,
  way: row.way,
  state: row.state,
  askedBy: { kind: row.asked_by_kind, id: row.asked_by },
  done: row.rows_done,
  total: row.rows_total ?? undefined,
  madeAt: row.made_at ?? undefined,
  until: row.until ?? undefined,
  open: row.opened_by && row.opened_until ? { to: row.opened_by, until: row.opened_until } : undefined,
})

/** Between two copies asked for on the portal. */
const pauseMs = 24 * 60 * 60_000

/** When another may be asked for on the portal; undefined where it may be now. One that failed does not count. */
export async function nextCopyAt(tx: Read, personId: string): Promise<Date | undefined> {
  const { rows } = await sql<{ asked_at: Date }>`
    select asked_at from data_copy where municipality_id = ${tx.town} and person_id = any(${samePerson(personId)})
       and way = 'portal' and state <> 'failed' order by asked_at desc limit 1`.execute(tx.q)
  const next = rows[0] && new Date(rows[0].asked_at.getTime() + pauseMs)
  return next && next > tx.now ? next : undefined
}

/**
 * Asks for a copy; the job begins when this is committed. Conflict `copy-under-way` while one is being made, `copy-too-soon` for a second of the
 * day on the portal. Gives its id.
 */
export async function askCopy(
  tx: Write,
  of: { personId: string; way: CopyWay },
  by: AuditActor & { kind: 'citizen' | 'staff' },
): Promise<string> {
  const { personId, way } = of
  // Two of one person's asking at once stand in line.
  await sql`select 1 from person where municipality_id = ${tx.town} and person_id = ${personId} for no key update`.execute(
    tx.q,
  )
  const [latest] = await copiesOf(tx, personId, 1)
  if (latest && (latest.state === 'waiting' || latest.state === 'making'))
    throw new Conflict('copy-under-way', { copyId: latest.id })
  if (way === 'portal' && (await nextCopyAt(tx, personId))) throw new Conflict('copy-too-soon')
  const id = newId(tx.now)
  await sql`
    insert into data_copy (municipality_id, copy_id, person_id, asked_at, asked_by_kind, asked_by, way, state, rows_done)
    values (${tx.town}, ${id}, ${personId}, ${tx.now}, ${by.kind}, ${by.id}, ${way}, 'waiting', 0)`.execute(
    tx.q,
  )
  await record(tx, {
    actor: by,
    act: 'rights.copy-asked',
    subjectKind: 'data-copy',
    subjectId: id,
    personId,
    cause: way,
  })
  await planJob(tx, 'rights.copy', { copyId: id }, { queue: 'rights.copy', maxAttempts: 5 })
  return id
}

/** The copies of somebody, the latest first. */
export async function copiesOf(tx: Read, personId: string, limit: number): Promise<DataCopy[]> {
  const { rows } = await sql<Row>`select ${columns} from data_copy
     where municipality_id = ${tx.town} and person_id = any(${samePerson(personId)})
     order by asked_at desc, copy_id desc limit ${limit}`.execute(tx.q)
  return rows.map(toCopy)
}

/** One copy of this person; for anybody else there is none. */
export async function getCopy(tx: Read, personId: string, id: string): Promise<DataCopy> {
  const { rows } = await sql<Row>`select ${columns} from data_copy
     where municipality_id = ${tx.town} and copy_id = ${id} and person_id = any(${samePerson(personId)})`.execute(
    tx.q,
  )
  if (!rows[0]) throw new NotFound('no-such-copy')
  return toCopy(rows[0])
}

type FileRow = {
  file_no: number
  kind: FileKind
  file_name: string
  size: number
  sha256: Buffer
  key_sealed: Buffer
  downloads: number
}

export async function filesOf(tx: Read, copyId: string): Promise<CopyFile[]> {
  const { rows } = await sql<FileRow>`
    select file_no, kind, file_name, size, sha256, key_sealed, downloads from data_copy_file
     where municipality_id = ${tx.town} and copy_id = ${copyId} 
     order by array_position(array['pdf', 'json', 'files'], kind), file_no`.execute(tx.q)
  return rows.map(row => ({
    no: row.file_no,
    kind: row.kind,
    name: row.file_name,
    size: row.size,
    sha256: row.sha256,
    keySealed: row.key_sealed,
    downloads: row.downloads,
  }))
}

/** Whether the files lie open to this log-in now: the PIN was asked, and the copy has not run out. */
export const isOpenTo = (copy: DataCopy, session: Buffer | undefined, now: Date): boolean =>
  copy.state === 'ready' &&
  copy.until !== undefined &&
  copy.until > now &&
  session !== undefined &&
  copy.open !== undefined &&
  copy.open.until > now &&
  copy.open.to.equals(session)

/** Opens the files to a log-in for some minutes, once the PIN was right or the card was shown. */
export async function openCopy(tx: Write, copyId: string, session: Buffer, minutes: number): Promise<void> {
  const until = new Date(tx.now.getTime() + minutes * 60_000)
  await sql`update data_copy set opened_by = ${session}, opened_until = ${until}
     where municipality_id = ${tx.town} and copy_id = ${copyId}`.execute(tx.q)
}

/** Counts a download and writes it down. */
export async function noteDownload(tx: Write, copy: DataCopy, file: CopyFile, by: AuditActor): Promise<void> {
  await sql`update data_copy_file set downloads = downloads + 1, downloaded_at = ${tx.now}
     where municipality_id = ${tx.town} and copy_id = ${copy.id} and file_no = ${file.no}`.execute(tx.q)
  const { personId } = copy
  await record(tx, {
    actor: by,
    act: 'rights.copy-taken',
    subjectKind: 'data-copy',
    subjectId: copy.id,
    personId,
    cause: file.kind,
  })
}
