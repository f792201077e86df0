import { sql } from 'kysely'
import { dateIn } from '../../../lib/calendar.ts'
import { Conflict, InvalidInput, NotFound } from '../../../lib/errors.ts'
import type { Write } from '../../../platform/database/transaction.ts'
import { type AuditActor, record } from '../../audit/index.ts'
import { getPerson } from '../../people/index.ts'
import type { Desk } from '../desk.ts'
import { endedStates } from '../model.ts'
import { getRequest } from '../store.ts'
import { actsForAnother, inTerm, type NewParty, type PartyCapacity, sharesExceedWhole } from './model.ts'
import { partiesOf, writeParties } from './store.ts'

/**
 * Names a party of a request, or renews the term of one: written down with who did it. Refused: on a request that has ended
 * (`request-ended`), with a term that has passed (`proof-expired`), and where the shares come to more than the whole (`shares-over-whole`).
 * The request is held meanwhile, so that two who name heirs at once cannot exceed it together.
 */
export async function addParty(
  tx: Write,
  desk: Pick<Desk, 'town'>,
  { requestId, party }: { requestId: string; party: NewParty },
  by: AuditActor,
): Promise<void> {
  const request = await getRequest(tx, requestId, true)
  if (endedStates.includes(request.projection.state)) throw new Conflict('request-ended')
  const person = await getPerson(tx, party.personId)
  if (!inTerm(party, dateIn(tx.now, desk.town.timeZone)))
    throw new InvalidInput([{ field: 'validUntil', code: 'proof-expired' }])
  const others = (await partiesOf(tx, requestId)).filter(
    each => each.personId !== party.personId || each.capacity !== party.capacity,
  )
  if (sharesExceedWhole([...others, party]))
    throw new InvalidInput([{ field: 'share', code: 'shares-over-whole' }])
  await writeParties(tx, requestId, [party], by)
  await record(tx, {
    actor: by,
    act: 'request.party-added',
    subjectKind: 'request',
    subjectId: requestId,
    requestId,
    personId: party.personId,
    cause: party.capacity,
    personal: { name: person.displayName },
  })
}

/**
 * Ends a party of a request, with the reason. The applicant stays: whoever filed it filed it (`party-is-applicant`); so does the only
 * principal of somebody who acts for another (`party-is-needed`).
 */
export async function endParty(
  tx: Write,
  of: { requestId: string; personId: string; capacity: PartyCapacity; reason: string },
  by: AuditActor,
): Promise<void> {
  const { requestId, personId, capacity } = of
  const reason = of.reason.trim().slice(0, 500)
  if (reason === '') throw new InvalidInput([{ field: 'reason', code: 'reason-missing' }])
  const request = await getRequest(tx, requestId, true)
  if (endedStates.includes(request.projection.state)) throw new Conflict('request-ended')
  if (personId === request.applicantId && capacity === request.capacity)
    throw new Conflict('party-is-applicant')
  const parties = await partiesOf(tx, requestId)
  if (!parties.some(each => each.personId === personId && each.capacity === capacity))
    throw new NotFound('no-such-party')
  const principals = parties.filter(each => each.capacity === 'principal')
  if (capacity === 'principal' && principals.length === 1 && actsForAnother(request.capacity))
    throw new Conflict('party-is-needed')
  await sql`
    update request_party set ended_at = ${tx.now}, ended_reason = ${reason}
     where municipality_id = ${tx.town} and request_id = ${requestId} and person_id = ${personId} and capacity = ${capacity}`.execute(
    tx.q,
  )
  await record(tx, {
    actor: by,
    act: 'request.party-ended',
    subjectKind: 'request',
    subjectId: requestId,
    requestId,
    personId,
    cause: reason,
  })
}
