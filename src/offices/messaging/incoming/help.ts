import { sql } from 'kysely'
import { dateIn } from '../../../lib/calendar.ts'
import type { Read } from '../../../platform/database/index.ts'
import { type Worded, worded } from '../templates/registry.ts'
import { listenersOf } from './listeners.ts'
import type { Desk } from './model.ts'
import { told } from './told.ts'

/** What can be texted, as whoever asks for it reads it; whom to call in an emergency stands in it, since nobody here answers at once. */
export const help = (tx: Read, { house }: Desk): Promise<Worded> =>
  worded(tx, house, told.help, { list: hintsOf(house) })

/** The answer to a text nobody understood: once a day for each number. */
export async function notUnderstood(
  tx: Read,
  { house, town }: Desk,
  index: Buffer,
): Promise<Worded | undefined> {
  const { rows } = await sql<{ planned_at: Date }>`
    select planned_at from message
     where municipality_id = ${tx.town} and to_index = ${index} and planned_at > ${tx.now}::timestamptz - interval '26 hours'
       and event = ${told.notUnderstood.key}
     order by planned_at desc limit 1`.execute(tx.q)
  const [last] = rows
  const today = dateIn(tx.now, town.timeZone)
  if (last && dateIn(last.planned_at, town.timeZone) === today) return undefined
  return worded(tx, house, told.notUnderstood, { list: hintsOf(house) })
}

const hintsOf = (house: Desk['house']): string =>
  listenersOf(house)
    .flatMap(({ hint }) => (hint ? [hint] : []))
    .join(' ')
