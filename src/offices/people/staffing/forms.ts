import { sql } from 'kysely'
import { NotFound } from '../../../lib/errors.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import type { Parked } from '../../../web/parked.tsx'
import { type AuditActor, record } from '../../audit/index.ts'

/** A form somebody could not send because their log-in had ended; what is in it only its heir reads. */
export type LeftForm = {
  /** Names it in a form: the hash of its token, in hex. */
  id: string
  address: string
  at: Date
  writtenBy: string
  handedTo: string | undefined
}

type Row = { token_hash: Buffer; address: string; at: Date; written_by: string; handed_to: string | null }

const columns = sql`token_hash, address, at, written_by, handed_to`

const toForm = (row: Row): LeftForm => ({
  id: row.token_hash.toString('hex'),
  address: row.address,
  at: row.at,
  writtenBy: row.written_by,
  handedTo: row.handed_to ?? undefined,
})

/** What somebody wrote and could not send, the newest first. */
export async function formsLeftBy(tx: Read, staffId: string): Promise<LeftForm[]> {
  const { rows } = await sql<Row>`
    select ${columns} from parked_form where municipality_id = ${tx.town} and written_by = ${staffId}
     order by at desc limit 50`.execute(tx.q)
  return rows.map(toForm)
}

/** What was handed to somebody to go on with, the newest first. */
export async function formsHandedTo(tx: Read, staffId: string): Promise<LeftForm[]> {
  const { rows } = await sql<Row>`
    select ${columns} from parked_form where municipality_id = ${tx.town} and handed_to = ${staffId}
     order by at desc limit 50`.execute(tx.q)
  return rows.map(toForm)
}

/** A form that was handed to this person, with what is in it. @throws NotFound for anybody else's */
export async function handedForm(tx: Read, id: string, staffId: string): Promise<LeftForm & Parked> {
  const { rows } = await sql<Row & { body_sealed: Buffer }>`
    select ${columns}, body_sealed from parked_form
     where municipality_id = ${tx.town} and token_hash = ${Buffer.from(id, 'hex')} and handed_to = ${staffId}`.execute(
    tx.q,
  )
  const [row] = rows
  if (!row) throw new NotFound('no-such-form')
  return { ...toForm(row), body_sealed: row.body_sealed }
}

/** Hands what a leaver wrote to whoever goes on with it, who sends it in their own name and within their own rights. */
export async function handForm(
  tx: Write,
  { id, writtenBy, to, by }: { id: string; writtenBy: string; to: string; by: AuditActor },
): Promise<void> {
  const handed = await sql`
    update parked_form set handed_to = ${to}, handed_by = ${by.id}, handed_at = ${tx.now}
     where municipality_id = ${tx.town} and token_hash = ${Buffer.from(id, 'hex')} and written_by = ${writtenBy}`.execute(
    tx.q,
  )
  if (handed.numAffectedRows === 0n) throw new NotFound('no-such-form')
  await record(tx, {
    actor: by,
    act: 'people.form-handed-over',
    subjectKind: 'staff',
    subjectId: writtenBy,
    cause: to,
  })
}
