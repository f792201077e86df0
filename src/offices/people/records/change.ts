import { sql } from 'kysely'
import { normaliseForSearch } from '../../../lib/arabic.ts'
import { Conflict, InvalidInput } from '../../../lib/errors.ts'
import { newId } from '../../../lib/ids.ts'
import type { Crypto } from '../../../platform/crypto/index.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { errorCode } from '../../../platform/plain-error.ts'
import { type AuditActor, record } from '../../audit/index.ts'
import { indexId, sealId } from '../identity.ts'
import { displayName } from '../model.ts'
import { findPersonByIdNumber, getPerson, idNumberOf, particularsOf, writeTokens } from '../persons.ts'
import type { Registration } from '../registration.ts'
import { isPlain, sealParticulars } from './particulars.ts'
import { samePerson } from './same.ts'

/** What can be changed in a record; telephones have acts of their own. */
export const changeable = [
  'firstName',
  'fatherName',
  'grandfatherName',
  'familyName',
  'motherName',
  'birthDate',
  'sex',
  'idKind',
  'idNumber',
  'address',
  'particulars',
] as const
export type ChangedField = (typeof changeable)[number]

/** A record as its fields are compared and kept. */
type Fields = Record<ChangedField, string>

const purpose = 'person-change'

const fieldsOf = (of: Omit<Registration, 'kind' | 'phone' | 'phoneShared'>): Fields => ({
  firstName: of.name.first,
  fatherName: of.name.father,
  grandfatherName: of.name.grandfather,
  familyName: of.name.family,
  motherName: of.motherName,
  birthDate: of.birthDate ?? '',
  sex: of.sex ?? '',
  idKind: of.idKind,
  idNumber: of.idNumber ?? '',
  address: [of.address.quarter, of.address.block, of.address.parcel, of.address.landmark]
    .filter(part => part !== '')
    .join(' · '),
  particulars: of.particulars && !isPlain(of.particulars) ? JSON.stringify(of.particulars) : '',
})

/** The record as `changePerson` compares with it, number and particulars in clear. */
export async function recordOf(
  tx: Read,
  crypto: Crypto,
  personId: string,
): Promise<Omit<Registration, 'phone' | 'phoneShared'>> {
  const person = await getPerson(tx, personId)
  const { kind, name, motherName, birthDate, sex, idKind, address } = person
  const idNumber = await idNumberOf(tx, crypto, personId)
  const particulars = await particularsOf(tx, crypto, personId)
  return { kind, name, motherName, birthDate, sex, idKind, address, idNumber, particulars }
}

/** The same, held until the transaction ends: what is written over it is written over this. */
export async function holdRecord(
  tx: Write,
  crypto: Crypto,
  personId: string,
): Promise<Omit<Registration, 'phone' | 'phoneShared'>> {
  await sql`select 1 from person where municipality_id = ${tx.town} and person_id = ${personId} for no key update`.execute(
    tx.q,
  )
  return recordOf(tx, crypto, personId)
}

/**
 * Changes a person's record, and keeps what it was, what it is and why. Gives the fields that changed. Refused: without a reason, when
 * nothing changes (`nothing-changed`), and with the number of somebody else (`person-exists` with their id).
 */
export async function changePerson(
  tx: Write,
  crypto: Crypto,
  change: { personId: string; to: Registration; reason: string },
  by: AuditActor,
): Promise<ChangedField[]> {
  const { personId, to } = change
  const reason = change.reason.trim().slice(0, 500)
  if (reason === '') throw new InvalidInput([{ field: 'reason', code: 'reason-missing' }])
  const before = fieldsOf(await holdRecord(tx, crypto, personId))
  const after = fieldsOf(to)
  const changed = changeable.filter(field => before[field] !== after[field])
  if (changed.length === 0) throw new Conflict('nothing-changed')
  if (changed.includes('idNumber') && to.idNumber !== undefined) {
    const holder = await findPersonByIdNumber(tx, crypto, to.idNumber)
    if (holder && holder.id !== personId && holder.idKind === to.idKind)
      throw new Conflict('person-exists', { personId: holder.id })
  }
  await writeRecord(tx, crypto, personId, to)
  const some = (of: Fields) =>
    crypto.seal(tx.town, purpose, JSON.stringify(Object.fromEntries(changed.map(name => [name, of[name]]))))
  await sql`
    insert into person_change (municipality_id, change_id, person_id, at, by_kind, by_id, reason, fields, before_sealed, after_sealed)
    values (${tx.town}, ${newId(tx.now)}, ${personId}, ${tx.now}, ${by.kind}, ${by.id}, ${reason}, ${changed},
            ${some(before)}, ${some(after)})`.execute(tx.q)
  await record(tx, {
    actor: by,
    act: 'people.changed',
    subjectKind: 'person',
    subjectId: personId,
    personId,
    cause: reason,
    personal: { fields: changed.join(' ') },
  })
  return changed
}

async function writeRecord(tx: Write, crypto: Crypto, personId: string, to: Registration): Promise<void> {
  const keys = { tx, crypto }
  const shown = displayName(to.name)
  const { idKind, idNumber, name } = to
  const index = idKind === 'none' || idNumber === undefined ? null : indexId(keys, idKind, idNumber)
  try {
    await sql`
      update person set first_name = ${name.first}, father_name = ${name.father}, grandfather_name = ${name.grandfather},
             family_name = ${name.family}, display_name = ${shown}, sort_name = ${normaliseForSearch(shown)},
             mother_name = ${to.motherName}, birth_date = ${to.birthDate ?? null}, sex = ${to.sex ?? null}, id_kind = ${idKind},
             id_sealed = ${idNumber === undefined ? null : sealId(keys, idNumber)}, id_index = ${index},
             address = ${JSON.stringify(to.address)}, particulars_sealed = ${sealParticulars(keys, to.particulars ?? {})}
       where municipality_id = ${tx.town} and person_id = ${personId}`.execute(tx.q)
  } catch (error) {
    // Somebody was registered with this number between the question and now.
    if (errorCode(error) === '23505') throw new Conflict('person-exists')
    throw error
  }
  await sql`delete from person_token where municipality_id = ${tx.town} and person_id = ${personId}`.execute(
    tx.q,
  )
  await writeTokens(tx, personId, shown)
}

/** One change of a record. */
export type Change = {
  id: string
  at: Date
  byName: string | undefined
  reason: string
  fields: { field: ChangedField; before: string; after: string }[]
}

/** What was changed in a person's records, the latest first. */
export async function changesOf(tx: Read, crypto: Crypto, personId: string, limit = 20): Promise<Change[]> {
  const { rows } = await sql<{
    change_id: string
    at: Date
    by_name: string | null
    reason: string
    fields: ChangedField[]
    before_sealed: Buffer
    after_sealed: Buffer
  }>`
    select c.change_id, c.at, s.name_ar as by_name, c.reason, c.fields, c.before_sealed, c.after_sealed
      from person_change c
      left join staff s on s.municipality_id = c.municipality_id
       and s.staff_id = case when c.by_kind = 'staff' then c.by_id::uuid end
     where c.municipality_id = ${tx.town} and c.person_id = any(${samePerson(personId)})
     order by c.at desc, c.change_id desc limit ${limit}`.execute(tx.q)
  const open = (sealed: Buffer) => JSON.parse(crypto.open(tx.town, purpose, sealed)) as Partial<Fields>
  return rows.map(row => {
    const [before, after] = [open(row.before_sealed), open(row.after_sealed)]
    return {
      id: row.change_id,
      at: row.at,
      byName: row.by_name ?? undefined,
      reason: row.reason,
      fields: row.fields.map(field => ({ field, before: before[field] ?? '', after: after[field] ?? '' })),
    }
  })
}
