import { sql } from 'kysely'
import { withClient } from '../../platform/database/index.ts'
import type { House } from '../../platform/house.ts'
import { PlainError } from '../../platform/plain-error.ts'
import { demoSlug } from './town.ts'

export type DemoState = 'none' | 'half' | 'whole'

/** How far the demo town of this database is; its row says at the end that it was laid out to the end. */
export async function demoState(house: House): Promise<DemoState> {
  const { rows } = await house.database.directory(q =>
    sql<{ whole: boolean }>`
      select coalesce((profile->>'laidOut')::boolean, false) as whole from municipality where slug = ${demoSlug}`.execute(
      q,
    ),
  )
  const [demo] = rows
  return demo ? (demo.whole ? 'whole' : 'half') : 'none'
}

/** Writes down that the demo town is whole. */
export async function sayLaidOut(house: House, town: string): Promise<void> {
  await house.database.write(town, tx =>
    sql`update municipality set profile = profile || '{"laidOut": true}' where municipality_id = ${tx.town}`.execute(
      tx.q,
    ),
  )
}

/** Clears away a demo town that was broken off half way; only where it is the one town of the database. */
export async function clearHalf(house: House): Promise<void> {
  await withClient(house.server.ownerUrl, async client => {
    const { rows } = await client.query('select 1 from municipality where slug <> $1', [demoSlug])
    if (rows.length > 0)
      throw new PlainError('The demo town was laid out half way, and other towns stand beside it')
    await client.query('truncate municipality cascade')
  })
}
