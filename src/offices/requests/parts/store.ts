import { sql } from 'kysely'
import type { PartOutcome, RequestState } from '../../../kernel/workflow/index.ts'
import type { Read, Write } from '../../../platform/database/transaction.ts'

/** A request filed as a part of another. */
export type PartRequest = {
  part: string
  step: string
  requestId: string
  number: number
  year: number
  serviceCode: string
  serviceVersion: number
  state: RequestState
  dueAt: Date | undefined
}

/** What was filed as parts of a request, the oldest first; of a part filed again, each. */
export async function partsOf(tx: Read, requestId: string): Promise<PartRequest[]> {
  const { rows } = await sql<{
    parent_part: string
    parent_step: string
    request_id: string
    number: number
    year: number
    service_code: string
    service_version: number
    state: RequestState
    due_at: Date | null
  }>`
    select parent_part, parent_step, request_id, number, year, service_code, service_version, state, due_at
      from request where municipality_id = ${tx.town} and parent_id = ${requestId}
     order by filed_at, request_id`.execute(tx.q)
  return rows.map(row => ({
    part: row.parent_part,
    step: row.parent_step,
    requestId: row.request_id,
    number: row.number,
    year: row.year,
    state: row.state,
    serviceCode: row.service_code,
    serviceVersion: row.service_version,
    dueAt: row.due_at ?? undefined,
  }))
}

/** Says of a request just filed what it is a part of. */
export async function markPart(
  tx: Write,
  requestId: string,
  of: { requestId: string; step: string; part: string },
): Promise<void> {
  await sql`update request set parent_id = ${of.requestId}, parent_step = ${of.step}, parent_part = ${of.part}
             where municipality_id = ${tx.town} and request_id = ${requestId}`.execute(tx.q)
}

/** What became of each part of a step; of one filed again, the last. */
export function outcomesOf(parts: readonly PartRequest[], step: string): PartOutcome[] {
  const last = new Map(parts.filter(part => part.step === step).map(part => [part.part, part]))
  return [...last.values()].map(({ part, requestId, state }) => ({
    id: part,
    requestId,
    state: outcome(state),
  }))
}

const outcome = (state: RequestState): PartOutcome['state'] =>
  state === 'done' || state === 'rejected' || state === 'withdrawn' ? state : 'running'
