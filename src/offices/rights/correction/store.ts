import { sql } from 'kysely'
import type { CalendarDate } from '../../../lib/calendar.ts'
import { NotFound } from '../../../lib/errors.ts'
import type { Read } from '../../../platform/database/index.ts'
import { samePerson } from '../../people/index.ts'

/** What somebody may say is wrong of them. The first five are facts of their record. */
export const facts = [
  'name',
  'birth',
  'identity',
  'family',
  'address',
  'phone',
  'answer',
  'amount',
  'other',
] as const
export type Fact = (typeof facts)[number]
export const isFact = (text: string): text is Fact => (facts as readonly string[]).includes(text)
/** Facts that stand in the person's record and are changed there. */
export const ofRecord = (fact: Fact): boolean => facts.indexOf(fact) < 5

export type CorrectionState = 'open' | 'proof-asked' | 'proposed' | 'accepted' | 'refused'

/** What somebody says is wrong, and what became of it. */
export type Correction = {
  id: string
  /** '12/2026' */
  number: string
  personId: string
  fact: Fact
  /** The request or receipt it stands in, as it was typed. */
  standsIn: string
  wrong: string
  correct: string
  filedAt: Date
  enteredByKind: 'citizen' | 'staff'
  state: CorrectionState
  /** The working day by which it is decided. */
  dueOn: CalendarDate
  proposed: { by: string; at: Date; sealed: Buffer } | undefined
  decidedAt: Date | undefined
  decidedBy: string | undefined
  refusal: string | undefined
  answer: string | undefined
}

type Row = {
  correction_id: string
  number: number
  year: number
  person_id: string
  fact: Fact
  stands_in: string
  wrong: string
  correct: string
  filed_at: Date
  entered_by_kind: 'citizen' | 'staff'
  state: CorrectionState
  due_on: CalendarDate
  proposed_by: string | null
  proposed_at: Date | null
  proposed_sealed: Buffer | null
  decided_at: Date | null
  decided_by: string | null
  refusal: string | null
  answer: string | null
}

const columns = sql.raw(
  `correction_id, number, year, person_id, fact, stands_in, wrong, correct, filed_at, entered_by_kind, state, due_on, proposed_by, proposed_at,
   proposed_sealed, decided_at, decided_by, refusal, answer`,
)

const toCorrection = (row: Row): Correction => ({
  id: row.correction_id,
  number: `${row.number}/${row.year}`,
  personId: row.person_id,
  fact: row.fact,
  standsIn: row.stands_in,
  wrong: row.wrong,
  correct: row.correct,
  filedAt: row.filed_at,
  enteredByKind: row.entered_by_kind,
  state: row.state,
  dueOn: row.due_on,
  proposed:
    row.proposed_sealed && row.proposed_by && row.proposed_at
      ? { by: row.proposed_by, at: row.proposed_at, sealed: row.proposed_sealed }
      : undefined,
  decidedAt: row.decided_at ?? undefined,
  decidedBy: row.decided_by ?? undefined,
  refusal: row.refusal ?? undefined,
  answer: row.answer ?? undefined,
})

/** What somebody asked to be corrected, the latest first. */
export async function correctionsOf(tx: Read, personId: string, limit: number): Promise<Correction[]> {
  const { rows } = await sql<Row>`select ${columns} from correction
     where municipality_id = ${tx.town} and person_id = any(${samePerson(personId)})
     order by filed_at desc, correction_id desc limit ${limit}`.execute(tx.q)
  return rows.map(toCorrection)
}

/** Corrections that wait, the first due first; or those decided, the latest first. */
export async function correctionsFor(
  tx: Read,
  which: 'open' | 'decided',
  limit: number,
): Promise<Correction[]> {
  const rest =
    which === 'open'
      ? sql`and decided_at is null order by due_on, correction_id`
      : sql`and decided_at is not null order by decided_at desc, correction_id desc`
  const { rows } = await sql<Row>`select ${columns} from correction
     where municipality_id = ${tx.town} ${rest} limit ${limit}`.execute(tx.q)
  return rows.map(toCorrection)
}

/** How many wait beyond their day, counted to some hundred. */
export async function countLateCorrections(tx: Read, today: CalendarDate): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from (
      select 1 from correction where municipality_id = ${tx.town} and decided_at is null and due_on < ${today}::date limit 500) late`.execute(
    tx.q,
  )
  return rows[0]?.n ?? 0
}

/** One correction, of this person where one is named. NotFound where there is none. */
export async function getCorrection(
  tx: Read,
  id: string,
  of: { personId?: string; lock?: boolean } = {},
): Promise<Correction> {
  const whose = of.personId === undefined ? sql`` : sql`and person_id = any(${samePerson(of.personId)})`
  const { rows } = await sql<Row>`select ${columns} from correction
     where municipality_id = ${tx.town} and correction_id = ${id} ${whose} ${of.lock ? sql`for update` : sql``}`.execute(
    tx.q,
  )
  if (!rows[0]) throw new NotFound('no-such-correction')
  return toCorrection(rows[0])
}

export type CorrectionWord = {
  id: string
  at: Date
  byKind: 'citizen' | 'staff'
  byId: string
  words: string
}

/** What was said in it, in its order. */
export async function wordsIn(tx: Read, id: string): Promise<CorrectionWord[]> {
  const { rows } = await sql<{
    word_id: string
    at: Date
    by_kind: 'citizen' | 'staff'
    by_id: string
    words: string
  }>`
    select word_id, at, by_kind, by_id, words from correction_word
     where municipality_id = ${tx.town} and correction_id = ${id} order by word_id`.execute(tx.q)
  return rows.map(row => ({
    id: row.word_id,
    at: row.at,
    byKind: row.by_kind,
    byId: row.by_id,
    words: row.words,
  }))
}

/** The papers that were brought as proof, in the order they came. */
export async function papersIn(tx: Read, id: string): Promise<string[]> {
  const { rows } = await sql<{ document_id: string }>`select document_id from correction_paper
     where municipality_id = ${tx.town} and correction_id = ${id} order by at, document_id`.execute(tx.q)
  return rows.map(row => row.document_id)
}
