import { sql } from 'kysely'
import { NotFound } from '../../../lib/errors.ts'
import type { Read, Write } from '../../../platform/database/transaction.ts'
import type { TownWords, WordsState } from './model.ts'

type Row = {
  key: string
  version: number
  body: string
  note: string | null
  written_by: string
  written_at: Date
  state: WordsState
  asked_at: Date | null
  decided_by: string | null
  decided_at: Date | null
  decided_note: string | null
  from_at: Date | null
  ended_by: string | null
  ended_at: Date | null
  ended_why: string | null
}

const columns = sql`key, version, body, note, written_by, written_at, state, asked_at, decided_by, decided_at, decided_note, from_at,
  ended_by, ended_at, ended_why`

function toWords(row: Row): TownWords {
  const { key, version, body, state, written_by: writtenBy, written_at: writtenAt } = row
  return {
    key,
    version,
    body,
    state,
    writtenBy,
    writtenAt,
    note: row.note ?? undefined,
    askedAt: row.asked_at ?? undefined,
    decided:
      row.decided_by && row.decided_at
        ? { by: row.decided_by, at: row.decided_at, note: row.decided_note ?? undefined }
        : undefined,
    fromAt: row.from_at ?? undefined,
    ended:
      row.ended_by && row.ended_at
        ? { by: row.ended_by, at: row.ended_at, why: row.ended_why ?? '' }
        : undefined,
  }
}

/** Every version of the words of an occasion, the newest first. */
export async function versionsOf(tx: Read, key: string): Promise<TownWords[]> {
  const { rows } = await sql<Row>`
    select ${columns} from message_words where municipality_id = ${tx.town} and key = ${key} order by version desc`.execute(
    tx.q,
  )
  return rows.map(toWords)
}

/** What the town has approved or is writing, of all occasions. */
export async function wordsOfTown(tx: Read): Promise<TownWords[]> {
  const { rows } = await sql<Row>`
    select ${columns} from message_words where municipality_id = ${tx.town} and from_at is not null
    union all
    select ${columns} from message_words
     where municipality_id = ${tx.town} and state in ('draft', 'in-review', 'returned')
     order by key, version`.execute(tx.q)
  return rows.map(toWords)
}

/** Nobody else writes or decides on the words of this occasion until the transaction ends. */
export async function holdWords(tx: Write, key: string): Promise<TownWords[]> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`words ${tx.town} ${key}`}, 0))`.execute(tx.q)
  return versionsOf(tx, key)
}

/** The version, held. @throws NotFound `no-such-words` */
export async function holdVersion(
  tx: Write,
  key: string,
  version: number,
): Promise<{ words: TownWords; versions: TownWords[] }> {
  const versions = await holdWords(tx, key)
  const words = versions.find(each => each.version === version)
  if (!words) throw new NotFound('no-such-words')
  return { words, versions }
}

export type NewWords = {
  key: string
  version: number
  body: string
  note: string | undefined
  by: string
  ask: boolean
}

/** Writes a version down; asked for review at once where `ask` says so. */
export async function addWords(tx: Write, { key, version, body, note, by, ask }: NewWords): Promise<void> {
  await sql`
    insert into message_words (municipality_id, key, version, body, note, written_by, written_at, state, asked_at)
    values (${tx.town}, ${key}, ${version}, ${body}, ${note ?? null}, ${by}, ${tx.now}, ${ask ? 'in-review' : 'draft'},
            ${ask ? tx.now : null})`.execute(tx.q)
}

/** What becomes of a version; what is left out stays as it was. */
export type Change = {
  state: WordsState
  askedAt?: Date | null
  decided?: { by: string; note: string | undefined }
  fromAt?: Date
  ended?: { by: string; why: string }
}

export async function changeWords(tx: Write, { key, version }: TownWords, change: Change): Promise<void> {
  const { state, askedAt, decided, fromAt, ended } = change
  await sql`
    update message_words
       set state = ${state},
           asked_at = case when ${askedAt !== undefined} then ${askedAt ?? null}::timestamptz else asked_at end,
           decided_by = coalesce(${decided?.by ?? null}::uuid, decided_by),
           decided_at = case when ${decided !== undefined} then ${tx.now} else decided_at end,
           decided_note = coalesce(${decided?.note ?? null}, decided_note),
           from_at = coalesce(${fromAt ?? null}::timestamptz, from_at),
           ended_by = coalesce(${ended?.by ?? null}::uuid, ended_by),
           ended_at = case when ${ended !== undefined} then ${tx.now} else ended_at end,
           ended_why = coalesce(${ended?.why ?? null}, ended_why)
     where municipality_id = ${tx.town} and key = ${key} and version = ${version}`.execute(tx.q)
}
