import { sql } from 'kysely'
import { normaliseForSearch, searchTokens } from '../../lib/arabic.ts'
import { Conflict, NotFound } from '../../lib/errors.ts'
import { isId, newId } from '../../lib/ids.ts'
import type { Crypto } from '../../platform/crypto/index.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import { type AuditActor, record } from '../audit/index.ts'
import { idCandidates, indexId, openId, sealId } from './identity.ts'
import {
  displayName,
  type HomeAddress,
  type IdKind,
  type Person,
  type PersonKind,
  type Sex,
} from './model.ts'
import { addPhone } from './phones/acts.ts'
import { openParticulars, type Particulars, sealParticulars } from './records/particulars.ts'
import type { Registration } from './registration.ts'

type PersonRow = {
  person_id: string
  kind: PersonKind
  first_name: string
  father_name: string
  grandfather_name: string
  family_name: string
  display_name: string
  mother_name: string
  birth_date: string | null
  sex: Sex | null
  id_kind: IdKind
  address: Partial<HomeAddress>
  registered_at: Date
  source: string
  as_of: Date | null
  survivor_id: string | null
}

const columns = sql.raw(
  'person_id, kind, first_name, father_name, grandfather_name, family_name, display_name, mother_name, birth_date, sex, id_kind, address, registered_at, source, as_of, survivor_id',
)

/** The person, or NotFound. */
export async function getPerson(tx: Read, personId: string): Promise<Person> {
  const [person] = await getPeople(tx, [personId])
  if (!person) throw new NotFound('no-such-person')
  return person
}

/** Several persons in one query, in no order; those that do not exist are left out. */
export async function getPeople(tx: Read, personIds: readonly string[]): Promise<Person[]> {
  const found = await sql<PersonRow>`
    select ${columns} from person
     where municipality_id = ${tx.town} and person_id = any(${[...personIds]}::uuid[])`.execute(tx.q)
  return found.rows.map(toPerson)
}

/** The id number in clear; undefined where the person has none. Whoever shows it to staff notes the look. */
export async function idNumberOf(tx: Read, crypto: Crypto, personId: string): Promise<string | undefined> {
  const found = await sql<{ id_sealed: Buffer | null }>`
    select id_sealed from person where municipality_id = ${tx.town} and person_id = ${personId}`.execute(tx.q)
  const sealed = found.rows[0]?.id_sealed
  return sealed ? openId({ tx, crypto }, sealed) : undefined
}

/** What is kept sealed of a person besides the card. Whoever shows it to staff notes the look. */
export async function particularsOf(tx: Read, crypto: Crypto, personId: string): Promise<Particulars> {
  const found = await sql<{ particulars_sealed: Buffer | null }>`
    select particulars_sealed from person where municipality_id = ${tx.town} and person_id = ${personId}`.execute(
    tx.q,
  )
  return openParticulars({ tx, crypto }, found.rows[0]?.particulars_sealed ?? null)
}

/** The person of this number, whichever document it is of, by the record that stands for them; the identity card comes first. */
export async function findPersonByIdNumber(
  tx: Read,
  crypto: Crypto,
  idText: string,
): Promise<Person | undefined> {
  const candidates = idCandidates({ tx, crypto }, idText.slice(0, 60))
  if (candidates.length === 0) return undefined
  const found = await sql<PersonRow>`
    select ${columns} from person
     where municipality_id = ${tx.town} and id_index = any(${candidates}::bytea[])
     order by array_position(${candidates}::bytea[], id_index) limit 1`.execute(tx.q)
  const [row] = found.rows
  if (!row) return undefined
  return row.survivor_id === null ? toPerson(row) : getPerson(tx, row.survivor_id)
}

export type RegisterOptions = { source?: string | undefined; asOf?: Date | undefined }

/**
 * Enters a person. Somebody with this id number is not entered twice: `Conflict('person-exists', { personId })` names who is there, so
 * that the clerk opens them instead.
 */
export async function registerPerson(
  tx: Write,
  crypto: Crypto,
  input: Registration,
  by: AuditActor,
  options: RegisterOptions = {},
): Promise<string> {
  const keys = { tx, crypto }
  const id = newId(tx.now)
  const shown = displayName(input.name)
  const { idKind, idNumber, name } = input
  const index = idKind === 'none' || idNumber === undefined ? null : indexId(keys, idKind, idNumber)
  const written = await sql<{ person_id: string }>`
    insert into person (municipality_id, person_id, kind, first_name, father_name, grandfather_name, family_name, display_name,
                        sort_name, mother_name, birth_date, sex, id_kind, id_sealed, id_index, address, registered_at,
                        registered_by, source, as_of, particulars_sealed)
    values (${tx.town}, ${id}, ${input.kind}, ${name.first}, ${name.father}, ${name.grandfather}, ${name.family}, ${shown},
            ${normaliseForSearch(shown)}, ${input.motherName}, ${input.birthDate ?? null}, ${input.sex ?? null}, ${idKind},
            ${idNumber === undefined ? null : sealId(keys, idNumber)}, ${index}, ${JSON.stringify(input.address)}, ${tx.now},
            ${isId(by.id) ? by.id : null}, ${options.source ?? sourceOf(by)}, ${options.asOf ?? null},
            ${sealParticulars(keys, input.particulars ?? {})})
    on conflict (municipality_id, id_index) where id_index is not null do nothing
    returning person_id`.execute(tx.q)
  if (written.rows.length === 0) {
    const there = await sql<{ person_id: string }>`
      select coalesce(survivor_id, person_id) as person_id from person where municipality_id = ${tx.town} and id_index = ${index}`.execute(
      tx.q,
    )
    throw new Conflict('person-exists', { personId: there.rows[0]?.person_id })
  }
  await writeTokens(tx, id, shown)
  if (input.phone)
    await addPhone(tx, crypto, id, { e164: input.phone, shared: input.phoneShared, primary: true }, by)
  await record(tx, {
    actor: by,
    act: 'people.registered',
    subjectKind: 'person',
    subjectId: id,
    personId: id,
    personal: { name: shown },
  })
  return id
}

const sourceOf = (by: AuditActor) => ({ staff: 'counter', citizen: 'self' })[by.kind] ?? by.kind

/** Writes the words a person is found by. */
export async function writeTokens(tx: Write, personId: string, name: string): Promise<void> {
  await sql`
    insert into person_token (municipality_id, token, person_id, sort_name)
    select ${tx.town}, token, ${personId}::uuid, ${normaliseForSearch(name)} from unnest(${searchTokens(name)}::text[]) token`.execute(
    tx.q,
  )
}

function toPerson(row: PersonRow): Person {
  const { block = '', quarter = '', parcel = '', landmark = '' } = row.address
  return {
    id: row.person_id,
    kind: row.kind,
    name: {
      first: row.first_name,
      father: row.father_name,
      grandfather: row.grandfather_name,
      family: row.family_name,
    },
    displayName: row.display_name,
    motherName: row.mother_name,
    birthDate: row.birth_date ?? undefined,
    sex: row.sex ?? undefined,
    idKind: row.id_kind,
    address: { block, quarter, parcel, landmark },
    registeredAt: row.registered_at,
    source: row.source,
    asOf: row.as_of ?? undefined,
    ...(row.survivor_id !== null && { mergedInto: row.survivor_id }),
  }
}
