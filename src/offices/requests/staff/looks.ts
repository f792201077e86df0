import { sql } from 'kysely'
import type { Read } from '../../../platform/database/transaction.ts'
import { actorKey } from '../../../web/actor.ts'
import type { Call } from '../../../web/call.ts'
import { type Cause, lookInto, type Matter, type Seen } from '../../looks/index.ts'

/** Opening the same file again while working on it is one look. */
const visitMinutes = 15

/**
 * The gate before somebody's data, written down once for a visit: leafing through a request is not twenty looks at its applicant. Refused
 * without a cause, as `lookInto` is.
 */
export async function lookOnce(
  tx: Read,
  call: Call,
  act: string,
  seen: Seen,
  matter?: Matter,
): Promise<Cause | undefined> {
  const since = new Date(tx.now.getTime() - visitMinutes * 60_000)
  const noted = sql`
    select 1 from audit
     where municipality_id = ${tx.town} and person_id = ${seen.personId} and at > ${since}
       and actor_id = ${actorKey(call.visitor.actor).id} and act = ${act} and subject_id = ${seen.subjectId}
     limit 1`
    .execute(tx.q)
    .then(({ rows }) => rows.length > 0)
  return lookInto(call, tx, { ...seen, noted }, matter)
}
