import { sql } from 'kysely'
import { Conflict, NotFound } from '../../../lib/errors.ts'
import { isId } from '../../../lib/ids.ts'
import type { Crypto } from '../../../platform/crypto/index.ts'
import type { Write } from '../../../platform/database/index.ts'
import { type AuditActor, record } from '../../audit/index.ts'
import { indexPhone, sealPhone } from '../identity.ts'
import type { PhoneLabel } from '../model.ts'
import { samePerson } from '../records/same.ts'
import { wakePhone } from './ageing.ts'
import { phonesOf } from './read.ts'
import { holdNumbers, refreshShared } from './shared.ts'

export type NewPhone = {
  e164: string
  shared?: boolean | undefined
  primary?: boolean | undefined
  label?: PhoneLabel | undefined
}

/**
 * Adds a telephone, or takes up again one that had ended. A number somebody else uses too is shared from then on, for all of them: what
 * is private is no longer sent to it.
 */
export async function addPhone(
  tx: Write,
  crypto: Crypto,
  personId: string,
  phone: NewPhone,
  by: AuditActor,
): Promise<void> {
  await holdPerson(tx, personId)
  await writePhone(tx, crypto, personId, phone)
  await note(tx, 'people.phone-added', personId, phone.e164, by)
}

/** Makes this the telephone messages go to; the one before is no longer used. */
export async function changePhone(
  tx: Write,
  crypto: Crypto,
  personId: string,
  phone: Omit<NewPhone, 'primary'>,
  by: AuditActor,
): Promise<void> {
  await holdPerson(tx, personId)
  const index = indexPhone({ tx, crypto }, phone.e164)
  await holdNumbers(tx, [index])
  const { rows } = await sql<{ phone_index: Buffer }>`
    update person_phone set ended_at = ${tx.now}, is_primary = false
     where municipality_id = ${tx.town} and person_id = any(${samePerson(personId)}) and is_primary and ended_at is null
       and phone_index <> ${index} returning phone_index`.execute(tx.q)
  await refreshShared(
    tx,
    rows.map(row => row.phone_index),
  )
  await addPhone(tx, crypto, personId, { ...phone, primary: true }, by)
}

/** Which of the person's telephones messages go to from now on. NotFound where it is none of theirs. */
export async function choosePhone(
  tx: Write,
  crypto: Crypto,
  personId: string,
  e164: string,
  by: AuditActor,
): Promise<void> {
  await holdPerson(tx, personId)
  const known = await ownPhone(tx, crypto, personId, e164)
  // The record that stays says which it is, so the number stands in that record too.
  await writePhone(tx, crypto, personId, { e164, primary: true, label: known.label })
  if (known.verifiedAt)
    await sql`update person_phone set verified_at = ${known.verifiedAt}, verified_how = ${known.verifiedHow}
               where municipality_id = ${tx.town} and person_id = ${personId} and phone_index = ${indexPhone({ tx, crypto }, e164)}
                 and verified_at is null`.execute(tx.q)
  await note(tx, 'people.phone-chosen', personId, e164, by)
}

/** What is said of a number: whose it is, and whether others use it too. */
export async function describePhone(
  tx: Write,
  crypto: Crypto,
  personId: string,
  { e164, label, shared }: { e164: string; label: PhoneLabel; shared: boolean },
  by: AuditActor,
): Promise<void> {
  await ownPhone(tx, crypto, personId, e164)
  const index = indexPhone({ tx, crypto }, e164)
  await holdNumbers(tx, [index])
  await sql`update person_phone set label = ${label}, said_shared = ${shared}
             where municipality_id = ${tx.town} and person_id = any(${samePerson(personId)}) and phone_index = ${index}
               and ended_at is null`.execute(tx.q)
  await refreshShared(tx, [index])
  await note(tx, 'people.phone-described', personId, e164, by)
}

/** A number that is no longer theirs. Where messages went to it, they go to no other until one is chosen. */
export async function endPhone(
  tx: Write,
  crypto: Crypto,
  personId: string,
  e164: string,
  by: AuditActor,
): Promise<void> {
  await ownPhone(tx, crypto, personId, e164)
  const index = indexPhone({ tx, crypto }, e164)
  await holdNumbers(tx, [index])
  await sql`update person_phone set ended_at = ${tx.now}, is_primary = false
             where municipality_id = ${tx.town} and person_id = any(${samePerson(personId)}) and phone_index = ${index}
               and ended_at is null`.execute(tx.q)
  await refreshShared(tx, [index])
  await note(tx, 'people.phone-ended', personId, e164, by)
}

/**
 * Notes that the number is theirs: they read a code out of it, or showed who they are at the counter and it rang there. It wakes a number
 * that slept. A code proves nothing of a number several share: Conflict `phone-shared`.
 */
export async function verifyPhone(
  tx: Write,
  crypto: Crypto,
  personId: string,
  e164: string,
  by: AuditActor,
  how: 'code' | 'counter' = 'code',
): Promise<void> {
  const known = await ownPhone(tx, crypto, personId, e164)
  if (how === 'code' && known.shared) throw new Conflict('phone-shared')
  const index = indexPhone({ tx, crypto }, e164)
  await sql`update person_phone set verified_at = ${tx.now}, verified_how = ${how}, verified_by = ${by.kind === 'staff' && isId(by.id) ? by.id : null},
                   confirmed_at = ${tx.now}
             where municipality_id = ${tx.town} and person_id = any(${samePerson(personId)}) and ended_at is null
               and phone_index = ${index}`.execute(tx.q)
  await wakePhone(tx, index)
  await note(tx, 'people.phone-verified', personId, e164, by)
}

/** The person's own telephone; NotFound where it is none of theirs. */
export async function ownPhone(tx: Write, crypto: Crypto, personId: string, e164: string) {
  const found = (await phonesOf(tx, crypto, personId)).find(each => each.e164 === e164)
  if (!found) throw new NotFound('no-such-phone')
  return found
}

async function writePhone(tx: Write, crypto: Crypto, personId: string, phone: NewPhone): Promise<void> {
  const keys = { tx, crypto }
  const index = indexPhone(keys, phone.e164)
  await holdNumbers(tx, [index])
  if (phone.primary) {
    await sql`update person_phone set is_primary = false
               where municipality_id = ${tx.town} and person_id = ${personId} and is_primary and phone_index <> ${index}`.execute(
      tx.q,
    )
  }
  await sql`
    insert into person_phone as f (municipality_id, person_id, phone_index, phone_sealed, label, is_primary, is_shared, said_shared, added_at)
    values (${tx.town}, ${personId}, ${index}, ${sealPhone(keys, phone.e164)}, ${phone.label ?? 'own'}, ${phone.primary === true},
            ${phone.shared === true}, ${phone.shared === true}, ${tx.now})
    on conflict (municipality_id, person_id, phone_index) do update
      set is_primary = excluded.is_primary or (f.is_primary and f.ended_at is null), ended_at = null,
          said_shared = excluded.said_shared or (f.said_shared and f.ended_at is null),
          label = case when ${phone.label !== undefined} or f.ended_at is not null then excluded.label else f.label end,
          verified_at = case when f.ended_at is null then f.verified_at end,
          verified_how = case when f.ended_at is null then f.verified_how end,
          confirmed_at = case when f.ended_at is null then f.confirmed_at end`.execute(tx.q)
  await refreshShared(tx, [index])
}

/** What is done to the telephones of one person is done one after another. */
const holdPerson = (tx: Write, personId: string) =>
  sql`select 1 from person where municipality_id = ${tx.town} and person_id = ${personId} for no key update`.execute(
    tx.q,
  )

/** Writes in the audit what was done to a telephone, the number sealed. */
export function note(tx: Write, act: string, personId: string, phone: string, by: AuditActor): Promise<void> {
  return record(tx, {
    actor: by,
    act,
    subjectKind: 'person',
    subjectId: personId,
    personId,
    personal: { phone },
  })
}
