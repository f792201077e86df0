import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../../kernel/access/index.ts'
import type { RequestState } from '../../kernel/workflow/index.ts'
import { BadRequest, NotFound } from '../../lib/errors.ts'
import { isId } from '../../lib/ids.ts'
import type { Read } from '../../platform/database/index.ts'
import { requestVisible } from '../requests/index.ts'

/** Where a list goes on: an instant and the id of the last line, in one word. */
export const toCursor = (at: Date, id: string): string =>
  Buffer.from(`${at.getTime()} ${id}`).toString('base64url')

function fromCursor(cursor: string): { at: Date; id: string } {
  const [at = '', id = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ')
  if (!/^\d{1,15}$/.test(at) || !isId(id)) throw new BadRequest('bad-cursor')
  return { at: new Date(Number(at)), id }
}

export type RequestRow = {
  request_id: string
  number: number
  year: number
  service_code: string
  service_version: number
  applicant_id: string
  capacity: string
  state: RequestState
  step: string | null
  filed_at: Date
  due_at: Date | null
  paused_at: Date | null
  closed_at: Date | null
  updated_at: Date
}

const columns = sql`r.request_id, r.number, r.year, r.service_code, r.service_version, r.applicant_id, r.capacity, r.state, r.step,
  r.filed_at, r.due_at, r.paused_at, r.closed_at, a.at as updated_at`
const lastAct = sql`join request_action a on a.municipality_id = r.municipality_id and a.request_id = r.request_id and a.seq = r.last_seq`

export type ListFilter = {
  state?: RequestState | 'open' | undefined
  service?: string | undefined
  updatedSince?: Date | undefined
  cursor?: string | undefined
  limit: number
}

/** Requests the key filed, the latest first; one more than asked for where there are more. */
export async function listFiled(tx: Read, actor: Actor, filter: ListFilter): Promise<RequestRow[]> {
  const where: RawBuilder<unknown>[] = [
    sql`r.municipality_id = ${tx.town}`,
    requestVisible(actor, 'request.read'),
  ]
  if (filter.state === 'open') where.push(sql`r.closed_at is null`)
  else if (filter.state) where.push(sql`r.state = ${filter.state}`)
  if (filter.service) where.push(sql`r.service_code = ${filter.service}`)
  if (filter.updatedSince) where.push(sql`a.at >= ${filter.updatedSince}`)
  if (filter.cursor) {
    const { at, id } = fromCursor(filter.cursor)
    where.push(sql`(r.filed_at, r.request_id) < (${at}, ${id}::uuid)`)
  }
  const { rows } = await sql<RequestRow>`
    select ${columns} from request r ${lastAct} where ${sql.join(where, sql` and `)}
     order by r.filed_at desc, r.request_id desc limit ${filter.limit + 1}`.execute(tx.q)
  return rows
}

/** One request the key filed and may see under a name. */
export async function getFiled(
  tx: Read,
  actor: Actor,
  requestId: string,
  access: 'request.read' | 'request.act' | 'messages.read' = 'request.read',
): Promise<RequestRow> {
  const { rows } = await sql<RequestRow>`
    select ${columns} from request r ${lastAct}
     where r.municipality_id = ${tx.town} and r.request_id = ${requestId} and ${requestVisible(actor, access)}`.execute(
    tx.q,
  )
  const [row] = rows
  if (!row) throw new NotFound('no-such-request')
  return row
}

export type TaskRow = {
  task_id: string
  request_id: string
  number: number
  year: number
  step: string
  purpose: string
  office_code: string
  office_ar: string | null
  office_en: string | null
  state: string
  opened_at: Date
  due_at: Date | null
  branch: string | null
  appointment_from: Date | null
  appointment_to: Date | null
}

/** Where the requests of a key lie now: open tasks, the latest first. */
export async function listOpenTasks(
  tx: Read,
  actor: Actor,
  { cursor, limit, request }: { cursor?: string | undefined; limit: number; request?: string | undefined },
): Promise<TaskRow[]> {
  const on = cursor === undefined ? undefined : fromCursor(cursor)
  const { rows } = await sql<TaskRow>`
    select t.task_id, t.request_id, r.number, r.year, t.step, t.purpose, t.office_code, o.name_ar as office_ar, o.name_en as office_en,
           t.state, t.opened_at, t.due_at, t.branch, t.appointment_from, t.appointment_to
      from request r
      join task t on t.municipality_id = r.municipality_id and t.request_id = r.request_id and t.closed_at is null
      left join office o on o.municipality_id = t.municipality_id and o.office_code = t.office_code
     where r.municipality_id = ${tx.town} and r.closed_at is null and ${requestVisible(actor, 'request.read')}
       ${request ? sql`and r.request_id = ${request}` : sql``}
       ${on ? sql`and (t.opened_at, t.task_id) < (${on.at}, ${on.id}::uuid)` : sql``}
     order by t.opened_at desc, t.task_id desc limit ${limit + 1}`.execute(tx.q)
  return rows
}

/** For how long a lookup lets a program go on with the person it found. */
const lookupMs = 24 * 60 * 60_000

/** Why the program may see what is of this person: it looked them up within a day, for a cause, or filed a request for them
 * that is still open. */
export async function causeToSee(tx: Read, keyId: string, personId: string): Promise<string> {
  const { rows } = await sql<{ cause: string | null }>`
    (select cause from audit
      where municipality_id = ${tx.town} and person_id = ${personId} and actor_kind = 'partner' and actor_id = ${keyId}
        and act = 'api.lookup' and at > ${new Date(tx.now.getTime() - lookupMs)}
      order by at desc limit 1)
    union all
    (select number || '/' || year from request
      where municipality_id = ${tx.town} and applicant_id = ${personId} and filed_by_kind = 'partner' and filed_by = ${keyId}
        and closed_at is null order by filed_at desc limit 1)
    limit 1`.execute(tx.q)
  const [row] = rows
  if (!row) throw new NotFound('no-such-person')
  return row.cause ?? ''
}

/** Those of these documents the key sent itself. */
export async function ownDocuments(
  tx: Read,
  keyId: string,
  documentIds: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql<{ document_id: string }>`
    select document_id from document
     where municipality_id = ${tx.town} and document_id = any(${[...documentIds]}::uuid[])
       and added_by_kind = 'partner' and added_by = ${keyId}`.execute(tx.q)
  return new Set(rows.map(row => row.document_id))
}
