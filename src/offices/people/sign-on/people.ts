import { sql } from 'kysely'
import type { Write } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import { record } from '../../audit/index.ts'
import { tellCutOff } from '../cut-off.ts'
import { indexId, normaliseIdNumber } from '../identity.ts'
import { survivorOf } from '../records/same.ts'
import { normaliseLogin } from '../staff.ts'
import type { SignedOnAs } from './client.ts'
import type { Provider } from './providers.ts'

/** Why nobody here is who came back: `unknown`, their address is not `unverified`, the proof was too `weak`, or the name is `taken`. */
export type Nobody = 'unknown' | 'unverified' | 'weak' | 'taken'
export type Found = { id: string } | { nobody: Nobody }

const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

/**
 * Who of the staff came back. The first time they are found by the claim, and tied to the provider's own name for them; from then on by
 * that name alone. Nobody is made here, and an address the provider has not verified names nobody.
 */
export async function findStaff(tx: Write, provider: Provider, who: SignedOnAs): Promise<Found> {
  const tied = await linked(tx, provider, 'staff', who.subject)
  if (tied !== undefined) {
    const { rows } =
      await sql`select 1 from staff where municipality_id = ${tx.town} and staff_id = ${tied} and left_at is null`.execute(
        tx.q,
      )
    return rows.length > 0 ? { id: tied } : { nobody: 'unknown' }
  }
  const said = text(who.claims[provider.staffClaim]).trim()
  if (said === '') return { nobody: 'unknown' }
  if (provider.staffBy === 'email' && who.claims.email_verified !== true) return { nobody: 'unverified' }
  const { rows } = await sql<{ staff_id: string }>`
    select staff_id from staff
     where municipality_id = ${tx.town} and left_at is null
       and ${provider.staffBy === 'email' ? sql`email = ${said.toLowerCase()}` : sql`login = ${normaliseLogin(said)}`}`.execute(
    tx.q,
  )
  const id = rows[0]?.staff_id
  return id === undefined ? { nobody: 'unknown' } : tie(tx, provider, 'staff', who.subject, id)
}

/**
 * Which citizen came back: by the national number, and only with a proof the town has named. Nobody is registered here: who has no record
 * comes to the counter.
 */
export async function findCitizen(
  tx: Write,
  house: Pick<House, 'crypto'>,
  provider: Provider,
  who: SignedOnAs,
): Promise<Found> {
  if (who.acr === undefined || !provider.acr.includes(who.acr)) return { nobody: 'weak' }
  const number = normaliseIdNumber('palestinian-id', text(who.claims[provider.citizenClaim]))
  if (number === '') return { nobody: 'unknown' }
  const index = indexId({ tx, crypto: house.crypto }, 'palestinian-id', number)
  const { rows } = await sql<{ person_id: string }>`
    select person_id from person where municipality_id = ${tx.town} and id_index = ${index}`.execute(tx.q)
  const found = rows[0]?.person_id
  if (found === undefined) return { nobody: 'unknown' }
  const id = await survivorOf(tx, found)
  const tied = await linked(tx, provider, 'citizen', who.subject)
  if (tied === undefined) return tie(tx, provider, 'citizen', who.subject, id)
  // The provider's own name for somebody never changes hands.
  return (await survivorOf(tx, tied)) === id ? { id } : { nobody: 'taken' }
}

async function linked(
  tx: Write,
  provider: Provider,
  kind: 'staff' | 'citizen',
  subject: string,
): Promise<string | undefined> {
  const { rows } = await sql<{ subject_id: string }>`
    update sign_on_link set used_at = ${tx.now}
     where municipality_id = ${tx.town} and provider_id = ${provider.id} and kind = ${kind} and subject = ${subject}
     returning subject_id`.execute(tx.q)
  return rows[0]?.subject_id
}

async function tie(
  tx: Write,
  provider: Provider,
  kind: 'staff' | 'citizen',
  subject: string,
  id: string,
): Promise<Found> {
  const tied = await sql`
    insert into sign_on_link (municipality_id, provider_id, subject, kind, subject_id, linked_at, used_at)
    values (${tx.town}, ${provider.id}, ${subject}, ${kind}, ${id}, ${tx.now}, ${tx.now})
    on conflict do nothing`.execute(tx.q)
  // Somebody else came before under this name: another subject of the provider that now carries the same login or address.
  if (tied.numAffectedRows === 0n) return { nobody: 'taken' }
  await record(tx, {
    actor: { kind, id },
    act: 'people.sign-on-tied',
    cause: provider.name.ar,
    subjectKind: kind === 'staff' ? 'staff' : 'person',
    subjectId: id,
    ...(kind === 'citizen' && { personId: id }),
  })
  return { id }
}

/** Ends what a provider vouched for: one log-in of its own, or all of somebody. Gives how many ended. */
export async function endVouched(
  tx: Write,
  provider: Provider,
  { sub, sid }: { sub: string | undefined; sid: string | undefined },
): Promise<number> {
  const { rows } = await sql<{ token_hash: Buffer }>`
    update session set ended_at = ${tx.now}
     where municipality_id = ${tx.town} and provider_id = ${provider.id} and ended_at is null
       ${sub === undefined ? sql`` : sql`and provider_subject = ${sub}`}
       ${sid === undefined ? sql`` : sql`and provider_sid = ${sid}`}
     returning token_hash`.execute(tx.q)
  await tellCutOff(
    tx,
    rows.map(row => row.token_hash.toString('hex')),
  )
  await record(tx, {
    actor: { kind: 'system', id: 'sign-on' },
    act: 'people.log-ins-ended',
    subjectKind: 'sign-on-provider',
    subjectId: provider.id,
    cause: String(rows.length),
  })
  return rows.length
}
