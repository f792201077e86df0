import { sql } from 'kysely'
import type { Actor } from '../../kernel/access/index.ts'
import type { Read } from '../../platform/database/index.ts'
import { requestVisible } from '../requests/index.ts'

/** Numbers of those of these requests that the actor may read, by id. */
export async function requestNumbers(
  tx: Read,
  actor: Actor,
  requestIds: readonly string[],
): Promise<Map<string, string>> {
  if (requestIds.length === 0) return new Map()
  const { rows } = await sql<{ request_id: string; number: string }>`
    select r.request_id, r.number || '/' || r.year as number from request r
     where r.municipality_id = ${tx.town} and r.request_id = any(${[...requestIds]}::uuid[])
       and ${requestVisible(actor, 'request.read')}`.execute(tx.q)
  return new Map(rows.map(row => [row.request_id, row.number]))
}
