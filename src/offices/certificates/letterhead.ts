import { dateIn } from '../../lib/calendar.ts'
import { shortDate } from '../../lib/dates.ts'
import type { Read } from '../../platform/database/index.ts'
import { initialOf, sealOf, townOf } from './paper/town.ts'

/** The head of a print as templates set it. */
export type Letterhead = {
  town: { name: string; address: string; initial: string; seal: unknown }
  date: string
  madeOn: Record<'year' | 'month' | 'day', number | undefined>
}

/** What stands at the head of a print of the town that is no paper of record: its name and seal, and the day. */
export async function letterhead(tx: Read): Promise<Letterhead> {
  const { name, profile, timeZone } = await townOf(tx)
  const today = dateIn(tx.now, timeZone)
  const [year, month, day] = today.split('-').map(Number)
  return {
    town: {
      name: name.ar,
      address: profile.address.ar,
      initial: initialOf(name.ar),
      seal: sealOf(profile) ?? null,
    },
    date: shortDate(today, { locale: 'ar', timeZone }),
    madeOn: { year, month, day },
  }
}
