/**
 * How far an actor reaches for an act. `reachOf` is what a list's SQL is written from; `allows` says the same of one row, plainly, and is
 * what the SQL is tested against.
 */

import { type AccessName, type Grant, grants, type Relation } from './grants.ts'
import { lends } from './lending.ts'
import { type InPlaceOf, mandates } from './mandate.ts'
import type { Actor, Appointment } from './model.ts'

/** Rows are reached if any of these holds, and the row is not closed to this person. */
export type Reach = {
  town: boolean
  /** The person whose own rows, or rows they are party to, are reached. */
  own: string | undefined
  party: string | undefined
  /** Persons whose own rows are reached in their place, by a mandate; of some services alone where `services` is given. */
  principals: readonly string[]
  services: readonly string[] | undefined
  /** The partner key whose filings are reached. */
  partner: string | undefined
  /** Offices by whose open tasks, and by whose past or present tasks, rows are reached. */
  taskOffices: readonly string[]
  concernedOffices: readonly string[]
  /** Rows closed to this person of the staff are not reached by anything above. */
  closedTo: string | undefined
}

export type Row = {
  /** The person it is of: applicant, holder, the person themselves. */
  owner: string
  parties: readonly string[]
  officesWithTask: readonly string[]
  officesConcerned: readonly string[]
  /** Staff it is closed to, their superiors included by whoever closed it. */
  closedTo?: readonly string[]
  /** The partner key that filed it. */
  partner?: string
  /** The service it is about, where it is about one. */
  service?: string
}

const nothing: Reach = {
  town: false,
  own: undefined,
  party: undefined,
  principals: [],
  services: undefined,
  partner: undefined,
  taskOffices: [],
  concernedOffices: [],
  closedTo: undefined,
}

/** What a deputy reaches for somebody absent: the requests whose tasks lie there. Money, settings and signatures stay with whoever is appointed. */
const deputised: readonly AccessName[] = [
  'request.read',
  'request.act',
  'paper.read',
  'person.read',
  'messages.read',
  'certificate.read',
]

/** What an actor reaches under a name. */
export function reachOf(actor: Actor, name: AccessName): Reach {
  const grant: Grant = grants[name]
  switch (actor.kind) {
    case 'anonymous':
      return nothing
    case 'system':
      return { ...nothing, town: true }
    case 'partner':
      return grant.partner !== undefined && actor.scopes.includes(grant.partner)
        ? { ...nothing, partner: actor.keyId }
        : nothing
    case 'citizen': {
      if (grant.verified && actor.level !== 'verified') return nothing
      if (actor.inPlaceOf) return inPlace(grant, name, actor.inPlaceOf)
      const has = (relation: Relation) => (grant.citizen?.includes(relation) ? actor.personId : undefined)
      return { ...nothing, own: has('own'), party: has('party') }
    }
    case 'staff': {
      const offices = (relation: Relation) => [
        ...new Set(
          actor.appointments
            .filter(held => relationsOf(grant, name, held).includes(relation))
            .map(({ office }) => office),
        ),
      ]
      return {
        ...nothing,
        town: offices('town').length > 0,
        taskOffices: offices('office-task'),
        concernedOffices: offices('office-concerned'),
        closedTo: actor.staffId,
      }
    }
  }
}

/** In somebody's place their own rows are reached, under the names the mandate opens; nothing of one's own, and nothing they are party to. */
function inPlace(grant: Grant, name: AccessName, place: InPlaceOf): Reach {
  if (!grant.citizen?.includes('own') || !mandates(place, name)) return nothing
  return { ...nothing, principals: [place.personId], services: place.services }
}

/** The relations of one appointment. In somebody's place even what spans the town reaches only the tasks of that office. */
function relationsOf(grant: Grant, name: AccessName, held: Appointment): readonly Relation[] {
  const { role, deputyOf, only } = held
  const relations = grant.staff?.[role] ?? grant.staff?.['*'] ?? []
  if (deputyOf === undefined) return relations
  const opened = only === undefined ? deputised : lends[only]
  return opened.includes(name) && relations.length > 0 ? ['office-task'] : []
}

/** By which relations an actor reaches rows under a name. */
export function relationsFor(actor: Actor, name: AccessName): Relation[] {
  const reach = reachOf(actor, name)
  const relations: Relation[] = []
  if (reach.own !== undefined || reach.partner !== undefined) relations.push('own')
  if (reach.party !== undefined) relations.push('party')
  if (reach.principals.length > 0) relations.push('mandate')
  if (reach.taskOffices.length > 0) relations.push('office-task')
  if (reach.concernedOffices.length > 0) relations.push('office-concerned')
  if (reach.town) relations.push('town')
  return relations
}

/** Whether there may be any row the actor reaches; which, `allows` and the lists say. */
export const may = (actor: Actor, name: AccessName): boolean => relationsFor(actor, name).length > 0

/** Whether an actor reaches this row under a name. */
export function allows(actor: Actor, name: AccessName, row: Row): boolean {
  const reach = reachOf(actor, name)
  if (reach.closedTo !== undefined && row.closedTo?.includes(reach.closedTo)) return false
  return (
    reach.town ||
    row.owner === reach.own ||
    (reach.party !== undefined && row.parties.includes(reach.party)) ||
    (reach.principals.includes(row.owner) && ofService(reach, row)) ||
    (reach.partner !== undefined && row.partner === reach.partner) ||
    row.officesWithTask.some(office => reach.taskOffices.includes(office)) ||
    row.officesConcerned.some(office => reach.concernedOffices.includes(office))
  )
}

const ofService = ({ services }: Reach, { service }: Row): boolean =>
  services === undefined || (service !== undefined && services.includes(service))
