import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import { toWesternDigits } from '../../../lib/arabic.ts'
import { Conflict } from '../../../lib/errors.ts'
import { newId } from '../../../lib/ids.ts'
import { newToken } from '../../../platform/crypto/index.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import { type AuditActor, record } from '../../audit/index.ts'
import { indexPhone, openPhone, sealPhone } from '../identity.ts'
import { phonesOf } from '../phones/read.ts'
import './events.ts'

/**
 * What a code is asked for: to let a new device in after a right PIN, to know a device before any PIN, to register oneself, to accept a
 * mandate, to show at a window that it is them who stand there.
 */
export type CodePurpose = 'device' | 'known' | 'register' | 'mandate' | 'presence'

const minute = 60_000
const hour = 60 * minute

/**
 * How long a code may be typed and how often, and how many are sent. A number that is given by a million and five tries a code make one in
 * 200,000 a code; the day's codes of one purpose bound the rest.
 */
export const codeTerms = {
  validMs: 5 * minute,
  tries: 5,
  soon: 3,
  soonMs: 15 * minute,
  day: 10,
  fromAnHour: 12,
}

export type CodeHouse = Pick<House, 'crypto' | 'events'>

export type NewCode = {
  purpose: CodePurpose
  personId?: string | undefined
  /** E.164; left out where there is nobody to send to, and it is not to be seen. */
  to: string | undefined
  /** Blind index of where it was asked from. */
  from?: Buffer | undefined
  /** What is kept until the code was typed. */
  held?: string | undefined
  /** Who asks for it; whoever is about to log in or register is nobody yet. */
  by?: AuditActor
}

const nobodyYet: AuditActor = { kind: 'anonymous', id: 'anonymous' }

const heldPurpose = 'log-in-held'
const hashCode = ({ crypto }: Pick<House, 'crypto'>, town: string, codeId: string, code: string): Buffer =>
  crypto.blindIndex(town, 'log-in-code', `${codeId} ${code}`)

/** The number a code goes to: one that is proven, theirs alone and not asleep, the one messages go to first. E.164. */
export async function provenPhone(
  tx: Read,
  { crypto }: Pick<House, 'crypto'>,
  personId: string,
): Promise<string | undefined> {
  const fit = (await phonesOf(tx, crypto, personId)).filter(
    phone => phone.verified && !phone.shared && !phone.asleepAt,
  )
  return (fit.find(phone => phone.primary) ?? fit[0])?.e164
}

/**
 * Sends a code, and gives the id under which it is typed. Without a number a row is written all the same, whose code nobody knows: neither
 * the answer nor the next page tells whether there is one. Conflict `codes-too-many`.
 */
export async function sendLogInCode(tx: Write, house: CodeHouse, code: NewCode): Promise<string> {
  const keys = { tx, crypto: house.crypto }
  const { purpose, personId, to, from, held, by = nobodyYet } = code
  const index = to === undefined ? Buffer.from(newToken(32)) : indexPhone(keys, to)
  const sealed = sealPhone(keys, to ?? '')
  await sql`select pg_advisory_xact_lock(hashtextextended(${personId ?? index.toString('hex')}, 50))`.execute(
    tx.q,
  )
  if (await tooMany(tx, { purpose, personId, index, from })) throw new Conflict('codes-too-many')
  const codeId = newId(tx.now)
  const digits = String(randomInt(0, 1_000_000)).padStart(6, '0')
  await sql`
    insert into log_in_code (municipality_id, code_id, purpose, person_id, to_index, to_sealed, held_sealed, code_hash, tries, sent_at,
                             asked_from)
    values (${tx.town}, ${codeId}, ${purpose}, ${personId ?? null}, ${index}, ${sealed},
            ${held === undefined ? null : house.crypto.seal(tx.town, heldPurpose, held)}, ${hashCode(house, tx.town, codeId, digits)}, 0,
            ${tx.now}, ${from ?? null})`.execute(tx.q)
  // What is old holds nothing anybody needs: it goes with what comes.
  await sql`delete from log_in_code where municipality_id = ${tx.town} and sent_at < ${new Date(tx.now.getTime() - 48 * hour)}`.execute(
    tx.q,
  )
  await record(tx, {
    actor: by,
    act: 'people.code-asked',
    subjectKind: 'person',
    subjectId: personId ?? 'unknown',
    personId,
  })
  if (to !== undefined)
    await house.events.publish(tx, 'people.code-sent', {
      purpose,
      personId,
      code: digits,
      to: { index, sealed },
      expiresAt: new Date(tx.now.getTime() + codeTerms.validMs),
    })
  return codeId
}

/** Codes of one purpose never use up those of another: who knows no PIN cannot use up the codes a right PIN earns. */
async function tooMany(
  tx: Read,
  {
    purpose,
    personId,
    index,
    from,
  }: { purpose: CodePurpose; personId: string | undefined; index: Buffer; from: Buffer | undefined },
): Promise<boolean> {
  const since = (ms: number) => new Date(tx.now.getTime() - ms)
  const { rows } = await sql<{ soon: number; day: number; here: number }>`
    select (select count(*)::int from (${sentTo(tx, purpose, personId, index, since(codeTerms.soonMs))}) s) as soon,
           (select count(*)::int from (${sentTo(tx, purpose, personId, index, since(24 * hour))}) s) as day,
           (select count(*)::int from log_in_code
             where municipality_id = ${tx.town} and asked_from = ${from ?? null}::bytea and sent_at > ${since(hour)}) as here`.execute(
    tx.q,
  )
  const { soon = 0, day = 0, here = 0 } = rows[0] ?? {}
  return soon >= codeTerms.soon || day >= codeTerms.day || here >= codeTerms.fromAnHour
}

const sentTo = (
  tx: Read,
  purpose: CodePurpose,
  personId: string | undefined,
  index: Buffer,
  since: Date,
) => sql`
  select code_id from log_in_code
   where municipality_id = ${tx.town} and to_index = ${index} and sent_at > ${since} and purpose = ${purpose}
   union
  select code_id from log_in_code
   where municipality_id = ${tx.town} and person_id = ${personId ?? null}::uuid and sent_at > ${since} and purpose = ${purpose}`

export type TakenCode = { personId: string | undefined; to: string; held: string | undefined }

/**
 * Tries a code; a right one is used up by it. Whoever calls lets the transaction commit whatever comes of it, so that a wrong try stays
 * counted. A code nobody was sent answers as one that was.
 */
export async function takeLogInCode(
  tx: Write,
  house: Pick<House, 'crypto'>,
  { codeId, purpose, typed }: { codeId: string; purpose: CodePurpose; typed: string },
): Promise<{ ok: true; taken: TakenCode } | { ok: false; code: 'code-wrong' | 'code-expired' }> {
  const { rows } = await sql<{
    person_id: string | null
    to_sealed: Buffer
    held_sealed: Buffer | null
    code_hash: Buffer
    tries: number
    sent_at: Date
    used_at: Date | null
  }>`
    select person_id, to_sealed, held_sealed, code_hash, tries, sent_at, used_at from log_in_code
     where municipality_id = ${tx.town} and code_id = ${codeId} and purpose = ${purpose} for update`.execute(
    tx.q,
  )
  const [row] = rows
  const over =
    !row ||
    row.used_at ||
    row.tries >= codeTerms.tries ||
    row.sent_at.getTime() + codeTerms.validMs <= tx.now.getTime()
  if (over) return { ok: false, code: 'code-expired' }
  const digits = toWesternDigits(typed).replace(/\s/g, '').slice(0, 20)
  const right = row.code_hash.equals(hashCode(house, tx.town, codeId, digits))
  await sql`update log_in_code set tries = tries + 1, used_at = ${right ? tx.now : null}
             where municipality_id = ${tx.town} and code_id = ${codeId}`.execute(tx.q)
  if (!right) return { ok: false, code: 'code-wrong' }
  return {
    ok: true,
    taken: {
      personId: row.person_id ?? undefined,
      to: openPhone({ tx, crypto: house.crypto }, row.to_sealed),
      held: row.held_sealed ? house.crypto.open(tx.town, heldPurpose, row.held_sealed) : undefined,
    },
  }
}
