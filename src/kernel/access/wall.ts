/**
 * How far an actor reaches at the second wall under the names a route declares: all of it, in the terms the policies of the database
 * read. The predicate of a list narrows it further; a list that forgets the predicate shows no more than this.
 */

import { about, type Family, families } from './families.ts'
import { type AccessName, accessNames } from './grants.ts'
import type { Actor } from './model.ts'
import { may, type Reach, reachOf } from './reach.ts'

export type Wall =
  | 'house'
  | 'nobody'
  | {
      town: readonly Family[]
      own?: string | undefined
      party?: string | undefined
      principals?: { persons: readonly string[]; services: readonly string[] } | undefined
      partner?: string | undefined
      staff?: string | undefined
      taskOffices: readonly string[]
      concernedOffices: readonly string[]
      /** Has not shown who they are: of what is theirs, only what hangs on their requests. */
      unproven?: true
    }

/**
 * Staff reach what any of the names reaches. Citizens and partners reach what is theirs under every name open to them: their routes name
 * none, and whatever a page of theirs shows is theirs. What waits until a citizen has shown who they are is held back by table.
 */
export function wallOf(actor: Actor, names: readonly AccessName[]): Wall {
  switch (actor.kind) {
    case 'system':
      return 'house'
    case 'anonymous':
      return 'nobody'
    case 'partner':
      return { ...empty, partner: actor.keyId }
    case 'citizen': {
      const wall = citizens(accessNames.map(name => reachOf(actor, name)))
      return typeof wall === 'string' || actor.level === 'verified' ? wall : { ...wall, unproven: true }
    }
    case 'staff': {
      const reached = names.map(name => [name, reachOf(actor, name)] as const)
      const concernedOffices = [...new Set(reached.flatMap(([, each]) => each.concernedOffices))]
      return {
        town: [...new Set(reached.flatMap(([name, { town }]) => (town ? (about[name] ?? []) : [])))],
        staff: actor.staffId,
        // An office with a task is concerned: asked once.
        taskOffices: [...new Set(reached.flatMap(([, { taskOffices }]) => taskOffices))].filter(
          office => !concernedOffices.includes(office),
        ),
        concernedOffices,
      }
    }
  }
}

const empty = { town: [], taskOffices: [], concernedOffices: [] }

function citizens(reached: readonly Reach[]): Wall {
  const own = reached.find(each => each.own !== undefined)?.own
  const party = reached.find(each => each.party !== undefined)?.party
  const place = reached.find(each => each.principals.length > 0)
  if (!place) return own === undefined && party === undefined ? 'nobody' : { ...empty, own, party }
  // Limited to some services, whoever acts for somebody reaches those requests and what hangs on them; else whatever is that person's.
  return place.services === undefined
    ? { ...empty, own: place.principals[0] }
    : { ...empty, principals: { persons: place.principals, services: place.services } }
}

/** Families no act loads but those under names about them: log-ins, looks, complaints and what was imported. */
const apart: readonly Family[] = ['voices', 'looks', 'imports', 'sessions']

/**
 * As far as what an act loads reaches. Citizens and partners: what is theirs, as when they read. Staff: the rows of the town, since an act
 * writes tasks, charges and numbers of other offices and closes the task it was reached by; whether they may act on the row is decided
 * by the predicate before. Rows closed to them, and complaints about them, stay closed; log-ins, looks, complaints and imports are loaded
 * under a name about them alone; a name about nobody's data reaches nobody's row. (docs/decisions/0012)
 */
export function wallOfAct(actor: Actor, names: readonly AccessName[]): Wall {
  const wall = wallOf(actor, names)
  if (typeof wall === 'string' || wall.staff === undefined) return wall
  if (wall.town.length + wall.taskOffices.length + wall.concernedOffices.length === 0) return wall
  const named = new Set(names.filter(name => may(actor, name)).flatMap(name => about[name] ?? []))
  return { ...wall, town: families.filter(family => !apart.includes(family) || named.has(family)) }
}
