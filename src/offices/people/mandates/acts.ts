import { sql } from 'kysely'
import { type CalendarDate, dateIn } from '../../../lib/calendar.ts'
import { Conflict, Forbidden } from '../../../lib/errors.ts'
import { newId } from '../../../lib/ids.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import { type AuditActor, record } from '../../audit/index.ts'
import '../log-in/events.ts'
import { getPerson } from '../persons.ts'
import { type Mandate, type MandateProof, type MandateTerms, stateOf } from './model.ts'
import { getMandate } from './store.ts'

type MandateHouse = Pick<House, 'crypto' | 'events'>

export type NewMandate = { principalId: string; agentId: string; terms: MandateTerms }

const sides = 'both sides of a mandate are told of it'
const dayOf = async (tx: Read): Promise<CalendarDate> => {
  const { rows } = await sql<{ zone: string }>`
    select time_zone as zone from municipality where municipality_id = ${tx.town}`.execute(tx.q)
  return dateIn(tx.now, rows[0]?.zone ?? 'UTC')
}

/** Offers a mandate on the portal: in force once whoever is named has accepted it. Conflict `mandate-of-oneself`, `mandate-to-organisation`. */
export function offerMandate(
  tx: Write,
  house: MandateHouse,
  of: NewMandate,
  by: AuditActor,
): Promise<string> {
  return write(tx, house, of, by, undefined)
}

/** Enters a mandate at the counter by the paper that proves it: in force at once, and told to whoever gave it. */
export function enterMandate(
  tx: Write,
  house: MandateHouse,
  of: NewMandate & { proof: MandateProof },
  by: AuditActor,
): Promise<string> {
  return write(tx, house, of, by, of.proof)
}

async function write(
  tx: Write,
  house: MandateHouse,
  { principalId, agentId, terms }: NewMandate,
  by: AuditActor,
  proof: MandateProof | undefined,
): Promise<string> {
  if (principalId === agentId) throw new Conflict('mandate-of-oneself')
  if ((await getPerson(tx.asHouse(sides), agentId)).kind === 'organisation')
    throw new Conflict('mandate-to-organisation')
  const id = newId(tx.now)
  await sql`
    insert into mandate (municipality_id, mandate_id, principal_id, agent_id, acts, services, valid_from, valid_until, made_at, made_how,
                         made_by_kind, made_by, proof_sealed, accepted_at)
    values (${tx.town}, ${id}, ${principalId}, ${agentId}, ${[...terms.acts]}, ${terms.services ? [...terms.services] : null},
            ${terms.validFrom}::date, ${terms.validUntil ?? null}::date, ${tx.now}, ${proof ? 'counter' : 'portal'}, ${by.kind}, ${by.id},
            ${proof ? house.crypto.seal(tx.town, 'mandate-proof', JSON.stringify(proof)) : null}, ${proof ? tx.now : null})`.execute(
    tx.q,
  )
  await note(tx, proof ? 'people.mandate-entered' : 'people.mandate-offered', id, principalId, by)
  await house.events.publish(tx, 'people.log-in-told', {
    personId: proof ? principalId : agentId,
    news: proof ? 'mandate-in-force' : 'mandate-offered',
  })
  return id
}

/** The agent takes it on. Whoever calls has asked for the code of their telephone. Conflict `mandate-not-offered`. */
export async function acceptMandate(
  tx: Write,
  house: MandateHouse,
  { mandateId, agentId }: { mandateId: string; agentId: string },
  by: AuditActor,
): Promise<void> {
  const mandate = await getMandate(tx, mandateId, agentId)
  if (mandate.agent.id !== agentId || stateOf(mandate, await dayOf(tx)) !== 'offered')
    throw new Conflict('mandate-not-offered')
  await sql`update mandate set accepted_at = ${tx.now}
             where municipality_id = ${tx.town} and mandate_id = ${mandateId} and accepted_at is null and ended_at is null`.execute(
    tx.asHouse(sides).q,
  )
  await note(tx, 'people.mandate-accepted', mandateId, mandate.principal.id, by)
  await house.events.publish(tx, 'people.log-in-told', {
    personId: mandate.principal.id,
    news: 'mandate-in-force',
  })
}

/** Ends a mandate at once, by either side or by the counter for one of them; the other is told. An ended one stays ended. */
export async function endMandate(
  tx: Write,
  house: MandateHouse,
  { mandateId, personId }: { mandateId: string; personId: string },
  by: AuditActor,
): Promise<void> {
  const mandate = await getMandate(tx, mandateId, personId)
  if (mandate.endedAt) return
  await sql`update mandate set ended_at = ${tx.now}, ended_by_kind = ${by.kind}, ended_by = ${by.id}
             where municipality_id = ${tx.town} and mandate_id = ${mandateId} and ended_at is null`.execute(
    tx.asHouse(sides).q,
  )
  await note(tx, 'people.mandate-ended', mandateId, mandate.principal.id, by)
  const other = mandate.principal.id === personId ? mandate.agent.id : mandate.principal.id
  await house.events.publish(tx, 'people.log-in-told', { personId: other, news: 'mandate-ended' })
}

/**
 * From now on, in this log-in, somebody acts in the place of whoever gave them a mandate; or for themselves again where none is named. Told by
 * the record of the principal. Forbidden `mandate-not-in-force`.
 */
export async function takePlace(
  tx: Write,
  of: { personId: string; sessionHash: Buffer; mandateId: string | undefined },
): Promise<Mandate | undefined> {
  const mandate = of.mandateId === undefined ? undefined : await getMandate(tx, of.mandateId, of.personId)
  if (mandate && (mandate.agent.id !== of.personId || stateOf(mandate, await dayOf(tx)) !== 'in-force'))
    throw new Forbidden('mandate-not-in-force')
  // In somebody's place one's own log-in is not reached.
  await sql`update session set mandate_id = ${of.mandateId ?? null}
             where municipality_id = ${tx.town} and token_hash = ${of.sessionHash} and subject_id = ${of.personId}`.execute(
    tx.asHouse('whoever acts in another’s place goes back to their own').q,
  )
  if (mandate)
    await note(tx, 'people.place-taken', mandate.id, mandate.principal.id, {
      kind: 'citizen',
      id: of.personId,
    })
  return mandate
}

const note = (tx: Write, act: string, mandateId: string, personId: string, by: AuditActor): Promise<void> =>
  record(tx, { actor: by, act, subjectKind: 'mandate', subjectId: mandateId, personId })
