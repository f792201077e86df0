import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AccessName, accessNames, type Grant, grants } from './grants.ts'
import { type InPlaceOf, mandateActs } from './mandate.ts'
import { type Actor, type Role, roles } from './model.ts'
import { allows, may, type Row, reachOf, relationsFor } from './reach.ts'

const staff = (...held: [Role, string][]): Actor => ({
  kind: 'staff',
  staffId: 'me',
  appointments: held.map(([role, office]) => ({ role, office })),
})
const row = (rest: Partial<Row> = {}): Row => ({
  owner: 'owner',
  parties: ['owner', 'agent'],
  officesWithTask: ['electricity'],
  officesConcerned: ['centre', 'electricity'],
  ...rest,
})
const citizen = (personId: string, level: 'claimed' | 'verified' = 'verified'): Actor => ({
  kind: 'citizen',
  personId,
  level,
})

const personal: AccessName[] = [
  'request.read',
  'request.act',
  'person.read',
  'dues.read',
  'paper.read',
  'receipt.read',
  'certificate.read',
  'messages.read',
]

describe('a request', () => {
  it('is seen by its parties and by no other citizen', () => {
    expect(allows(citizen('owner'), 'request.read', row())).toBe(true)
    expect(allows(citizen('agent'), 'request.read', row())).toBe(true)
    expect(allows(citizen('neighbour'), 'request.read', row())).toBe(false)
    expect(allows({ kind: 'anonymous' }, 'request.read', row())).toBe(false)
  })

  it('is seen by the offices it is or has been with, and by no foreign office', () => {
    expect(allows(staff(['officer', 'electricity']), 'request.read', row())).toBe(true)
    expect(allows(staff(['clerk', 'centre']), 'request.read', row())).toBe(true)
    expect(allows(staff(['head', 'planning']), 'request.read', row())).toBe(false)
  })

  it('is acted on by an officer only while the office has a task on it', () => {
    expect(allows(staff(['officer', 'electricity']), 'request.act', row())).toBe(true)
    expect(allows(staff(['officer', 'centre']), 'request.act', row())).toBe(false)
  })

  it('is seen by the manager and the mayor wherever it lies', () => {
    expect(allows(staff(['manager', 'centre']), 'request.read', row({ officesConcerned: [] }))).toBe(true)
    expect(allows(staff(['mayor', 'mayor']), 'request.read', row({ officesConcerned: [] }))).toBe(true)
  })

  it('closed to somebody is closed to them whatever they are', () => {
    const closed = row({ closedTo: ['me'] })
    expect(allows(staff(['manager', 'centre'], ['officer', 'electricity']), 'request.read', closed)).toBe(
      false,
    )
    expect(allows(citizen('owner'), 'request.read', closed)).toBe(true)
  })

  it('is reached by a role only at the office where it is held', () => {
    const twofold = staff(['officer', 'planning'], ['auditor', 'electricity'])
    expect(allows(twofold, 'request.read', row())).toBe(false)
  })

  it('is reached by the partner that filed it, with the scope', () => {
    const partner = (...scopes: string[]): Actor => ({ kind: 'partner', keyId: 'bank', scopes })
    expect(allows(partner('requests:read'), 'request.read', row({ partner: 'bank' }))).toBe(true)
    expect(allows(partner('requests:read'), 'request.read', row({ partner: 'other' }))).toBe(false)
    expect(allows(partner('requests:read'), 'request.read', row())).toBe(false)
    expect(may(partner('certificates:read'), 'request.read')).toBe(false)
  })
})

describe('personal files', () => {
  it('are not opened by the auditor, the administrator or the designer', () => {
    for (const role of ['auditor', 'admin', 'designer'] as const) {
      for (const name of personal) expect(may(staff([role, 'centre']), name), `${role} ${name}`).toBe(false)
    }
    expect(may(staff(['auditor', 'centre']), 'audit.read')).toBe(true)
    expect(may(staff(['admin', 'centre']), 'settings.write')).toBe(true)
  })

  it('of dues and looks are not shown to somebody who only says who they are', () => {
    expect(allows(citizen('owner', 'claimed'), 'request.read', row())).toBe(true)
    for (const name of ['dues.read', 'receipt.read', 'audit.read'] as const) {
      expect(allows(citizen('owner', 'claimed'), name, row())).toBe(false)
      expect(allows(citizen('owner'), name, row())).toBe(true)
    }
  })
})

describe('somebody in another’s place', () => {
  const inPlace = (rest: Partial<InPlaceOf> = {}): Actor => ({
    kind: 'citizen',
    personId: 'agent',
    level: 'verified',
    inPlaceOf: { mandateId: 'm', personId: 'owner', acts: ['requests'], ...rest },
  })

  it('reaches what the mandate names of whoever gave it, and nothing of their own', () => {
    expect(allows(inPlace(), 'request.read', row())).toBe(true)
    expect(allows(inPlace(), 'dues.read', row())).toBe(false)
    expect(allows(inPlace(), 'request.read', row({ owner: 'agent', parties: ['agent'] }))).toBe(false)
    expect(allows(inPlace(), 'request.read', row({ owner: 'x', parties: ['owner'] }))).toBe(false)
  })

  it('for some services reaches those alone, and nothing that is of no service', () => {
    const some = inPlace({ acts: ['requests', 'dues'], services: ['ELE-01'] })
    expect(allows(some, 'request.read', row({ service: 'ELE-01' }))).toBe(true)
    expect(allows(some, 'request.read', row({ service: 'ADM-01' }))).toBe(false)
    expect(may(some, 'dues.read')).toBe(false)
  })

  it('opens no name of the person’s own life: looks, log-ins, complaints, the record itself', () => {
    const all = inPlace({ acts: mandateActs })
    for (const name of [
      'audit.read',
      'person.read',
      'complaint.read',
      'contact.read',
      'person.register',
    ] as const)
      expect(may(all, name), name).toBe(false)
  })
})

const office = fc.constantFrom('centre', 'electricity', 'planning', 'treasury')
const person = fc.constantFrom('p1', 'p2', 'p3')
const service = fc.constantFrom('ELE-01', 'ADM-01')
const anyPlace: fc.Arbitrary<InPlaceOf> = fc.record({
  mandateId: fc.constant('m'),
  personId: person,
  acts: fc.subarray([...mandateActs]),
  services: fc.option(fc.uniqueArray(service), { nil: undefined }),
})
const anyActor: fc.Arbitrary<Actor> = fc.oneof(
  fc.constant<Actor>({ kind: 'anonymous' }),
  fc.record({
    kind: fc.constant('citizen' as const),
    personId: person,
    level: fc.constantFrom('claimed' as const, 'verified' as const),
    inPlaceOf: fc.option(anyPlace, { nil: undefined }),
  }),
  fc.record({
    kind: fc.constant('staff' as const),
    staffId: fc.constantFrom('me', 'you'),
    appointments: fc.array(fc.record({ role: fc.constantFrom(...roles), office }), { maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant('partner' as const),
    keyId: fc.constantFrom('k1', 'k2'),
    scopes: fc.subarray(['requests:read', 'requests:write', 'certificates:read']),
  }),
)
const anyRow: fc.Arbitrary<Row> = fc.record(
  {
    owner: person,
    parties: fc.uniqueArray(person),
    officesWithTask: fc.uniqueArray(office),
    officesConcerned: fc.uniqueArray(office),
    closedTo: fc.subarray(['me', 'you']),
    partner: fc.constantFrom('k1', 'k2'),
    service,
  },
  { requiredKeys: ['owner', 'parties', 'officesWithTask', 'officesConcerned'] },
)
const anyName = fc.constantFrom(...accessNames)

describe('reach', () => {
  it('and the grants say the same of any row, read the long way round', () => {
    fc.assert(
      fc.property(anyActor, anyName, anyRow, (actor, name, each) => {
        expect(allows(actor, name, each)).toBe(longWay(actor, name, each))
      }),
      { numRuns: 2_000 },
    )
  })

  it('is empty exactly when the door is shut', () => {
    fc.assert(
      fc.property(anyActor, anyName, anyRow, (actor, name, each) => {
        if (!may(actor, name)) expect(allows(actor, name, each)).toBe(false)
        expect(may(actor, name)).toBe(relationsFor(actor, name).length > 0)
        expect(reachOf(actor, name).town).toBe(relationsFor(actor, name).includes('town'))
      }),
    )
  })

  it('never shrinks with one more appointment', () => {
    fc.assert(
      fc.property(
        anyActor,
        anyName,
        anyRow,
        fc.constantFrom(...roles),
        office,
        (actor, name, each, role, at) => {
          if (actor.kind !== 'staff') return
          const more = { ...actor, appointments: [...actor.appointments, { role, office: at }] }
          if (allows(actor, name, each)) expect(allows(more, name, each)).toBe(true)
        },
      ),
    )
  })
})

/** What each act of a mandate opens, written out once more. */
const opens: Record<string, string> = {
  'request.read': 'requests file',
  'request.act': 'requests file',
  'paper.read': 'requests file',
  'certificate.read': 'requests file',
  'messages.read': 'requests file',
  'request.file': 'file',
  'dues.read': 'dues pay',
  'receipt.read': 'dues pay',
  'dues.pay': 'pay',
  'data.copy': 'data',
  'correction.file': 'data',
  'correction.read': 'data',
  'consent.give': 'data',
}
const ofNoService = [
  'messages.read',
  'dues.read',
  'receipt.read',
  'dues.pay',
  'data.copy',
  'correction.file',
  'correction.read',
  'consent.give',
]

function inPlaceAllows({ acts, personId, services }: InPlaceOf, name: AccessName, each: Row): boolean {
  const opening = (opens[name] ?? '').split(' ')
  if (each.owner !== personId || !acts.some(act => opening.includes(act))) return false
  if (services === undefined) return true
  return !ofNoService.includes(name) && each.service !== undefined && services.includes(each.service)
}

function longWay(actor: Actor, name: AccessName, each: Row): boolean {
  const grant: Grant = grants[name]
  switch (actor.kind) {
    case 'anonymous':
      return false
    case 'system':
      return true
    case 'partner':
      return (
        grant.partner !== undefined && actor.scopes.includes(grant.partner) && each.partner === actor.keyId
      )
    case 'citizen':
      if (grant.verified && actor.level === 'claimed') return false
      if (actor.inPlaceOf) return inPlaceAllows(actor.inPlaceOf, name, each)
      return (grant.citizen ?? []).some(relation =>
        relation === 'own' ? each.owner === actor.personId : each.parties.includes(actor.personId),
      )
    case 'staff':
      return (
        !each.closedTo?.includes(actor.staffId) &&
        actor.appointments.some(({ role, office: at }) =>
          (grant.staff?.[role] ?? grant.staff?.['*'] ?? []).some(
            relation =>
              relation === 'town' ||
              (relation === 'office-task' && each.officesWithTask.includes(at)) ||
              (relation === 'office-concerned' && each.officesConcerned.includes(at)),
          ),
        )
      )
  }
}
