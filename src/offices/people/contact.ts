import { sql } from 'kysely'
import { composed } from '../../lib/arabic.ts'
import type { Crypto } from '../../platform/crypto/index.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import { type AuditActor, record } from '../audit/index.ts'
import { samePerson } from './records/same.ts'

/** The ways by which somebody is told: SMS, SMS and e-mail, or the inbox of the portal alone. */
export const contactChannels = ['sms', 'sms+email', 'portal'] as const
export type ContactChannels = (typeof contactChannels)[number]

type Keys = { tx: Pick<Read, 'town'>; crypto: Crypto }

/** An address as it is compared: what stands before the @ is left as it was typed, but for capitals. */
const normaliseEmail = (text: string): string => composed(text).trim().toLowerCase()

export const indexEmail = ({ tx, crypto }: Keys, email: string): Buffer =>
  crypto.blindIndex(tx.town, 'email', normaliseEmail(email))
export const sealEmail = ({ tx, crypto }: Keys, email: string): Buffer => crypto.seal(tx.town, 'email', email)
export const openEmail = ({ tx, crypto }: Keys, sealed: Buffer): string =>
  crypto.open(tx.town, 'email', sealed)

/** Whereby a person is told now. Sealed and indexed as rows keep it; an e-mail address that nobody has proven is left out. */
export type Reach = {
  phone: { sealed: Buffer; index: Buffer; shared: boolean; asleep: boolean } | undefined
  channels: ContactChannels
  email: { sealed: Buffer; index: Buffer } | undefined
}

/** Whereby a person is told; `reach_of(person)` says the same inside a statement. */
export async function reachOfPerson(tx: Read, personId: string): Promise<Reach> {
  const { rows } = await sql<{
    phone_sealed: Buffer | null
    phone_index: Buffer | null
    is_shared: boolean
    is_asleep: boolean
    channels: ContactChannels
    email_sealed: Buffer | null
    email_index: Buffer | null
  }>`select * from reach_of(${personId})`.execute(tx.q)
  const [row] = rows
  return {
    phone:
      row?.phone_sealed && row.phone_index
        ? { sealed: row.phone_sealed, index: row.phone_index, shared: row.is_shared, asleep: row.is_asleep }
        : undefined,
    channels: row?.channels ?? 'sms',
    email:
      row?.email_sealed && row.email_index ? { sealed: row.email_sealed, index: row.email_index } : undefined,
  }
}

/** By which ways a person wants to be told from now on. */
export async function preferChannels(
  tx: Write,
  personId: string,
  channels: ContactChannels,
  by: AuditActor,
): Promise<void> {
  await sql`
    insert into contact_preference (municipality_id, person_id, channels, changed_at, changed_by_kind, changed_by)
    values (${tx.town}, ${personId}, ${channels}, ${tx.now}, ${by.kind}, ${by.id})
    on conflict (municipality_id, person_id) do update
      set channels = excluded.channels, changed_at = excluded.changed_at, changed_by_kind = excluded.changed_by_kind,
          changed_by = excluded.changed_by`.execute(tx.q)
  await record(tx, {
    actor: by,
    act: 'people.channels-chosen',
    subjectKind: 'person',
    subjectId: personId,
    personId,
    cause: channels,
  })
}

export type Email = { address: string; verified: boolean }

/** The person's e-mail address; of merged records that of the one that stays. */
export async function emailOf(tx: Read, crypto: Crypto, personId: string): Promise<Email | undefined> {
  const { rows } = await sql<{ email_sealed: Buffer; verified_at: Date | null }>`
    select email_sealed, verified_at from person_email
     where municipality_id = ${tx.town} and person_id = any(${samePerson(personId)}) and ended_at is null
     order by person_id <> (${samePerson(personId)})[1], added_at desc limit 1`.execute(tx.q)
  const [row] = rows
  return row && { address: openEmail({ tx, crypto }, row.email_sealed), verified: row.verified_at !== null }
}

/** Takes a proven e-mail address for the person's; the one before is no longer used. */
export async function takeEmail(
  tx: Write,
  crypto: Crypto,
  personId: string,
  email: string,
  by: AuditActor,
): Promise<void> {
  const keys = { tx, crypto }
  await endAll(tx, personId)
  await sql`
    insert into person_email (municipality_id, person_id, email_index, email_sealed, added_at, verified_at)
    values (${tx.town}, ${personId}, ${indexEmail(keys, email)}, ${sealEmail(keys, email)}, ${tx.now}, ${tx.now})
    on conflict (municipality_id, person_id, email_index) do update
      set email_sealed = excluded.email_sealed, added_at = excluded.added_at, verified_at = excluded.verified_at, ended_at = null`.execute(
    tx.q,
  )
  await noteEmail(tx, 'people.email-verified', personId, email, by)
}

/** The person has no e-mail address any more. */
export async function endEmail(tx: Write, crypto: Crypto, personId: string, by: AuditActor): Promise<void> {
  const email = await emailOf(tx, crypto, personId)
  if (!email) return
  await endAll(tx, personId)
  await noteEmail(tx, 'people.email-ended', personId, email.address, by)
}

const endAll = (tx: Write, personId: string) =>
  sql`update person_email set ended_at = ${tx.now}
       where municipality_id = ${tx.town} and person_id = any(${samePerson(personId)}) and ended_at is null`.execute(
    tx.q,
  )

const noteEmail = (tx: Write, act: string, personId: string, email: string, by: AuditActor) =>
  record(tx, {
    actor: by,
    act,
    subjectKind: 'person',
    subjectId: personId,
    personId,
    personal: { email },
  })
