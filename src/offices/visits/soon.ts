import { sql } from 'kysely'
import type { CalendarDate } from '../../lib/calendar.ts'
import type { Write } from '../../platform/database/index.ts'
import { planMessage, worded } from '../messaging/index.ts'
import { type Desk, turnName } from './model.ts'
import { expectations, readDay, roundMinutes } from './queue.ts'
import { told } from './told.ts'

/** Tells the telephones of those who are soon called, each once, in the transaction that moved the queue. */
export async function tellSoon(tx: Write, { house }: Desk, on: CalendarDate): Promise<void> {
  const { rows } = await sql<{ visit_id: string }>`
    select visit_id from visit
     where municipality_id = ${tx.town} and day = ${on}::date and state = 'waiting' and phone_index is not null and soon_at is null`.execute(
    tx.q,
  )
  if (rows.length === 0) return
  const untold = new Set(rows.map(row => row.visit_id))
  const day = await readDay(tx, on)
  const expected = expectations(day, tx.now)
  for (const visit of day.waiting) {
    const foreseen = expected.get(visit.id)
    if (!untold.has(visit.id) || !foreseen || foreseen.ahead > day.rules.soonAt) continue
    const taken = await sql<{ phone_sealed: Buffer; phone_index: Buffer }>`
      update visit set soon_at = ${tx.now}
       where municipality_id = ${tx.town} and visit_id = ${visit.id} and state = 'waiting' and soon_at is null
      returning phone_sealed, phone_index`.execute(tx.q)
    const [phone] = taken.rows
    if (!phone) continue
    const known = foreseen.minutes !== undefined
    const words = await worded(tx, house, known ? told.soon : told['soon-unmeasured'], {
      turn: turnName(visit),
      grace: day.rules.graceMinutes,
      ahead: foreseen.ahead,
      minutes: roundMinutes(foreseen.minutes ?? 0),
    })
    await planMessage(tx, house, {
      ...words,
      event: told.soon.key,
      personId: visit.personId,
      to: { sealed: phone.phone_sealed, index: phone.phone_index },
    })
  }
}
