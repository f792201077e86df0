import { sql } from 'kysely'
import { BadRequest } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import { record } from '../audit/index.ts'
import type { By, DuesException, ExceptionScope } from './model.ts'

/** What an exception is for: a request, or the draft that will become one. */
export type ExceptionFor = { requestId: string } | { draftId: string }

export type ExceptionInput = ExceptionFor & {
  /** Whose debt or fee it is. */
  personId: string
  scope: ExceptionScope
  feePoint?: string | undefined
  grantedBy: By
  reason: string
}

/** Lets one request pass in spite of dues or of an unpaid fee, by name and with the reason. What is owed stays owed. */
export async function grantException(tx: Write, input: ExceptionInput): Promise<string> {
  const reason = input.reason.trim()
  if (reason === '') throw new BadRequest('reason-missing')
  if (input.scope === 'fee' && !input.feePoint) throw new BadRequest('fee-point-missing')
  const id = newId(tx.now)
  const requestId = 'requestId' in input ? input.requestId : undefined
  const draftId = 'draftId' in input ? input.draftId : undefined
  await sql`
    insert into dues_exception (municipality_id, exception_id, request_id, draft_id, person_id, scope, fee_point, granted_by, reason, granted_at)
    values (${tx.town}, ${id}, ${requestId ?? null}, ${draftId ?? null}, ${input.personId}, ${input.scope},
            ${input.feePoint ?? null}, ${input.grantedBy.id}, ${reason}, ${tx.now})`.execute(tx.q)
  await record(tx, {
    actor: input.grantedBy,
    act: 'treasury.exception-granted',
    subjectKind: 'exception',
    subjectId: id,
    personId: input.personId,
    requestId,
    cause: reason,
  })
  return id
}

type Row = {
  exception_id: string
  request_id: string | null
  draft_id: string | null
  person_id: string
  scope: ExceptionScope
  fee_point: string | null
  granted_by: string
  reason: string
  granted_at: Date
}

const columns = sql`exception_id, request_id, draft_id, person_id, scope, fee_point, granted_by, reason, granted_at`

const toException = (row: Row): DuesException => ({
  id: row.exception_id,
  requestId: row.request_id ?? undefined,
  draftId: row.draft_id ?? undefined,
  personId: row.person_id,
  scope: row.scope,
  feePoint: row.fee_point ?? undefined,
  by: row.granted_by,
  reason: row.reason,
  at: row.granted_at,
})

/** Exceptions granted to a request or a draft, the first granted first; the kernel's dues rule reads `by` and `reason`. */
export async function exceptionsFor(tx: Read, of: ExceptionFor): Promise<DuesException[]> {
  const which = 'requestId' in of ? sql`request_id = ${of.requestId}` : sql`draft_id = ${of.draftId}`
  const { rows } = await sql<Row>`
    select ${columns} from dues_exception
     where municipality_id = ${tx.town} and ${which} order by granted_at, exception_id`.execute(tx.q)
  return rows.map(toException)
}

/** Every exception of the town, the newest first. */
export async function listExceptions(tx: Read, limit = 100): Promise<DuesException[]> {
  const { rows } = await sql<Row>`
    select ${columns} from dues_exception
     where municipality_id = ${tx.town} order by granted_at desc, exception_id desc limit ${limit}`.execute(
    tx.q,
  )
  return rows.map(toException)
}

/** When a draft is filed, what was granted to it belongs to its request. */
export async function carryExceptions(tx: Write, draftId: string, requestId: string): Promise<void> {
  await sql`update dues_exception set request_id = ${requestId}
             where municipality_id = ${tx.town} and draft_id = ${draftId} and request_id is null`.execute(
    tx.q,
  )
}
