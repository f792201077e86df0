import { sql } from 'kysely'
import type { CompiledService } from '../../kernel/definition/index.ts'
import { type FoldContext, type Projection, workedMinutes, workedSoFar } from '../../kernel/workflow/index.ts'
import { addWorkingMinutes, type WorkCalendar } from '../../lib/calendar.ts'
import type { Read, Write } from '../../platform/database/transaction.ts'
import { paceOf } from '../catalogue/index.ts'
import type { Request } from './model.ts'
import { actionsOf } from './store.ts'

/** Keeps how long a request took when it is done, and forgets it when it is opened again. */
export async function notePace(
  tx: Write,
  {
    request,
    service,
    before,
    ctx,
  }: { request: Request; service: CompiledService; before: Projection; ctx: FoldContext },
): Promise<void> {
  const { state, closedAt } = request.projection
  if (before.closedAt && !closedAt) {
    await sql`delete from request_pace where municipality_id = ${tx.town} and request_id = ${request.id}`.execute(
      tx.q,
    )
  }
  if (state !== 'done' || before.closedAt || !closedAt) return
  const minutes = workedMinutes(service, await actionsOf(tx, request.id), ctx)
  if (minutes === undefined) return
  await sql`
    insert into request_pace (municipality_id, request_id, service_code, minutes, closed_at)
    values (${tx.town}, ${request.id}, ${request.serviceCode}, ${minutes}, ${closedAt})
    on conflict (municipality_id, request_id) do update set minutes = excluded.minutes, closed_at = excluded.closed_at`.execute(
    tx.q,
  )
}

/**
 * The day by which nine of ten requests like this one were done lately, counted from where it stands now: what it took so far is taken off,
 * what it waited for the citizen is not. Undefined where nobody can say: too few cases, a request that stands, or one that took longer already.
 */
export async function honestDate(
  tx: Read,
  { request, service }: { request: Request; service: CompiledService },
  calendar: WorkCalendar,
): Promise<Date | undefined> {
  if (request.projection.closedAt || request.projection.pausedAt) return undefined
  const pace = await paceOf(tx, request.serviceCode)
  if (!pace) return undefined
  const { answers, capacity, channel } = request
  const ctx = { answers, capacity, channel, calendar }
  const worked = workedSoFar(service, await actionsOf(tx, request.id), ctx, tx.now)
  if (worked === undefined || worked > pace.minutes) return undefined
  return addWorkingMinutes(calendar, tx.now, pace.minutes - worked)
}
