import { sql } from 'kysely'
import type { AccessName, Actor } from '../../../kernel/access/index.ts'
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
  const asked = names.map(name => sql`${requestVisible(actor, name)} as ${sql.ref(name.replace('.', '_'))}`)
  const { rows } = await sql<Record<string, boolean>>`
    select ${sql.join(asked)} from request r
     where r.municipality_id = ${tx.town} and r.request_id = ${requestId}`.execute(tx.q)
  const [row] = rows
  const rights = Object.fromEntries(
    names.map(name => [name, row?.[name.replace('.', '_')] ?? false]),
  ) as RequestRights
  if (!rights['request.read']) throw new NotFound('no-such-request')
  return rights
}

/** Whose request it is, for whoever may see it under this name; a request they may not see does not exist for them. */
export async function applicantOf(
  tx: Read,
  actor: Actor,
  requestId: string,
  name: AccessName,
): Promise<string> {
  const { rows } = await sql<{ applicant_id: string }>`
    select r.applicant_id from request r
     where r.municipality_id = ${tx.town} and r.request_id = ${requestId} and ${requestVisible(actor, name)}`.execute(
    tx.q,
  )
  const [row] = rows
  if (!row) throw new NotFound('no-such-request')
  return row.applicant_id
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
