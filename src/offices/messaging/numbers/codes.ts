import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import { Conflict } from '../../../lib/errors.ts'
import { newId } from '../../../lib/ids.ts'
import { hashToken } from '../../../platform/crypto/index.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import { type AuditActor, record } from '../../audit/index.ts'
import {
  addPhone,
  indexEmail,
  indexPhone,
  openEmail,
  openPhone,
  type PhoneLabel,
  phoneLabels,
  phoneOwners,
  phonesOf,
  primaryPhone,
  sealEmail,
  sealPhone,
  takeEmail,
  verifyPhone,
} from '../../people/index.ts'
import { planMessage } from '../plan.ts'
import { worded } from '../templates/registry.ts'
import { told } from './told.ts'

/** How long a code may be typed and how often, and how many go to one person and to one number. */
export const codeTerms = { validMs: 5 * 60_000, tries: 5, soon: 3, soonMs: 15 * 60_000, day: 8 } as const

export type CodeTarget = { channel: 'sms'; to: string; label: PhoneLabel } | { channel: 'email'; to: string }

const ofNumber = 'codes to a number are counted, and refused, whoever asks for them'

const hashCode = (codeId: string, code: string): Buffer => hashToken(`${codeId} ${code}`)

/**
 * Sends a code to a number (E.164) or an e-mail address that a person says is theirs; gives the id under which it is typed. Conflict
 * `phone-shared` where several use the number, since a code there proves nobody, and `codes-too-many`.
 */
export async function sendContactCode(
  tx: Write,
  house: House,
  personId: string,
  target: CodeTarget,
  by: AuditActor,
): Promise<string> {
  const keys = { tx, crypto: house.crypto }
  const bySms = target.channel === 'sms'
  const to = bySms
    ? { index: indexPhone(keys, target.to), sealed: sealPhone(keys, target.to) }
    : { index: indexEmail(keys, target.to), sealed: sealEmail(keys, target.to) }
  if (bySms && (await phoneOwners(tx.asHouse(ofNumber), house.crypto, target.to)).some(owner => owner.shared))
    throw new Conflict('phone-shared')
  // Two forms sent at once count one after the other.
  await sql`select pg_advisory_xact_lock(hashtextextended(${personId}, 38))`.execute(tx.q)
  if (await sentTooMany(tx, personId, to.index)) throw new Conflict('codes-too-many')
  const codeId = newId(tx.now)
  const code = String(randomInt(0, 1_000_000)).padStart(6, '0')
  await sql`
    insert into contact_code (municipality_id, code_id, person_id, channel, to_index, to_sealed, label, code_hash, tries, sent_at,
                              sent_by_kind, sent_by)
    values (${tx.town}, ${codeId}, ${personId}, ${target.channel}, ${to.index}, ${to.sealed}, ${bySms ? target.label : 'own'},
            ${hashCode(codeId, code)}, 0, ${tx.now}, ${by.kind}, ${by.id})`.execute(tx.q)
  await record(tx, {
    actor: by,
    act: 'people.code-sent',
    subjectKind: 'person',
    subjectId: personId,
    personId,
    personal: bySms ? { phone: target.to } : { email: target.to },
  })
  await planMessage(tx, house, {
    ...(await worded(tx, house, bySms ? told.code : told.emailCode, { code })),
    personId,
    channel: target.channel,
    to,
    expiresAt: new Date(tx.now.getTime() + codeTerms.validMs),
  })
  return codeId
}

async function sentTooMany(tx: Read, personId: string, index: Buffer): Promise<boolean> {
  const since = (ms: number) => new Date(tx.now.getTime() - ms)
  const { rows } = await sql<{ soon: number; day: number }>`
    select count(*) filter (where sent_at > ${since(codeTerms.soonMs)})::int as soon, count(*)::int as day
      from (select code_id, sent_at from contact_code
             where municipality_id = ${tx.town} and person_id = ${personId} and sent_at > ${since(86_400_000)}
            union
            select code_id, sent_at from contact_code
             where municipality_id = ${tx.town} and to_index = ${index} and sent_at > ${since(86_400_000)}) sent`.execute(
    tx.asHouse(ofNumber).q,
  )
  const { soon = 0, day = 0 } = rows[0] ?? {}
  return soon >= codeTerms.soon || day >= codeTerms.day
}

type Row = {
  channel: 'sms' | 'email'
  to_sealed: Buffer
  label: string
  code_hash: Buffer
  tries: number
  sent_at: Date
  used_at: Date | null
}

async function rowOf(tx: Read, personId: string, codeId: string, held: boolean): Promise<Row | undefined> {
  const { rows } = await sql<Row>`
    select channel, to_sealed, label, code_hash, tries, sent_at, used_at from contact_code
     where municipality_id = ${tx.town} and code_id = ${codeId} and person_id = ${personId} ${held ? sql`for update` : sql``}`.execute(
    tx.q,
  )
  return rows[0]
}

const isOver = (row: Row, now: Date) => row.sent_at.getTime() + codeTerms.validMs <= now.getTime()

/** A code under way, to whom: for the form that asks for it. Undefined where it was used or is too old. */
export async function codeUnderWay(
  tx: Read,
  house: Pick<House, 'crypto'>,
  personId: string,
  codeId: string,
): Promise<{ channel: 'sms' | 'email'; to: string } | undefined> {
  const row = await rowOf(tx, personId, codeId, false)
  if (!row || row.used_at || row.tries >= codeTerms.tries || isOver(row, tx.now)) return undefined
  return { channel: row.channel, to: opened({ tx, crypto: house.crypto }, row) }
}

const opened = (keys: Parameters<typeof openPhone>[0], row: Pick<Row, 'channel' | 'to_sealed'>): string =>
  row.channel === 'sms' ? openPhone(keys, row.to_sealed) : openEmail(keys, row.to_sealed)

/**
 * Counts a try in a transaction of its own, so that a wrong one stays counted. Undefined where the code is right: `takeContactCode` then
 * keeps what it proves.
 */
export async function tryContactCode(
  tx: Write,
  personId: string,
  codeId: string,
  typed: string,
): Promise<'code-wrong' | 'code-expired' | undefined> {
  const row = await rowOf(tx, personId, codeId, true)
  if (!row || row.tries >= codeTerms.tries || isOver(row, tx.now)) return 'code-expired'
  await sql`update contact_code set tries = tries + 1
             where municipality_id = ${tx.town} and code_id = ${codeId}`.execute(tx.q)
  return row.code_hash.equals(hashCode(codeId, typed)) ? undefined : 'code-wrong'
}

export type Proven = { channel: 'sms' | 'email'; to: string; shared: boolean }

/**
 * Takes a number or an address for the person's that a right code proved, once. The first number of somebody is the one messages go to. A
 * number that another person uses too becomes shared, and is not held for proven. Conflict `code-expired` where the code was used.
 */
export async function takeContactCode(
  tx: Write,
  house: House,
  { personId, codeId }: { personId: string; codeId: string },
  by: AuditActor,
): Promise<Proven> {
  const row = await rowOf(tx, personId, codeId, true)
  if (!row || row.used_at) throw new Conflict('code-expired')
  await sql`update contact_code set used_at = ${tx.now}
             where municipality_id = ${tx.town} and code_id = ${codeId}`.execute(tx.q)
  const { crypto } = house
  const to = opened({ tx, crypto }, row)
  if (row.channel === 'email') {
    await takeEmail(tx, crypto, personId, to, by)
    return { channel: 'email', to, shared: false }
  }
  const known = (await phonesOf(tx, crypto, personId)).find(phone => phone.e164 === to)
  if (!known) {
    const label = phoneLabels.find(each => each === row.label)
    const primary = (await primaryPhone(tx, crypto, personId)) === undefined
    await addPhone(tx, crypto, personId, { e164: to, label, primary }, by)
  }
  const shared = (await phonesOf(tx, crypto, personId)).some(phone => phone.e164 === to && phone.shared)
  if (!shared) await verifyPhone(tx, crypto, personId, to, by, 'code')
  return { channel: 'sms', to, shared }
}

/** Tells the number messages went to that they come there no more: whoever has it may not have asked for that. */
export async function tellOfMove(tx: Write, house: House, personId: string, before: string): Promise<void> {
  const keys = { tx, crypto: house.crypto }
  await planMessage(tx, house, {
    ...(await worded(tx, house, told.moved, {})),
    personId,
    to: { index: indexPhone(keys, before), sealed: sealPhone(keys, before) },
  })
}
