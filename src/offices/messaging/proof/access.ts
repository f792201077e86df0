import { type RawBuilder, sql } from 'kysely'
import { type AccessName, type Actor, may, reachOf } from '../../../kernel/access/index.ts'

/** What the office of requests lends: which requests an actor reaches under a name, as SQL over the row of the alias. */
export type Visible = (actor: Actor, name: AccessName, request?: string) => RawBuilder<boolean>

/** What stands around the row of a message in every list: the request it belongs to. */
export const ofRequest = sql`left join request r on r.municipality_id = m.municipality_id and r.request_id = m.request_id`

/**
 * Who may read messages is who may read the request; a message of no request goes with the person's file. Codes are shown to nobody. Over a
 * row `m` with its request `r`.
 */
export function messageVisible(actor: Actor, visible: Visible): RawBuilder<boolean> {
  const ofRequests = sql`r.request_id is not null and ${visible(actor, 'messages.read', 'r')}`
  // Said plainly where it is the whole of it: the planner can then begin at the requests of an office.
  if (!may(actor, 'person.read')) return sql<boolean>`m.lane > 0 and ${ofRequests}`
  const person = reachOf(actor, 'person.read').town
    ? sql`true`
    : sql`exists (select 1 from request vp where vp.municipality_id = m.municipality_id and vp.applicant_id = m.person_id
                     and ${visible(actor, 'person.read', 'vp')})`
  return sql<boolean>`m.lane > 0 and case when m.request_id is null then ${person}
    else ${ofRequests} end`
}

/** Whether everything of the town is reached, but for what is closed to the actor. */
export const reachesTown = (actor: Actor): boolean =>
  reachOf(actor, 'messages.read').town && reachOf(actor, 'person.read').town
