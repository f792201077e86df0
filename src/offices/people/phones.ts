import { sql } from 'kysely'
import { formatPhone } from '../../lib/phone.ts'
import type { Crypto } from '../../platform/crypto/index.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import { type AuditActor, record } from '../audit/index.ts'
import { indexPhone, openPhone, sealPhone } from './identity.ts'
import type { Phone } from './model.ts'

type PhoneRow = { phone_sealed: Buffer; is_primary: boolean; is_shared: boolean; verified_at: Date | null }

/** Telephones in use, the primary one first. */
export async function phonesOf(tx: Read, crypto: Crypto, personId: string): Promise<Phone[]> {
  const found = await sql<PhoneRow>`
    select phone_sealed, is_primary, is_shared, verified_at from person_phone
     where municipality_id = ${tx.town} and person_id = ${personId} and ended_at is null
     order by is_primary desc, added_at, phone_index`.execute(tx.q)
  return found.rows.map(row => {
    const e164 = openPhone({ tx, crypto }, row.phone_sealed)
    return {
      e164,
      national: formatPhone(e164),
      shared: row.is_shared,
      verified: row.verified_at !== null,
      primary: row.is_primary,
    }
  })
}

/** The telephone messages go to. */
export async function primaryPhone(tx: Read, crypto: Crypto, personId: string): Promise<Phone | undefined> {
  const phones = await phonesOf(tx, crypto, personId)
  return phones.find(phone => phone.primary)
}

/** The telephones messages go to, of several people at once, as they are dialled in the country. */
export async function primaryPhones(
  tx: Read,
  crypto: Crypto,
  personIds: readonly string[],
): Promise<Map<string, string>> {
  if (personIds.length === 0) return new Map()
  const { rows } = await sql<{ person_id: string; phone_sealed: Buffer }>`
    select person_id, phone_sealed from person_phone
     where municipality_id = ${tx.town} and person_id = any(${personIds}::uuid[]) and is_primary and ended_at is null`.execute(
    tx.q,
  )
  return new Map(rows.map(row => [row.person_id, formatPhone(openPhone({ tx, crypto }, row.phone_sealed))]))
}

/** Who uses this telephone now. */
export async function phoneOwners(
  tx: Read,
  crypto: Crypto,
  e164: string,
): Promise<{ personId: string; displayName: string; shared: boolean }[]> {
  const found = await sql<{ person_id: string; display_name: string; is_shared: boolean }>`
    select p.person_id, p.display_name, f.is_shared
      from person_phone f
      join person p on p.municipality_id = f.municipality_id and p.person_id = f.person_id
     where f.municipality_id = ${tx.town} and f.phone_index = ${indexPhone({ tx, crypto }, e164)} and f.ended_at is null
     order by p.sort_name collate "C"`.execute(tx.q)
  return found.rows.map(row => ({
    personId: row.person_id,
    displayName: row.display_name,
    shared: row.is_shared,
  }))
}

export type NewPhone = { e164: string; shared?: boolean | undefined; primary?: boolean | undefined }

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
  const keys = { tx, crypto }
  const index = indexPhone(keys, phone.e164)
  if (phone.primary) {
    await sql`update person_phone set is_primary = false
               where municipality_id = ${tx.town} and person_id = ${personId} and is_primary`.execute(tx.q)
  }
  const others = await sql`
    update person_phone set is_shared = true
     where municipality_id = ${tx.town} and phone_index = ${index} and person_id <> ${personId} and ended_at is null`.execute(
    tx.q,
  )
  const shared = phone.shared === true || (others.numAffectedRows ?? 0n) > 0n
  await sql`
    insert into person_phone as f (municipality_id, person_id, phone_index, phone_sealed, is_primary, is_shared, verified_at, added_at)
    values (${tx.town}, ${personId}, ${index}, ${sealPhone(keys, phone.e164)}, ${phone.primary === true}, ${shared}, null, ${tx.now})
    on conflict (municipality_id, person_id, phone_index) do update
      set is_primary = excluded.is_primary or (f.is_primary and f.ended_at is null), is_shared = excluded.is_shared, ended_at = null,
          verified_at = case when f.ended_at is null then f.verified_at end`.execute(tx.q)
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
  const index = indexPhone({ tx, crypto }, phone.e164)
  await sql`update person_phone set ended_at = ${tx.now}, is_primary = false
             where municipality_id = ${tx.town} and person_id = ${personId} and is_primary and phone_index <> ${index}`.execute(
    tx.q,
  )
  await addPhone(tx, crypto, personId, { ...phone, primary: true }, by)
}

/** Notes that the person was reached at this number: they read a code out of it. */
export async function verifyPhone(
  tx: Write,
  crypto: Crypto,
  personId: string,
  e164: string,
  by: AuditActor,
): Promise<void> {
  await sql`update person_phone set verified_at = ${tx.now}
             where municipality_id = ${tx.town} and person_id = ${personId} and ended_at is null
               and phone_index = ${indexPhone({ tx, crypto }, e164)}`.execute(tx.q)
  await note(tx, 'people.phone-verified', personId, e164, by)
}

function note(tx: Write, act: string, personId: string, phone: string, by: AuditActor): Promise<void> {
  return record(tx, {
    actor: by,
    act,
    subjectKind: 'person',
    subjectId: personId,
    personId,
    personal: { phone },
  })
}
