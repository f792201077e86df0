import { sql } from 'kysely'
import type { CitizenLevel } from '../../../kernel/access/index.ts'
import { Conflict } from '../../../lib/errors.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import { type AuditActor, record } from '../../audit/index.ts'
import { idCandidates, openId, sealId } from '../identity.ts'
import { getPerson } from '../persons.ts'
import { mergePeople } from '../records/merge.ts'
import { samePerson } from '../records/same.ts'
import './events.ts'
import { type CheckPurpose, type IdentityCheck, recordIdentityCheck } from './identity.ts'
import { setPin } from './pin.ts'

type LogInHouse = Pick<House, 'crypto' | 'events'>

/** Somebody's log-in as the counter sees it. */
export type LogInStanding = {
  level: CitizenLevel
  setAt: Date
  /** Of who registered themselves: the number they say is theirs. */
  claimedNumber: string | undefined
  /** Last entered by the PIN alone from a browser that was strange. */
  unprovenAt: Date | undefined
}

/** The log-in of somebody, where they have one. */
export async function logInStanding(
  tx: Read,
  { crypto }: Pick<House, 'crypto'>,
  personId: string,
): Promise<LogInStanding | undefined> {
  const { rows } = await sql<{
    level: CitizenLevel
    set_at: Date
    claimed_id_sealed: Buffer | null
    unproven_at: Date | null
  }>`
    select l.level, l.set_at, l.claimed_id_sealed,
           (select max(d.first_at) from citizen_device d
             where d.municipality_id = l.municipality_id and d.person_id = any(${samePerson(personId)}) and d.known_by = 'pin'
               and d.ended_at is null) as unproven_at
      from citizen_login l where l.municipality_id = ${tx.town} and l.person_id = ${personId}`.execute(tx.q)
  const [row] = rows
  return (
    row && {
      level: row.level,
      setAt: row.set_at,
      claimedNumber: row.claimed_id_sealed ? openId({ tx, crypto }, row.claimed_id_sealed) : undefined,
      unprovenAt: row.unproven_at ?? undefined,
    }
  )
}

/** Records of people who registered themselves with this number and were not seen yet; the newest first. */
export async function claimantsOf(
  tx: Read,
  { crypto }: Pick<House, 'crypto'>,
  idNumber: string,
): Promise<{ personId: string; name: string; at: Date }[]> {
  const { rows } = await sql<{ person_id: string; display_name: string; registered_at: Date }>`
    select p.person_id, p.display_name, p.registered_at from citizen_login l
      join person p on p.municipality_id = l.municipality_id and p.person_id = l.person_id and p.survivor_id is null
     where l.municipality_id = ${tx.town} and l.claimed_id_index = any(${idCandidates({ tx, crypto }, idNumber)}::bytea[])
       and l.level = 'claimed'
     order by p.registered_at desc limit 5`.execute(tx.q)
  return rows.map(row => ({ personId: row.person_id, name: row.display_name, at: row.registered_at }))
}

/**
 * Hands a PIN over to whoever showed who they are: the first, or another for a log-in there was, which ends every log-in and every known
 * browser before it. Gives the PIN, once. The person is told.
 */
export async function handOverPin(
  tx: Write,
  house: LogInHouse,
  { personId, check }: { personId: string; check: IdentityCheck },
  by: AuditActor,
): Promise<string> {
  if ((await getPerson(tx, personId)).kind === 'organisation')
    throw new Conflict('organisations-log-in-by-people')
  const before = await logInStanding(tx, house, personId)
  const purpose: CheckPurpose = before ? (before.level === 'claimed' ? 'upgrade' : 'recovery') : 'first'
  await recordIdentityCheck(tx, house, { personId, purpose, check }, by)
  const pin = await setPin(tx, personId, by)
  if (before)
    await house.events.publish(tx, 'people.log-in-told', {
      personId,
      news: purpose === 'upgrade' ? 'verified' : 'pin-renewed',
    })
  return pin
}

/**
 * Takes somebody who registered themselves for known, once they showed the card with the number they had given. Where nobody has the number
 * it becomes theirs, and they keep the PIN they chose. Where a record has it, theirs is put under that one, and a PIN for it is given: the one
 * who stands here shows that both are theirs. Conflict `claim-differs` where the card says another number, `not-claimed`.
 */
export async function verifyClaim(
  tx: Write,
  house: LogInHouse,
  of: { personId: string; cardNumber: string; check: IdentityCheck; reason: string },
  by: AuditActor,
): Promise<{ personId: string; pin: string | undefined }> {
  const { personId, check } = of
  const { rows } = await sql<{ claimed_id_index: Buffer | null; claimed_id_sealed: Buffer }>`
    select claimed_id_index, claimed_id_sealed from citizen_login
     where municipality_id = ${tx.town} and person_id = ${personId} and level = 'claimed' for update`.execute(
    tx.q,
  )
  const [claim] = rows
  if (!claim?.claimed_id_index) throw new Conflict('not-claimed')
  const index = claim.claimed_id_index
  const shown = idCandidates({ tx, crypto: house.crypto }, of.cardNumber)
  if (!shown.some(each => each.equals(index))) throw new Conflict('claim-differs')
  const known = await sql<{ person_id: string }>`
    select coalesce(survivor_id, person_id) as person_id from person where municipality_id = ${tx.town} and id_index = ${index}`.execute(
    tx.q,
  )
  const there = known.rows[0]?.person_id
  if (there !== undefined) {
    await mergePeople(tx, { mergedId: personId, intoId: there, reason: of.reason, despite: true }, by)
    return {
      personId: there,
      pin: await handOverPin(
        tx,
        house,
        { personId: there, check: { ...check, reason: check.reason ?? 'closed' } },
        by,
      ),
    }
  }
  await recordIdentityCheck(tx, house, { personId, purpose: 'upgrade', check }, by)
  const number = openId({ tx, crypto: house.crypto }, claim.claimed_id_sealed)
  await sql`update person set id_kind = 'palestinian-id', id_index = ${index}, id_sealed = ${sealId({ tx, crypto: house.crypto }, number)}
             where municipality_id = ${tx.town} and person_id = ${personId}`.execute(tx.q)
  await sql`update citizen_login set level = 'verified', phone_index = null, claimed_id_index = null, claimed_id_sealed = null
             where municipality_id = ${tx.town} and person_id = ${personId}`.execute(tx.q)
  await sql`update session set level = 'verified'
             where municipality_id = ${tx.town} and subject_id = ${personId} and subject_kind = 'citizen' and ended_at is null`.execute(
    tx.q,
  )
  await record(tx, {
    actor: by,
    act: 'people.claim-verified',
    subjectKind: 'person',
    subjectId: personId,
    personId,
  })
  await house.events.publish(tx, 'people.log-in-told', { personId, news: 'verified' })
  return { personId, pin: undefined }
}
