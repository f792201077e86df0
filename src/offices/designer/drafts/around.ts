import type { Surroundings } from '../../../kernel/definition/index.ts'
import type { Read } from '../../../platform/database/transaction.ts'
import { serviceCodes } from '../../catalogue/index.ts'
import { calendarNow, officesOf, postsHeld, todayOf } from '../../people/index.ts'
import { effectNames } from '../../requests/index.ts'

/** What the town has today, for a definition to be checked against. */
export async function surroundingsOf(tx: Read): Promise<Surroundings> {
  const today = await todayOf(tx)
  const offices = await officesOf(tx)
  const effects = effectNames()
  return {
    today,
    offices: offices.map(office => office.code),
    posts: await postsHeld(tx, today),
    services: await serviceCodes(tx),
    // Only its opening hours matter here, and those are the same in any time zone.
    calendar: await calendarNow(tx, 'UTC'),
    ...(effects.length > 0 && { effects }),
  }
}
