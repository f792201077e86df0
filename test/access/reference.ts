import { type AccessName, about, accessNames, allows, reachOf } from '../../src/kernel/access/index.ts'
import type { Route } from '../../src/web/route.ts'
import { carried, openActs, opened, panes, toAgents, toPartners } from './exceptions.ts'
import { type Kind, kinds } from './marks.ts'
import type { Visitor } from './visitors.ts'
import type { Unit } from './worlds.ts'

/** By what somebody stands to a row; the columns of the published table. */
export const relations = [
  'own',
  'party',
  'mandate',
  'filed',
  'office-task',
  'office-concerned',
  'town',
  'none',
  'other-town',
] as const
export type Relation = (typeof relations)[number]

/** What a visitor is to a unit by the rows alone, whatever their role may do with it. */
export function relationOf({ actor, town, agentOf }: Visitor, { row, town: of }: Unit): Relation {
  if (town !== of) return 'other-town'
  switch (actor.kind) {
    case 'citizen':
      if (agentOf?.includes(row.owner)) return 'mandate'
      if (actor.inPlaceOf) return actor.inPlaceOf.personId === row.owner ? 'mandate' : 'none'
      return actor.personId === row.owner ? 'own' : row.parties.includes(actor.personId) ? 'party' : 'none'
    case 'partner':
      return row.partner === actor.keyId ? 'filed' : 'none'
    case 'staff': {
      const offices = actor.appointments.map(({ office }) => office)
      if (row.closedTo?.includes(actor.staffId)) return 'none'
      if (row.officesWithTask.some(office => offices.includes(office))) return 'office-task'
      if (row.officesConcerned.some(office => offices.includes(office))) return 'office-concerned'
      return 'town'
    }
    default:
      return 'none'
  }
}

const ofPerson: readonly AccessName[] = ['person.read', 'dues.read']

/** The names that count for a visitor on a route: those it declares for the staff; for a citizen or a partner whatever is theirs by any. */
const namesOn = ({ actor }: Visitor, { access }: Route): readonly AccessName[] =>
  actor.kind !== 'staff' ? accessNames : 'may' in access ? [access.may, ...access.also] : []

/**
 * Whether this visitor may meet a mark of this kind and unit in the answer of this route. Said plainly, from the grants, the families and
 * what the route declares: no SQL is asked.
 */
export function permits(visitor: Visitor, route: Route, unit: Unit, kind: Kind): boolean {
  const { actor, town } = visitor
  if (unit.town !== town) return false
  const { pattern } = route.address
  const has = (list: Record<string, { kinds: readonly Kind[] }>) =>
    list[pattern]?.kinds.includes(kind) ?? false
  if (has(toAgents) && actor.kind === 'citizen' && visitor.agentOf?.includes(unit.row.owner)) return true
  if (has(toPartners) && actor.kind === 'partner' && visitor.filedFor?.includes(unit.row.owner)) return true
  if (
    has(carried) &&
    namesOn(visitor, route).some(
      name => reachOf(actor, name).town || (unit.world && allows(actor, name, unit.row)),
    )
  )
    return true
  if (has(carried) && kind === 'id' && actor.kind === 'staff') return true
  const { row } = unit
  const { family, party, staffOnly } = kinds[kind] as { family: string; party?: true; staffOnly?: true }
  if (actor.kind === 'anonymous' || actor.kind === 'system') return false
  const names = [...namesOn(visitor, route), ...(panes[route.address.pattern]?.names ?? [])]
  if (actor.kind !== 'staff') {
    if (staffOnly) return false
    const reached = names.filter(name => allows(actor, name, row))
    if (reached.length === 0) return false
    const isTheirs = actor.kind === 'citizen' && !actor.inPlaceOf && actor.personId === row.owner
    // Whatever is about oneself is opened by a name about that; without having shown who one is, only what one files.
    if (isTheirs)
      return (
        family === 'any' ||
        family === 'drafts' ||
        reached.some(name => (about[name] ?? []).some(each => each === family)) ||
        family === 'looks'
      )
    return party === true
  }
  return names.some(name => {
    const reach = reachOf(actor, name)
    if (!allows(actor, name, row)) return false
    const isAbout = (about[name] ?? []).some(each => family === 'any' || each === family)
    if (reach.town || unit.kind === 'person') if (!isAbout) return false
    if (reach.town) return true
    if (unit.kind === 'person' && family !== 'people' && family !== 'any')
      return ofPerson.includes(name) && family !== 'voices' && family !== 'looks'
    return true
  })
}

/** What a code or an id in the address opens to whoever has it: only kinds that stand in the short list. */
export const opensByAddress = (route: Route, kind: Kind): boolean =>
  (opened[route.address.pattern]?.kinds as readonly Kind[] | undefined)?.includes(kind) ?? false

/** Whether somebody of the staff reaches anything of this world by any name: then they are given a cause to open it, as their work would. */
export const reachesWorld = ({ actor, town }: Visitor, units: readonly Unit[]): boolean =>
  actor.kind === 'staff' &&
  units.some(unit => unit.town === town && gated.some(name => allows(actor, name, unit.row)))

/** Names under which files are opened; those of lists and settings open none. */
const gated: readonly AccessName[] = [
  'request.read',
  'person.read',
  'dues.read',
  'receipt.take',
  'request.file',
  'paper.read',
  'certificate.read',
]

/** Whether this visitor may by this route change a row that is of this unit. */
export function permitsAct(visitor: Visitor, route: Route, unit: Unit): boolean {
  if (unit.town !== visitor.town) return false
  return namesOn(visitor, route).some(name => allows(visitor.actor, name, unit.row))
}

/** Whether a unit is somebody themselves, whoever's place they are in, or their program's own: what is kept aside while they log in names it. */
export const isOneself = ({ actor, town, agentOf }: Visitor, unit: Unit): boolean =>
  unit.town === town &&
  (actor.kind === 'citizen'
    ? actor.personId === unit.row.owner ||
      actor.inPlaceOf?.personId === unit.row.owner ||
      (agentOf?.includes(unit.row.owner) ?? false)
    : actor.kind === 'partner' && actor.keyId === unit.row.partner)

/** Whether what is in the address or the form opens the act, or it is one of the two sides of a mandate that acts. */
export const opensActs = (
  { actor, agentOf }: Visitor,
  { address: { pattern } }: Route,
  touched: readonly Unit[],
): boolean =>
  pattern in openActs ||
  (pattern in toAgents &&
    actor.kind === 'citizen' &&
    touched.every(unit => unit.kind === 'person' && agentOf?.includes(unit.row.owner)))
