import { sql } from 'kysely'
import type { Read } from '../../platform/database/index.ts'
import { type Asked, type Cause, registerCause } from '../looks/index.ts'
import { samePerson } from '../people/index.ts'
import { ar } from './strings.ar.ts'

/** Somebody served without a turn may come back to the window with one more question. */
const lingersMs = 20 * 60_000

type Row = { visit_id: string; person_id: string | null; state: string; claimed: boolean }

/**
 * A visit at their window: whoever they serve now, or served without a turn a moment ago. A visit of nobody known yet becomes the visit of
 * the first whose file is opened in it: one turn, one person, and a second file needs its own ground.
 */
async function visitOf(tx: Read, { staffId, personId }: Asked): Promise<Cause | undefined> {
  const since = new Date(tx.now.getTime() - lingersMs)
  const { rows } = await sql<Row>`
    select v.visit_id, v.person_id, v.state, p.visit_id is not null as claimed from visit v
      left join look_presence p on p.municipality_id = v.municipality_id and p.visit_id = v.visit_id and p.proof is null
     where v.municipality_id = ${tx.town} and v.staff_id = ${staffId}
       and (v.state in ('called', 'serving') or (v.ended_at > ${since} and v.channel = 'walk-in'))
       and (v.person_id is null or v.person_id = any(${samePerson(personId)}))
     order by (v.person_id is null), v.called_at desc`.execute(tx.q)
  const known = rows.find(({ person_id }) => person_id !== null)
  if (known)
    return {
      kind: 'visit',
      visitId: known.visit_id,
      words: known.claimed ? ar['look-number'] : undefined,
    }
  const anybody = rows.find(({ state }) => state === 'called' || state === 'serving')
  return (
    anybody && {
      kind: 'visit',
      visitId: anybody.visit_id,
      claim: write =>
        sql`update visit set person_id = ${personId} where municipality_id = ${write.town} and visit_id = ${anybody.visit_id}
               and person_id is null`.execute(write.q),
    }
  )
}

registerCause('2-visit', visitOf)
