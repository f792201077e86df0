import { sql } from 'kysely'
import type { Crypto } from '../../../platform/crypto/index.ts'
import type { Write } from '../../../platform/database/index.ts'
import { indexPhone } from '../identity.ts'

const asHex = (indexes: readonly Buffer[]) => [...new Set(indexes.map(each => each.toString('hex')))].sort()

/**
 * Holds numbers until the transaction ends, always in one order: of two people who give the same number at one instant the second sees the
 * first, and both rows say that it is shared.
 */
export async function holdNumbers(tx: Write, indexes: readonly Buffer[]): Promise<void> {
  for (const index of asHex(indexes))
    await sql`select pg_advisory_xact_lock(hashtextextended(${index}, 37))`.execute(tx.q)
}

const beyond = (tx: Write): Write => tx.asHouse('a number is shared by whoever else uses it')

/** Says anew of numbers whether several use them: two people in use, or one who said so. Records of one person count as one. */
export async function refreshShared(tx: Write, indexes: readonly Buffer[]): Promise<void> {
  if (indexes.length === 0) return
  await sql`
    with given as materialized (select decode(x, 'hex') as phone_index from unnest(${asHex(indexes)}::text[]) x),
    used as (
      select g.phone_index, bool_or(f.said_shared) or count(distinct coalesce(p.survivor_id, p.person_id)) > 1 as shared
        from given g
        join person_phone f on f.municipality_id = ${tx.town} and f.phone_index = g.phone_index and f.ended_at is null
        join person p on p.municipality_id = ${tx.town} and p.person_id = f.person_id
       group by g.phone_index)
    update person_phone f set is_shared = u.shared from used u
     where f.municipality_id = ${tx.town} and f.phone_index = u.phone_index and f.ended_at is null and f.is_shared <> u.shared`.execute(
    beyond(tx).q,
  )
}

/** These telephones are used by more than one, whoever that is: nothing private is sent to them any more. */
export async function sharePhones(tx: Write, crypto: Crypto, phones: readonly string[]): Promise<void> {
  if (phones.length === 0) return
  const indexes = asHex(phones.map(each => indexPhone({ tx, crypto }, each)))
  await sql`
    update person_phone set said_shared = true, is_shared = true
     where municipality_id = ${tx.town} and not (said_shared and is_shared) and ended_at is null and phone_index = any(array(
       select decode(x, 'hex') from unnest(${indexes}::text[]) x))`.execute(beyond(tx).q)
}
