import { sql } from 'kysely'
import type { Actor } from '../../../../kernel/access/index.ts'
import type { Read, Write } from '../../../../platform/database/transaction.ts'
import { requestVisible } from '../../access.ts'

/** A letter that waits for a second look. */
export type HeldLetter = {
  id: string
  requestId: string
  number: string
  applicant: { id: string; name: string }
  /** Who of the staff wrote it. */
  by: string
  at: Date
  text: string
  /** As it would arrive on the telephone; undefined where it goes to the portal alone. */
  message: { id: string; body: string } | undefined
}

type Row = {
  letter_id: string
  request_id: string
  number: number
  year: number
  applicant_id: string
  name: string
  from_id: string
  at: Date
  text: string
  message_id: string | null
  body: string | null
}

const columns = sql`l.letter_id, l.request_id, r.number, r.year, r.applicant_id, p.display_name as name, l.from_id, l.at, l.text,
  l.message_id, m.body`
const tables = sql`letter l
  join request r on r.municipality_id = l.municipality_id and r.request_id = l.request_id
  join person p on p.municipality_id = r.municipality_id and p.person_id = r.applicant_id
  left join message m on m.municipality_id = l.municipality_id and m.message_id = l.message_id`

/** Letters that wait for a second look in requests this person looks at letters of, those that wait longest first. */
export async function heldLetters(tx: Read, actor: Actor, limit = 100): Promise<HeldLetter[]> {
  const { rows } = await sql<Row>`
    select ${columns} from ${tables}
     where l.municipality_id = ${tx.town} and l.state = 'held' and ${requestVisible(actor, 'letter.review')}
     order by l.at, l.letter_id limit ${limit}`.execute(tx.q)
  return rows.map(toHeld)
}

/** One of them, locked; `decided` where somebody was faster, undefined where it is not this person's to look at. */
export async function heldLetter(
  tx: Write,
  actor: Actor,
  id: string,
): Promise<HeldLetter | 'decided' | undefined> {
  const { rows } = await sql<Row & { state: string }>`
    select ${columns}, l.state from ${tables}
     where l.municipality_id = ${tx.town} and l.letter_id = ${id} and ${requestVisible(actor, 'letter.review')}
     for update of l`.execute(tx.q)
  const [row] = rows
  if (!row) return undefined
  return row.state === 'held' ? toHeld(row) : 'decided'
}

/** Writes down what a second person decided. */
export async function decideLetter(
  tx: Write,
  id: string,
  { state, by, note }: { state: 'sent' | 'returned'; by: string; note?: string | undefined },
): Promise<void> {
  await sql`
    update letter set state = ${state}, reviewed_by = ${by}, reviewed_at = ${tx.now}, review_note = ${note ?? null}
     where municipality_id = ${tx.town} and letter_id = ${id} and state = 'held'`.execute(tx.q)
}

const toHeld = (row: Row): HeldLetter => ({
  id: row.letter_id,
  requestId: row.request_id,
  number: `${row.number}/${row.year}`,
  applicant: { id: row.applicant_id, name: row.name },
  by: row.from_id,
  at: row.at,
  text: row.text,
  message: row.message_id !== null && row.body !== null ? { id: row.message_id, body: row.body } : undefined,
})
