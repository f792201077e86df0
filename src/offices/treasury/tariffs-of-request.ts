import { sql } from 'kysely'
import type { CalendarDate } from '../../lib/calendar.ts'
import { BadRequest } from '../../lib/errors.ts'
import type { Money } from '../../lib/money.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import { recordMany } from '../audit/index.ts'
import type { By } from './model.ts'
import { tariffsOn } from './tariffs.ts'

/**
 * The town's amounts for a request: those of the day it was filed, as the law has it, but for those a decision says hold for it too. What
 * had no amount that day has today's.
 */
export async function tariffsOfRequest(
  tx: Read,
  of: { requestId: string; filedOn: CalendarDate; today: CalendarDate },
): Promise<Record<string, Money>> {
  const [now, then, chosen] = await Promise.all([
    tariffsOn(tx, of.today),
    of.filedOn === of.today ? ({} as Record<string, Money>) : tariffsOn(tx, of.filedOn),
    sql<{ key: string; as_of: CalendarDate }>`
      select distinct on (key) key, as_of from tariff_for_request
       where municipality_id = ${tx.town} and request_id = ${of.requestId} and as_of <= ${of.today}::date
       order by key, as_of desc`.execute(tx.q),
  ])
  const amounts = { ...now, ...then }
  const days = [...new Set(chosen.rows.map(row => row.as_of))]
  const byDay = new Map<string, Record<string, Money>>()
  for (const day of days) byDay.set(day, day === of.today ? now : await tariffsOn(tx, day))
  for (const { key, as_of } of chosen.rows) {
    const amount = byDay.get(as_of)?.[key]
    if (amount) amounts[key] = amount
  }
  return amounts
}

/**
 * Lets an amount hold for requests filed before its day, by a decision. It reaches what is not raised yet; what is owed stays as it is.
 * @throws BadRequest `decision-missing`
 */
export async function applyTariffTo(
  tx: Write,
  of: { key: string; asOf: CalendarDate; requestIds: readonly string[]; decision: string; by: By },
): Promise<void> {
  const { key, asOf, requestIds, decision, by } = of
  if (decision.trim() === '') throw new BadRequest('decision-missing')
  if (requestIds.length === 0) return
  await sql`
    insert into tariff_for_request (municipality_id, request_id, key, as_of, decision, set_by, set_at)
    select ${tx.town}::uuid, r, ${key}, ${asOf}::date, ${decision}, ${by.id}::uuid, ${tx.now}::timestamptz
      from unnest(${[...requestIds]}::uuid[]) r
    on conflict do nothing`.execute(tx.q)
  await recordMany(
    tx,
    requestIds.map(requestId => ({
      actor: by,
      act: 'treasury.tariff-applied',
      subjectKind: 'tariff',
      subjectId: key,
      requestId,
      cause: decision,
    })),
  )
}
