import { sql } from 'kysely'
import type { CalendarDate } from '../../../lib/calendar.ts'
import { newId } from '../../../lib/ids.ts'
import type { Read, Write } from '../../../platform/database/transaction.ts'
import type { Draft, DraftState } from '../model.ts'

/** What was asked, said and decided about drafts. */

export type WordKind = 'asked' | 'taken-back' | 'returned' | 'approved' | 'published' | 'dropped'

/** One thing said of a draft, at the revision it had. */
export type Word = {
  kind: WordKind
  revision: number
  note: string | undefined
  /** published: the day from which it holds. */
  fromDay: CalendarDate | undefined
  by: string
  at: Date
}

export type NewWord = { kind: WordKind; note?: string | undefined; fromDay?: CalendarDate; by: string }

/** Writes a word and moves the draft to the state it leads to. */
export async function say(
  tx: Write,
  draft: Draft,
  word: NewWord,
  to: { state: DraftState; askedBy?: string; publishedVersion?: number },
): Promise<void> {
  await sql`
    insert into service_draft_word (municipality_id, draft_id, word_id, kind, revision, note, from_day, by_id, at)
    values (${tx.town}, ${draft.id}, ${newId(tx.now)}, ${word.kind}, ${draft.revision}, ${word.note ?? null},
            ${word.fromDay ?? null}::date, ${word.by}, ${tx.now})`.execute(tx.q)
  await sql`
    update service_draft
       set state = ${to.state}, asked_by = coalesce(${to.askedBy ?? null}::uuid, asked_by), changed_at = ${tx.now},
           published_version = coalesce(${to.publishedVersion ?? null}::int, published_version)
     where municipality_id = ${tx.town} and draft_id = ${draft.id}`.execute(tx.q)
}

type Row = {
  kind: WordKind
  revision: number
  note: string | null
  from_day: CalendarDate | null
  by_id: string
  at: Date
}

/** What was said of a draft, newest first. */
export async function wordsOf(tx: Read, draftId: string): Promise<Word[]> {
  const { rows } = await sql<Row>`
    select kind, revision, note, from_day, by_id, at from service_draft_word
     where municipality_id = ${tx.town} and draft_id = ${draftId} order by word_id desc`.execute(tx.q)
  return rows.map(row => ({
    kind: row.kind,
    revision: row.revision,
    note: row.note ?? undefined,
    fromDay: row.from_day ?? undefined,
    by: row.by_id,
    at: row.at,
  }))
}
