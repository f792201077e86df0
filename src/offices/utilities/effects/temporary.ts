import { sql } from 'kysely'
import { z } from 'zod'
import { type CalendarDate, dateIn } from '../../../lib/calendar.ts'
import { Conflict } from '../../../lib/errors.ts'
import type { Read } from '../../../platform/database/transaction.ts'
import type { House } from '../../../platform/house.ts'
import type { Town } from '../../../web/town.ts'
import { record } from '../../audit/index.ts'
import type { Effect } from '../../requests/index.ts'
import { enterSubscription } from '../effects.ts'
import { closeSubscription } from '../standing.ts'
import { appendEvent, hasHappened } from '../store.ts'
import { aPlace, aReading, noteOf, readTold } from './subscription-in-hand.ts'

const opening = z.object({
  place: aPlace,
  /** The last day it runs. */
  until: z.iso.date(),
  amperes: z.number().int().positive(),
  meterNumber: z.string().min(1),
  initialReading: aReading,
  feedPoint: z.string().optional(),
})

/**
 * `utilities.open-temporary`: a connection for a few days, which ends by itself after `until`.
 * @throws Conflict `temporary-over` where that day has passed
 */
export const openTemporary: Effect = async (tx, desk, { request, by }) => {
  if (await hasHappened(tx, request.id, 'opened')) return
  const { place, until, amperes, meterNumber, ...more } = readTold(opening, {
    ...request.answers,
    ...request.projection.stepFields,
  })
  if (until < dateIn(tx.now, desk.town.timeZone)) throw new Conflict('temporary-over', { until })
  const id = await enterSubscription(tx, desk, request, {
    utility: 'electricity',
    phases: 1,
    amperes,
    billing: 'billed',
    meterNumber,
    address: place,
  })
  await sql`update subscription set ends_on = ${until}::date where municipality_id = ${tx.town} and subscription_id = ${id}`.execute(
    tx.q,
  )
  const data = { ...more, meterNumber, temporaryUntil: until }
  await appendEvent(tx, id, { kind: 'opened', requestId: request.id, data })
  await record(tx, noteOf(request, by, 'open-temporary', id))
}

const closing = z.object({ lastReading: aReading, panelSound: z.boolean().optional() })

/**
 * `utilities.close-temporary`: the panel is taken down and read. What had ended by itself is only read.
 * @throws Conflict `nothing-connected` where the request has opened no connection
 */
export const closeTemporary: Effect = async (tx, desk, { request, by }) => {
  if (await hasHappened(tx, request.id, 'taken-down')) return
  const facts = readTold(closing, { ...request.answers, ...request.projection.stepFields })
  const { rows } = await sql<{ subscription_id: string; meter_number: string; closed_at: Date | null }>`
    select u.subscription_id, u.meter_number, u.closed_at
      from subscription_event e
      join subscription u on u.municipality_id = e.municipality_id and u.subscription_id = e.subscription_id
     where e.municipality_id = ${tx.town} and e.request_id = ${request.id} and e.kind = 'opened'
       for update of u`.execute(tx.q)
  const [row] = rows
  if (!row) throw new Conflict('nothing-connected')
  const id = row.subscription_id
  if (!row.closed_at) await closeSubscription(tx, id, dateIn(tx.now, desk.town.timeZone))
  const data = { ...facts, oldMeter: row.meter_number }
  await appendEvent(tx, id, { kind: 'taken-down', requestId: request.id, data })
  await record(tx, noteOf(request, by, 'close-temporary', id))
}

/** How many at a run: a town has few. */
const atOnce = 200

/** Ends every temporary connection whose last day has passed; how many. Each in a transaction of its own. */
export async function endTemporary(house: House, town: Town): Promise<number> {
  const over = await house.database.read(town.id, tx =>
    temporaryOver(tx, dateIn(house.clock.now(), town.timeZone)),
  )
  for (const id of over)
    await house.database.write(town.id, async tx => {
      // Taken down at this instant by its officer, or ended by another run.
      if (!(await closeSubscription(tx, id, dateIn(tx.now, town.timeZone)))) return
      await appendEvent(tx, id, { kind: 'ended', requestId: undefined, data: {} })
      await record(tx, {
        actor: { kind: 'system', id: 'system' },
        act: 'utilities.end-temporary',
        subjectKind: 'subscription',
        subjectId: id,
      })
    })
  return over.length
}

/** Temporary connections that still run though their last day is before this one. */
export async function temporaryOver(tx: Read, today: CalendarDate): Promise<string[]> {
  const { rows } = await sql<{ subscription_id: string }>`
    select subscription_id from subscription
     where municipality_id = ${tx.town} and closed_at is null and ends_on is not null and ends_on < ${today}::date
     order by ends_on, subscription_id limit ${atOnce}`.execute(tx.q)
  return rows.map(row => row.subscription_id)
}
