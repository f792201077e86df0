import { type RawBuilder, sql } from 'kysely'
import { type AccessName, type Actor, reachOf } from '../../../kernel/access/index.ts'
import { NotFound } from '../../../lib/errors.ts'
import type { Read } from '../../../platform/database/transaction.ts'
import { requestVisible } from '../access.ts'

const names = [
  'request.read',
  'request.act',
  'paper.read',
  'messages.read',
  'dues.read',
  'receipt.read',
  'certificate.read',
  'person.read',
] as const satisfies readonly AccessName[]

export type RequestRights = Record<(typeof names)[number], boolean>

/** What the actor may see and do of one request, asked of the one predicate. A request they may not read does not exist for them. */
export async function rightsOn(tx: Read, actor: Actor, requestId: string): Promise<RequestRights> {
  return (await entranceTo(tx, actor, requestId)).rights
}

/** The same, with whose request it is. */
export async function entranceTo(
  tx: Read,
  actor: Actor,
  requestId: string,
): Promise<{ rights: RequestRights; applicantId: string }> {
  // Names that reach alike are asked once.
  const columns = new Map<AccessName, string>()
  const asked = new Map<string, RawBuilder<unknown>>()
  for (const name of names) {
    const reach = JSON.stringify(reachOf(actor, name))
    columns.set(name, reach)
    asked.set(reach, requestVisible(actor, name))
  }
  const places = [...asked.keys()]
  const { rows } = await sql<{ applicant_id: string; may: boolean[] }>`
    select r.applicant_id, array[${sql.join([...asked.values()])}] as may from request r
     where r.municipality_id = ${tx.town} and r.request_id = ${requestId}`.execute(tx.q)
  const [row] = rows
  const rights = Object.fromEntries(
    names.map(name => [name, row?.may[places.indexOf(columns.get(name) ?? '')] ?? false]),
  ) as RequestRights
  if (!row || !rights['request.read']) throw new NotFound('no-such-request')
  return { rights, applicantId: row.applicant_id }
}

/** Which of these requests the actor may read at all. */
export async function readableOf(
  tx: Read,
  actor: Actor,
  requestIds: readonly string[],
): Promise<Set<string>> {
  if (requestIds.length === 0) return new Set()
  const { rows } = await sql<{ request_id: string }>`
    select r.request_id from request r
     where r.municipality_id = ${tx.town} and r.request_id = any(${requestIds}::uuid[])
       and ${requestVisible(actor, 'request.read')}`.execute(tx.q)
  return new Set(rows.map(row => row.request_id))
}

/** Lets pass who may act on the request; whoever may only read it, or not even that, is told that there is none. */
export async function requireActor(tx: Read, actor: Actor, requestId: string): Promise<void> {
  const rights = await rightsOn(tx, actor, requestId)
  if (!rights['request.act']) throw new NotFound('no-such-request')
}
