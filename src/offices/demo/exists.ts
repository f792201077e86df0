import { sql } from 'kysely'
import type { House } from '../../platform/house.ts'
import { demoSlug } from './town.ts'

/** Whether the demo town is in this database, wholly or half laid out. */
export async function demoExists(house: House): Promise<boolean> {
  const { rows } = await house.database.directory(q =>
    sql`select 1 from municipality where slug = ${demoSlug}`.execute(q),
  )
  return rows.length > 0
}
