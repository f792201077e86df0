import { sql } from 'kysely'
import type { Read } from '../../../platform/database/transaction.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, look } from '../../../web/call.ts'

/** Opening the same file again while working on it is one look. */
const visitMinutes = 15

export type Seen = {
  personId: string
  requestId?: string
  subjectKind: string
  subjectId: string
  cause: string
}

/** Notes that this page shows somebody's data, once for a visit: leafing through a request is not twenty looks at its applicant. */
export async function lookOnce(tx: Read, call: Call, act: string, seen: Seen): Promise<void> {
  const { rows } = await sql`
    select 1 from audit
     where municipality_id = ${tx.town} and person_id = ${seen.personId} and at > ${visitBegin(tx.now)}
       and actor_id = ${actorKey(call.visitor.actor).id} and act = ${act} and subject_id = ${seen.subjectId} and cause = ${seen.cause}
     limit 1`.execute(tx.q)
  if (rows.length === 0) look(call, seen)
}

/** Since when a look, or a reason given, still belongs to the visit of now. */
export const visitBegin = (now: Date): Date => new Date(now.getTime() - visitMinutes * 60_000)
