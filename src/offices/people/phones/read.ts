import { sql } from 'kysely'
import { formatPhone } from '../../../lib/phone.ts'
import type { Crypto } from '../../../platform/crypto/index.ts'
import type { Read } from '../../../platform/database/index.ts'
import { indexPhone, openPhone } from '../identity.ts'
import type { Phone, PhoneLabel } from '../model.ts'
import { samePerson } from '../records/same.ts'

type PhoneRow = {
  phone_index: Buffer
  phone_sealed: Buffer
  label: PhoneLabel
  is_primary: boolean
  is_shared: boolean
  verified_at: Date | null
  verified_how: 'code' | 'counter' | null
  confirmed_at: Date | null
  failures: number | null
  failing_since: Date | null
  asleep_at: Date | null
}

/**
 * Telephones in use, the one messages go to first. Those of records that were merged are the person's too: a number that stands in both
 * is one, and the record that stays says which gets the messages.
 */
export async function phonesOf(tx: Read, crypto: Crypto, personId: string): Promise<Phone[]> {
  const { rows } = await sql<PhoneRow>`
    select f.phone_index, f.phone_sealed, f.label, f.is_primary, f.is_shared, f.verified_at, f.verified_how, f.confirmed_at, h.failures,
           h.failing_since, h.asleep_at
      from person_phone f
      left join phone_health h on h.municipality_id = f.municipality_id and h.phone_index = f.phone_index
     where f.municipality_id = ${tx.town} and f.person_id = any(${samePerson(personId)}) and f.ended_at is null
     order by f.is_primary desc, f.person_id <> (${samePerson(personId)})[1], f.added_at, f.phone_index`.execute(
    tx.q,
  )
  const phones: Phone[] = []
  for (const row of rows) {
    const e164 = openPhone({ tx, crypto }, row.phone_sealed)
    const known = phones.find(each => each.e164 === e164)
    if (known) join(known, row)
    else phones.push({ ...toPhone(row, e164), primary: row.is_primary && !phones.some(each => each.primary) })
  }
  return phones
}

const toPhone = (row: PhoneRow, e164: string): Omit<Phone, 'primary'> => ({
  e164,
  key: row.phone_index.toString('hex'),
  national: formatPhone(e164),
  label: row.label,
  shared: row.is_shared,
  verified: row.verified_at !== null,
  ...(row.verified_at && { verifiedAt: row.verified_at, verifiedHow: row.verified_how ?? 'code' }),
  ...(row.confirmed_at && { confirmedAt: row.confirmed_at }),
  failures: row.failures ?? 0,
  ...(row.failing_since && { failingSince: row.failing_since }),
  ...(row.asleep_at && { asleepAt: row.asleep_at }),
})

/** What the other record of the same person knows of the number. */
function join(phone: Phone, row: PhoneRow): void {
  phone.shared ||= row.is_shared
  phone.verified ||= row.verified_at !== null
  if (row.verified_at && !phone.verifiedAt)
    Object.assign(phone, { verifiedAt: row.verified_at, verifiedHow: row.verified_how ?? 'code' })
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
    select a.person_id, r.phone_sealed from unnest(${[...personIds]}::uuid[]) as a(person_id)
     cross join lateral reach_of(a.person_id) r where r.phone_sealed is not null`.execute(tx.q)
  return new Map(rows.map(row => [row.person_id, formatPhone(openPhone({ tx, crypto }, row.phone_sealed))]))
}

/** Who uses this telephone now; somebody whose records were merged stands once, by the record that stays. */
export async function phoneOwners(
  tx: Read,
  crypto: Crypto,
  e164: string,
): Promise<{ personId: string; displayName: string; shared: boolean; verified: boolean }[]> {
  const found = await sql<{
    person_id: string
    display_name: string
    is_shared: boolean
    is_verified: boolean
  }>`
    select s.person_id, s.display_name, u.is_shared, u.is_verified
      from (select coalesce(p.survivor_id, p.person_id) as person_id, bool_or(f.is_shared) as is_shared,
                   bool_or(f.verified_at is not null) as is_verified
              from person_phone f
              join person p on p.municipality_id = f.municipality_id and p.person_id = f.person_id
             where f.municipality_id = ${tx.town} and f.phone_index = ${indexPhone({ tx, crypto }, e164)} and f.ended_at is null
             group by 1) u
      join person s on s.municipality_id = ${tx.town} and s.person_id = u.person_id
     order by s.sort_name collate "C"`.execute(tx.q)
  return found.rows.map(row => ({
    personId: row.person_id,
    displayName: row.display_name,
    shared: row.is_shared,
    verified: row.is_verified,
  }))
}
