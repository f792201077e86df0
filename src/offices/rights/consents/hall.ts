import { sql } from 'kysely'
import type { Read } from '../../../platform/database/index.ts'
import { todayOf } from '../../people/index.ts'
import { purposeOf } from './store.ts'

/** First names of those among these visits who agreed to stand on the hall's screen, by visit. */
export async function namesInHall(
  tx: Read,
  visitIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const purpose = await purposeOf(tx, 'hall-name')
  if (purpose === undefined) return new Map()
  const today = await todayOf(tx)
  const { rows } = await sql<{ visit_id: string; first_name: string }>`
    select v.visit_id, p.first_name from visit v
      join person p on p.municipality_id = v.municipality_id and p.person_id = v.person_id and p.destroyed_at is null
     where v.municipality_id = ${tx.town} and v.visit_id = any (${[...visitIds]}::uuid[])
       and may_use(v.person_id, ${purpose}, ${today}::date)`.execute(
    tx.asHouse('first names of those who agreed to stand on the screen').q,
  )
  return new Map(rows.map(row => [row.visit_id, row.first_name]))
}
