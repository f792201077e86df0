import { sql } from 'kysely'
import { Conflict } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import type { Localized } from '../../lib/localized.ts'
import type { Database } from '../../platform/database/index.ts'
import type { TownProfile } from '../../web/town.ts'
import { record } from '../audit/index.ts'

export type NewTown = {
  slug: string
  names: Localized
  profile: TownProfile
  timeZone?: string | undefined
  hosts?: string[] | undefined
  isDemo: boolean
  /** When it is entered; a demo town is laid out in the past. */
  now: Date
}

/** Enters a town; gives its id. */
export async function addTown(database: Database, town: NewTown): Promise<string> {
  const id = newId(town.now)
  await database.write(id, async tx => {
    const written = await sql`
      insert into municipality (municipality_id, slug, hosts, name_ar, name_en, time_zone, profile, is_demo, created_at)
      values (${id}, ${town.slug}, ${town.hosts ?? []}, ${town.names.ar}, ${town.names.en}, ${town.timeZone ?? 'Asia/Hebron'},
              ${JSON.stringify(town.profile)}, ${town.isDemo}, ${town.now})
      on conflict (slug) do nothing`.execute(tx.q)
    if (written.numAffectedRows === 0n) throw new Conflict('town-exists', { slug: town.slug })
    await record(tx, {
      actor: { kind: 'system', id: 'town add' },
      act: 'people.town-added',
      subjectKind: 'town',
      subjectId: id,
    })
  })
  return id
}
