import { sql } from 'kysely'
import type { House } from '../platform/house.ts'

/** The ids and short names of the towns of this installation, and whether each is a demonstration. */
export async function listTowns(house: House): Promise<{ id: string; slug: string; isDemo: boolean }[]> {
  const { rows } = await house.database.directory(q =>
    sql<{ id: string; slug: string; is_demo: boolean }>`
      select municipality_id as id, slug, is_demo from municipality order by municipality_id`.execute(q),
  )
  return rows.map(row => ({ id: row.id, slug: row.slug, isDemo: row.is_demo }))
}

/** The town of a short name. */
export async function findTown(house: House, slug: string): Promise<{ id: string } | undefined> {
  const { rows } = await house.database.directory(q =>
    sql<{ id: string }>`select municipality_id as id from municipality where slug = ${slug}`.execute(q),
  )
  return rows[0]
}
