import { sql } from 'kysely'
import { NotFound } from '../../lib/errors.ts'
import type { Read } from '../../platform/database/index.ts'
import type { Audience, Bulletin, BulletinKind, BulletinState, Counts, Gathered, Progress } from './model.ts'

type Row = {
  bulletin_id: string
  title: string
  kind: BulletinKind
  body: string
  template: string | null
  template_version: number | null
  template_from: 'given' | 'town' | null
  audience: Audience
  expires_days: number
  daily_parts: number | null
  writers: string[]
  state: BulletinState
  file_sha256: Buffer | null
  file_name: string | null
  file_column: string | null
  file_columns: string[] | null
  gathered: Gathered
  counts: Counts
  last_no: number
  planned_no: number
  sample: number[]
  parts_each: string | null
  progress: Progress
  progress_at: Date | null
  released_on: string | null
  released_parts: number
  paused_by: string | null
  paused_at: Date | null
  created_at: Date
  asked_by: string | null
  asked_at: Date | null
  decided_by: string | null
  decided_at: Date | null
  returned_why: string | null
  ended_by: string | null
  ended_at: Date | null
}

/** A page of bulletins, the newest first; `before` is the instant and id of the last one seen. */
export async function listBulletins(
  tx: Read,
  { limit = 40, before }: { limit?: number; before?: { at: Date; id: string } | undefined } = {},
): Promise<Bulletin[]> {
  const { rows } = await sql<Row>`
    select * from bulletin where municipality_id = ${tx.town}
       ${before ? sql`and (created_at, bulletin_id) < (${before.at}::timestamptz, ${before.id}::uuid)` : sql``}
     order by created_at desc, bulletin_id desc limit ${limit}`.execute(tx.q)
  return rows.map(toBulletin)
}

/** @throws NotFound `no-such-bulletin` */
export async function getBulletin(tx: Read, id: string, lock = false): Promise<Bulletin> {
  const { rows } = await sql<Row>`
    select * from bulletin where municipality_id = ${tx.town} and bulletin_id = ${id} ${lock ? sql`for update` : sql``}`.execute(
    tx.q,
  )
  if (!rows[0]) throw new NotFound('no-such-bulletin')
  return toBulletin(rows[0])
}

/** The bulletins of these ids. */
export async function bulletinsByIds(tx: Read, ids: readonly string[]): Promise<Bulletin[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<Row>`
    select * from bulletin where municipality_id = ${tx.town} and bulletin_id = any(${[...ids]}::uuid[])`.execute(
    tx.q,
  )
  return rows.map(toBulletin)
}

/** Those something is to be done for: gathered, sent, or ended so lately that reports still come in. */
export async function bulletinsAtWork(tx: Read, endedSince: Date): Promise<Bulletin[]> {
  const { rows } = await sql<Row>`
    select * from bulletin where municipality_id = ${tx.town} and state in ('counting', 'sending')
    union all
    select * from bulletin where municipality_id = ${tx.town} and ended_at > ${endedSince}`.execute(tx.q)
  return rows.map(toBulletin)
}

export type BadLine = { line: number; reason: string; told: string }

/** Lines of the file that hold no number, the first ones. */
export async function badLinesOf(tx: Read, id: string, limit = 100): Promise<BadLine[]> {
  const { rows } = await sql<{ line_no: number; reason: string; told: string }>`
    select line_no, reason, told from bulletin_bad_line where municipality_id = ${tx.town} and bulletin_id = ${id}
     order by line_no limit ${limit}`.execute(tx.q)
  return rows.map(row => ({ line: row.line_no, reason: row.reason, told: row.told }))
}

/** Somebody on the list, as the second person sees them. */
export type Recipient = {
  no: number
  channel: 'sms' | 'portal'
  personId: string | undefined
  phoneSealed: Buffer | undefined
  shared: boolean
}

/** The recipients of these numbers, in order. */
export async function recipientsByNumber(
  tx: Read,
  id: string,
  numbers: readonly number[],
): Promise<Recipient[]> {
  const { rows } = await sql<{
    recipient_no: number
    channel: 'sms' | 'portal'
    person_id: string | null
    phone_sealed: Buffer | null
    shared: boolean
  }>`
    select r.recipient_no, r.channel, r.person_id, r.phone_sealed,
           exists (select 1 from person_phone f where f.municipality_id = r.municipality_id and f.phone_index = r.phone_index
                      and f.ended_at is null and f.is_shared) as shared
      from bulletin_recipient r
     where r.municipality_id = ${tx.town} and r.bulletin_id = ${id} and r.recipient_no = any(${[...numbers]}::integer[])
     order by r.recipient_no`.execute(tx.q)
  return rows.map(row => ({
    no: row.recipient_no,
    channel: row.channel,
    personId: row.person_id ?? undefined,
    phoneSealed: row.phone_sealed ?? undefined,
    shared: row.shared,
  }))
}

/** The lines of the grid connections hang on, as the town calls them. */
export async function feedersOf(tx: Read): Promise<string[]> {
  // Walked value by value along the index: there are few feeders and many connections.
  const { rows } = await sql<{ feeder: string }>`
    with recursive walk as (
      (select feeder from subscription where municipality_id = ${tx.town} and feeder is not null order by feeder limit 1)
      union all
      select (select s.feeder from subscription s where s.municipality_id = ${tx.town} and s.feeder > w.feeder order by s.feeder limit 1)
        from walk w where w.feeder is not null)
    select feeder from walk where feeder is not null limit 200`.execute(tx.q)
  return rows.map(row => row.feeder)
}

const by = (id: string | null, at: Date | null) => (id && at ? { by: id, at } : undefined)

function toBulletin(row: Row): Bulletin {
  return {
    id: row.bulletin_id,
    title: row.title,
    kind: row.kind,
    body: row.body,
    template:
      row.template === null
        ? undefined
        : { key: row.template, version: row.template_version ?? 1, from: row.template_from ?? 'given' },
    audience: row.audience,
    expiresDays: row.expires_days,
    dailyParts: row.daily_parts ?? undefined,
    writers: row.writers,
    state: row.state,
    file:
      row.file_sha256 === null
        ? undefined
        : {
            name: row.file_name ?? '',
            column: row.file_column ?? undefined,
            columns: row.file_columns ?? [],
            sha256: row.file_sha256,
          },
    gathered: row.gathered,
    counts: row.counts,
    lastNo: row.last_no,
    plannedNo: row.planned_no,
    sample: row.sample,
    partsEach: row.parts_each === null ? undefined : Number(row.parts_each),
    progress: row.progress,
    progressAt: row.progress_at ?? undefined,
    released: { on: row.released_on ?? undefined, parts: row.released_parts },
    paused: by(row.paused_by, row.paused_at),
    createdAt: row.created_at,
    asked: by(row.asked_by, row.asked_at),
    decided: by(row.decided_by, row.decided_at),
    returnedWhy: row.returned_why ?? undefined,
    ended: row.ended_at ? { by: row.ended_by ?? undefined, at: row.ended_at } : undefined,
  }
}
