import { sql } from 'kysely'
import { newId } from '../../../lib/ids.ts'
import { parsePhone } from '../../../lib/phone.ts'
import { cleanSms } from '../../../lib/sms/index.ts'
import type { Write } from '../../../platform/database/index.ts'
import { indexPhone, sealPhone } from '../../people/index.ts'
import { planMessage } from '../plan.ts'
import { worded } from '../templates/registry.ts'
import { heardOf } from './limits.ts'
import type { Desk, IncomingSms } from './model.ts'
import { countTexts, noteDropped } from './number.ts'
import { told } from './told.ts'

/** Whoever writes: the telephone, sealed, and as it is found. */
export type Sender = { from: string; sealed: Buffer; index: Buffer }

/** A text that was kept; `heard` where it came before and was answered then. */
export type Taken = { id: string; sms: IncomingSms; repeated: boolean; heard: boolean }

/** The telephone a text came from; undefined where it is none, such as the name of a company. */
export function senderOf({ house }: Desk, town: string, from: string): Sender | undefined {
  const phone = parsePhone(from)
  if (!phone.ok) return undefined
  const keys = { tx: { town }, crypto: house.crypto }
  const { e164 } = phone.value
  return { from: e164, sealed: sealPhone(keys, e164), index: indexPhone(keys, e164) }
}

const longestRef = 200

/**
 * Writes down texts of one telephone, each exactly once by the provider's reference. What goes beyond the limits of the number is counted
 * and dropped, and the number told so once in an hour. Gives those that are kept, the first first.
 */
export async function takeIn(
  tx: Write,
  desk: Desk,
  { from: _from, sealed, index }: Sender,
  texts: readonly IncomingSms[],
): Promise<Taken[]> {
  // What one telephone sends is taken in one after another.
  await sql`select pg_advisory_xact_lock(hashtextextended(${index.toString('hex')}, 15))`.execute(tx.q)
  const unique = new Map(texts.map(sms => [keyOf(sms), sms] as const))
  const known = await knownAmong(tx, [...unique.values()])
  const fresh = [...unique].filter(([key]) => !known.has(key)).map(([, sms]) => sms)
  const repeated = [...known].map(([key, row]) => ({
    id: row.id,
    sms: unique.get(key) as IncomingSms,
    repeated: true,
    heard: row.heard,
  }))
  if (fresh.length === 0) return repeated
  const room = heardOf(await countTexts(tx, index, fresh.length), fresh.length)
  const kept = fresh.slice(0, room).map(sms => ({ id: newId(tx.now), sms, repeated: false, heard: false }))
  if (kept.length > 0) await keep(tx, sealed, index, kept)
  if (kept.length < fresh.length && (await noteDropped(tx, index, fresh.length - kept.length))) {
    const words = await worded(tx, desk.house, told.tooMany, {})
    await planMessage(tx, desk.house, { ...words, to: { sealed, index } })
  }
  return [...repeated, ...kept]
}

const keyOf = ({ provider, providerRef }: IncomingSms): string =>
  `${provider}\n${providerRef.slice(0, longestRef)}`

async function knownAmong(
  tx: Write,
  texts: readonly IncomingSms[],
): Promise<Map<string, { id: string; heard: boolean }>> {
  const { rows } = await sql<{ incoming_id: string; provider: string; provider_ref: string; heard: boolean }>`
    select i.incoming_id, i.provider, i.provider_ref, i.heard_at is not null as heard
      from unnest(${texts.map(({ provider }) => provider)}::text[],
                  ${texts.map(({ providerRef }) => providerRef.slice(0, longestRef))}::text[]) as t(provider, provider_ref)
      join incoming_message i on i.municipality_id = ${tx.town} and i.provider = t.provider and i.provider_ref = t.provider_ref`.execute(
    tx.q,
  )
  return new Map(
    rows.map(row => [`${row.provider}\n${row.provider_ref}`, { id: row.incoming_id, heard: row.heard }]),
  )
}

async function keep(tx: Write, sealed: Buffer, index: Buffer, kept: readonly Taken[]): Promise<void> {
  const rows = kept.map(({ id, sms }) => ({
    id,
    provider: sms.provider,
    ref: sms.providerRef.slice(0, longestRef),
    to: cleanSms(sms.to, 40),
    text: cleanSms(sms.text),
    at: sms.at.toISOString(),
  }))
  await sql`
    insert into incoming_message (municipality_id, incoming_id, provider, provider_ref, from_sealed, from_index, to_number, text, sent_at, received_at)
    select ${tx.town}, t.id, t.provider, t.ref, ${sealed}::bytea, ${index}::bytea, t."to", t.text, t.at, ${tx.now}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, provider text, ref text, "to" text, text text, at timestamptz)`.execute(
    tx.q,
  )
}
