import type { Actor } from '../../../kernel/access/index.ts'
import { Conflict, Forbidden } from '../../../lib/errors.ts'
import type { Write } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import { record } from '../../audit/index.ts'
import { todayOf } from '../offices.ts'
import { setSetting } from '../settings.ts'
import { turnOn } from '../sign-on/providers.ts'
import { addStaff, appoint } from '../staff.ts'
import { readableSecret } from '../ways-in/recovery.ts'
import { approversKey, approversOn, whyNotDecide } from './power.ts'
import { getProposal, keepHalf, type Proposal, settle } from './proposals.ts'
import { dropWaysIn, handOut } from './reset.ts'

type Keys = Pick<House, 'crypto'>
const purpose = 'password-half'

/** Refuses a proposal. */
export async function refuseProposal(tx: Write, id: string, actor: Actor): Promise<void> {
  const { proposal, by } = await needDecider(tx, id, actor)
  await settle(tx, proposal, 'refused', by)
}

/** Takes one's own proposal back. */
export async function withdrawProposal(tx: Write, id: string, staffId: string): Promise<void> {
  const proposal = await getProposal(tx, id)
  if (proposal.proposedBy !== staffId) throw new Forbidden('not-your-proposal')
  await settle(tx, proposal, 'withdrawn', { kind: 'staff', id: staffId })
}

async function needDecider(tx: Write, id: string, actor: Actor) {
  const proposal = await getProposal(tx, id)
  if (proposal.outcome !== undefined) throw new Conflict('proposal-decided')
  const why = whyNotDecide(actor, proposal, await approversOn(tx, await todayOf(tx)))
  if (why !== undefined || actor.kind !== 'staff') throw new Forbidden(`approval-${why ?? 'not-approver'}`)
  return { proposal, by: { kind: 'staff' as const, id: actor.staffId } }
}

/**
 * Approves a proposal and does what it says. Where a log-in comes of it, gives the first half of its password: whoever proposed it is
 * shown the second, so that neither of the two can log in as the person.
 */
export async function approveProposal(
  tx: Write,
  house: Keys,
  id: string,
  actor: Actor,
): Promise<{ half: string; staffId: string } | undefined> {
  const { proposal, by } = await needDecider(tx, id, actor)
  await settle(tx, proposal, 'approved', by)
  const staffId = await carryOut(tx, house, proposal, by)
  if (staffId === undefined) return undefined
  const half = readableSecret(2)
  await dropWaysIn(tx, staffId)
  await keepHalf(tx, proposal.id, staffId, house.crypto.seal(tx.town, purpose, half))
  return { half, staffId }
}

/** Does what was approved; gives whose log-in is to be handed out. */
async function carryOut(
  tx: Write,
  house: Keys,
  proposal: Proposal,
  by: { kind: 'staff'; id: string },
): Promise<string | undefined> {
  switch (proposal.kind) {
    case 'add': {
      const { name, nameEn, title, idIndex, from, ...rest } = proposal.what
      const added = await addStaff(
        tx,
        house,
        {
          ...rest,
          name: { ar: name, en: nameEn || name },
          title: { ar: title, en: title },
          validFrom: from,
          validUntil: proposal.what.until,
          handedOut: true,
          idIndex: idIndex === undefined ? undefined : Buffer.from(idIndex, 'base64url'),
        },
        by,
      )
      return added.staffId
    }
    case 'appoint': {
      const { from, until, ...rest } = proposal.what
      await appoint(tx, { ...rest, staffId: whom(proposal), validFrom: from, validUntil: until }, by)
      return undefined
    }
    case 'reset':
      await record(tx, {
        actor: by,
        act: 'people.ways-in-reset',
        subjectKind: 'staff',
        subjectId: whom(proposal),
        cause: proposal.reason,
      })
      return whom(proposal)
    case 'sign-on':
      await turnOn(tx, proposal.what.providerId, by)
      return undefined
    case 'approvers':
      await setSetting(tx, { key: approversKey, from: await todayOf(tx), value: proposal.what.roles, by })
      return undefined
  }
}

function whom({ staffId }: Proposal): string {
  if (staffId === undefined) throw new Conflict('proposal-about-nobody')
  return staffId
}

/** The second half of the password, for whoever proposed, once; with it the password works. */
export async function secondHalf(
  tx: Write,
  house: Keys,
  id: string,
  staffId: string,
): Promise<{ half: string; staffId: string } | undefined> {
  const proposal = await getProposal(tx, id)
  if (proposal.proposedBy !== staffId) throw new Forbidden('not-your-proposal')
  if (!proposal.halfSealed || !proposal.staffId) return undefined
  const half = readableSecret(2)
  await handOut(tx, proposal.staffId, `${house.crypto.open(tx.town, purpose, proposal.halfSealed)}-${half}`)
  await keepHalf(tx, proposal.id, undefined, undefined)
  await record(tx, {
    actor: { kind: 'staff', id: staffId },
    act: 'people.password-handed-out',
    subjectKind: 'staff',
    subjectId: proposal.staffId,
  })
  return { half, staffId: proposal.staffId }
}
