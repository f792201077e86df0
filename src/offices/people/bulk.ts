import { sql } from 'kysely'
import { normaliseForSearch, searchTokens } from '../../lib/arabic.ts'
import { newId } from '../../lib/ids.ts'
import type { Crypto } from '../../platform/crypto/index.ts'
import type { Write } from '../../platform/database/index.ts'
import { type AuditActor, record } from '../audit/index.ts'
import { indexId, indexPhone, sealId, sealPhone } from './identity.ts'
import { displayName } from './model.ts'
import { refreshShared } from './phones/shared.ts'
import type { Registration } from './registration.ts'

const hex = (bytes: Buffer) => `\\x${bytes.toString('hex')}`

/**
 * Enters many persons of an earlier register at once: a handful of statements, however many they are. Gives their ids in order. The caller has
 * made sure that none of them is there already; the audit has one row for the whole. `asOf` is the day the register holds for.
 */
export async function registerMany(
  tx: Write,
  crypto: Crypto,
  people: readonly Registration[],
  by: AuditActor,
  source: string,
  asOf?: Date,
): Promise<string[]> {
  const keys = { tx, crypto }
  const ids = people.map(() => newId(tx.now))
  const rows = people.map((person, at) => {
    const shown = displayName(person.name)
    const { idKind, idNumber, phone } = person
    return {
      id: ids[at],
      kind: person.kind,
      ...person.name,
      shown,
      sorted: normaliseForSearch(shown),
      mother: person.motherName,
      birth: person.birthDate ?? null,
      sex: person.sex ?? null,
      id_kind: idKind,
      id_sealed: idNumber === undefined ? null : hex(sealId(keys, idNumber)),
      id_index: idKind === 'none' || idNumber === undefined ? null : hex(indexId(keys, idKind, idNumber)),
      address: person.address,
      tokens: searchTokens(shown),
      phone_index: phone === undefined ? null : hex(indexPhone(keys, phone)),
      phone_sealed: phone === undefined ? null : hex(sealPhone(keys, phone)),
      shared: person.phoneShared ?? false,
    }
  })
  await sql`
    with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(id uuid, kind text, first text, father text, grandfather text,
        family text, shown text, sorted text, mother text, birth date, sex text, id_kind text, id_sealed bytea, id_index bytea,
        address jsonb, tokens text[], phone_index bytea, phone_sealed bytea, shared boolean)
    ), people as (
      insert into person (municipality_id, person_id, kind, first_name, father_name, grandfather_name, family_name, display_name, sort_name,
                          mother_name, birth_date, sex, id_kind, id_sealed, id_index, address, registered_at, source, as_of)
      select ${tx.town}::uuid, id, kind, first, father, grandfather, family, shown, sorted, mother, birth, sex, id_kind, id_sealed, id_index,
             address, ${tx.now}::timestamptz, ${source}::text, ${asOf ?? null}::timestamptz from given
    ), names as (
      insert into person_token (municipality_id, token, person_id, sort_name)
      select distinct ${tx.town}::uuid, token, id, sorted from given cross join unnest(tokens) as token
    )
    insert into person_phone (municipality_id, person_id, phone_index, phone_sealed, is_primary, is_shared, said_shared, added_at)
    select ${tx.town}::uuid, id, phone_index, phone_sealed, true, shared, shared, ${tx.now}::timestamptz from given
     where phone_index is not null`.execute(tx.q)
  await refreshShared(
    tx,
    people.flatMap(({ phone }) => (phone === undefined ? [] : [indexPhone(keys, phone)])),
  )
  await record(tx, {
    actor: by,
    act: 'people.imported',
    subjectKind: 'register',
    subjectId: source,
    cause: `${people.length}`,
  })
  return ids
}
