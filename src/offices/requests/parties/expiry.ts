import { sql } from 'kysely'
import { z } from 'zod'
import { addDays, dateIn } from '../../../lib/calendar.ts'
import type { House } from '../../../platform/house.ts'
import { defineJob, type Job } from '../../../platform/jobs/index.ts'
import { openTownDirectory, type Town } from '../../../web/town.ts'
import { planMessage, worded } from '../../messaging/index.ts'
import { told } from '../told.ts'
import type { PartyCapacity } from './model.ts'

declare module '../../../platform/jobs/jobs.ts' {
  interface JobPayloads {
    'requests.warn-terms': Record<string, never>
  }
}

/** How many days before a term ends its holder is told. */
const daysBefore = 14
const atOnce = 500

type Row = {
  request_id: string
  person_id: string
  capacity: PartyCapacity
  valid_until: string
  number: number
  year: number
}

/** Tells every party of an open request whose term nears its end, once for each term. Gives how many were told. */
export async function warnEndingTerms(house: House, town: Town): Promise<number> {
  return house.database.write(town.id, async tx => {
    const today = dateIn(tx.now, town.timeZone)
    const { rows } = await sql<Row>`
      select p.request_id, p.person_id, p.capacity, p.valid_until, r.number, r.year
        from request_party p
        join request r on r.municipality_id = p.municipality_id and r.request_id = p.request_id and r.closed_at is null
       where p.municipality_id = ${tx.town} and p.valid_until is not null and p.ended_at is null
         and p.valid_until >= ${today}::date and p.valid_until <= ${addDays(today, daysBefore)}::date and p.warned_at is null
       order by p.valid_until limit ${atOnce} for update of p skip locked`.execute(tx.q)
    for (const row of rows) {
      await planMessage(tx, house, {
        ...(await worded(tx, house, told['term-ends'], {
          number: `${row.number}/${row.year}`,
          date: dayAndMonth(row.valid_until),
        })),
        requestId: row.request_id,
        personId: row.person_id,
      })
      await sql`
        update request_party set warned_at = ${tx.now}
         where municipality_id = ${tx.town} and request_id = ${row.request_id} and person_id = ${row.person_id}
           and capacity = ${row.capacity}`.execute(tx.q)
    }
    return rows.length
  })
}

/** 12/11/2026, as people write it. */
const dayAndMonth = (date: string): string => date.split('-').map(Number).reverse().join('/')

/** Terms of parties, watched once a day. */
export const partyJobs: Job[] = [
  defineJob(
    'requests.warn-terms',
    z.object({}),
    async (house, townId) => {
      const towns = openTownDirectory(house.database, () => performance.now())
      await warnEndingTerms(house, await towns.get(townId))
    },
    { cron: '20 6 * * *' },
  ),
]
