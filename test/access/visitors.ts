import { type Actor, type Role, roles } from '../../src/kernel/access/index.ts'
import {
  addApiKey,
  enterAbsence,
  enterMandate,
  openSession,
  takePlace,
} from '../../src/offices/people/index.ts'
import { hashToken } from '../../src/platform/crypto/index.ts'
import { sessionCookie } from '../../src/web/cookies.ts'
import { builder } from '../builders/people.ts'
import { aWorker } from '../builders/requests.ts'
import type { Citizen, PeopledTown } from '../journeys/peopled.ts'
import type { World } from './worlds.ts'

/** Somebody at the door: what they are by the reference, and what their browser or program carries. */
export type Visitor = {
  name: string
  /** The heading they are counted under where the proof is published. */
  group: string
  actor: Actor
  /** The town they are somebody in, and the host they knock at: the session of one town carried to another opens nothing there. */
  town: string
  host: string
  headers: Record<string, string>
  /** For whom they may act when they take their place; for whom they filed, of a program. */
  agentOf?: readonly string[]
  filedFor?: readonly string[]
}

const cookieOf = (token: string) => ({ cookie: `${sessionCookie}=${token}` })

/** Who can be in a town: of each kind one, of each role of the staff two, at an office that has the first world's request and at another. */
export async function theVisitors(
  town: PeopledTown,
  host: string,
  of: { world: World; partner: { id: string; key: string } },
): Promise<Visitor[]> {
  const { world, partner } = of
  const here = { town: town.town.id, host }
  const nobody: Visitor = {
    name: 'nobody',
    group: 'anonymous',
    actor: { kind: 'anonymous' },
    headers: {},
    ...here,
  }
  const citizen = async (
    name: string,
    person: Pick<Citizen, 'id'>,
    level: 'claimed' | 'verified' = 'verified',
    mandateId?: string,
  ): Promise<Visitor> => {
    const token = await town.write(async tx => {
      const opened = await openSession(tx, { kind: 'citizen', subjectId: person.id, level })
      await takePlace(tx, { personId: person.id, sessionHash: hashToken(opened), mandateId })
      return opened
    })
    return {
      name,
      group: 'citizen',
      actor: { kind: 'citizen', personId: person.id, level },
      headers: cookieOf(token),
      ...here,
    }
  }
  const inPlace = async (
    name: string,
    person: Citizen,
    mandate: { id: string; principal: string },
  ): Promise<Visitor> => {
    const made = await citizen(name, person, 'verified', mandate.id)
    const inPlaceOf = { mandateId: mandate.id, personId: mandate.principal, acts: ['requests'] as const }
    return {
      ...made,
      group: 'mandate',
      actor: { kind: 'citizen', personId: person.id, level: 'verified', inPlaceOf },
    }
  }
  const staff = async (
    name: string,
    staffId: string,
    held: { role: Role; office: string; deputyOf?: string }[],
  ): Promise<Visitor> => ({
    name,
    group: held[0]?.deputyOf ? 'deputy' : (held[0]?.role ?? 'staff'),
    ...here,
    actor: { kind: 'staff', staffId, appointments: held },
    headers: cookieOf(await town.write(tx => openSession(tx, { kind: 'staff', subjectId: staffId }))),
  })
  const worker = async (role: Role, office: string): Promise<Visitor> => {
    const { id } = await aWorker(town.bench, role, office)
    return staff(`${role} at ${office}`, id, [{ role, office }])
  }

  const stranger = await town.citizen()
  const organisation = await town.citizen({ kind: 'organisation' } as never)
  const mandates = await mandatesIn(town, world, organisation)
  const workers: Visitor[] = []
  for (const role of roles)
    for (const office of ['electricity', 'works']) workers.push(await worker(role, office))
  return [
    nobody,
    await citizen('owner', world.owner),
    await citizen('owner, not yet verified', world.owner, 'claimed'),
    await citizen('party', world.party),
    { ...(await citizen('agent, for themselves', world.agent)), agentOf: [world.owner.id] },
    await inPlace('agent, in the owner’s place', world.agent, mandates.agent),
    await citizen('stranger', stranger),
    ...(mandates.representative
      ? [
          {
            ...(await inPlace('representative of an organisation', world.agent, mandates.representative)),
            agentOf: [world.owner.id],
          },
        ]
      : []),
    ...workers,
    await deputyOf(town, staff),
    await staff('closed out by name (mayor)', town.staff.mayor.id, [
      { role: 'mayor', office: 'mayor-office' },
    ]),
    await staff('complained about (manager)', town.staff.manager.id, [
      { role: 'manager', office: 'mayor-office' },
    ]),
    {
      name: 'partner',
      group: 'partner',
      filedFor: [world.owner.id],
      headers: { authorization: `Bearer ${partner.key}` },
      ...here,
      actor: { kind: 'partner', keyId: partner.id, scopes: [...allScopes] },
    },
    ...(await otherPartners(town, here)),
  ]
}

export const allScopes = [
  'catalogue:read',
  'requests:read',
  'requests:write',
  'people:read',
  'looks:read',
  'payments:write',
  'certificates:read',
  'messages:read',
] as const

async function otherPartners(town: PeopledTown, here: { town: string; host: string }): Promise<Visitor[]> {
  const add = async (name: string, scopes: readonly string[]): Promise<Visitor> => {
    const key = await town.write(tx => addApiKey(tx, name, scopes, builder))
    return {
      name,
      group: 'partner',
      actor: { kind: 'partner', keyId: '00000000-0000-7000-8000-000000000001', scopes },
      headers: { authorization: `Bearer ${key}` },
      ...here,
    }
  }
  return [
    await add('partner that filed nothing', allScopes),
    await add('partner without a scope', ['catalogue:read']),
  ]
}

type Staff = (
  name: string,
  id: string,
  held: { role: Role; office: string; deputyOf?: string }[],
) => Promise<Visitor>

async function deputyOf(town: PeopledTown, staff: Staff): Promise<Visitor> {
  const { engineer } = town.staff
  const deputy = await aWorker(town.bench, 'officer', 'works')
  const from = '2026-03-01'
  const absence = { staffId: engineer.id, deputyId: deputy.id, from, until: '2026-03-05', reason: 'إجازة' }
  await town.write(tx => enterAbsence(tx, absence, { kind: 'staff', id: engineer.id }))
  const own = { role: 'officer', office: 'works' } as const
  const made = await staff('deputy of the engineer', deputy.id, [
    own,
    { role: 'officer', office: 'electricity', deputyOf: engineer.id },
  ])
  return { ...made, group: 'deputy' }
}

async function mandatesIn(town: PeopledTown, world: World, organisation: Citizen | undefined) {
  const { rows } = await town.db.owner.executeQuery<{ mandate_id: string }>(
    town.db.owner
      .selectFrom('mandate')
      .select('mandate_id')
      .where('principal_id', '=', world.owner.id)
      .compile(),
  )
  const agent = { id: rows[0]?.mandate_id ?? '', principal: world.owner.id }
  if (!organisation) return { agent, representative: undefined }
  const terms = {
    acts: ['requests', 'dues'],
    services: undefined,
    validFrom: '2026-02-01',
    validUntil: '2027-02-01',
  } as const
  const proof = { kind: 'both-present', number: '', issuer: '' }
  const id = await town.write(tx =>
    enterMandate(
      tx,
      town.house,
      { principalId: organisation.id, agentId: world.agent.id, terms, proof },
      builder,
    ),
  )
  return { agent, representative: { id, principal: organisation.id } }
}
