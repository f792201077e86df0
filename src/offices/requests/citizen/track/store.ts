import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import { newId } from '../../../../lib/ids.ts'
import { parsePhone } from '../../../../lib/phone.ts'
import { hashToken, newToken } from '../../../../platform/crypto/index.ts'
import type { Read, Write } from '../../../../platform/database/index.ts'
import type { House } from '../../../../platform/house.ts'
import { planMessage, worded } from '../../../messaging/index.ts'
import { phonesOf } from '../../../people/index.ts'
import { told } from '../../told.ts'

const minutes = (count: number) => count * 60_000
/** How long a code may be typed, how often, and how many are sent in that time and in a day: fifty tries a day, 1 in 20,000. */
export const codeTerms = {
  validMs: minutes(10),
  tries: 5,
  sent: 3,
  day: 10,
  viewMs: minutes(24 * 60),
} as const

const hashCode = (codeId: string, code: string): Buffer => hashToken(`${codeId} ${code}`)

/**
 * Sends a code to whoever filed the request with this telephone; gives the id under which it is typed. The same happens, as far as can be
 * seen from outside, where there is no such request or it is somebody else's.
 */
export async function sendTrackingCode(
  tx: Write,
  house: House,
  asked: { number: number; year: number; phone: string },
): Promise<string> {
  const codeId = newId(tx.now)
  const code = String(randomInt(0, 1_000_000)).padStart(6, '0')
  const found = await holderOf(tx, house, asked)
  const mayBeSent = found !== undefined && !(await sentTooMany(tx, found.requestId))
  await sql`insert into tracking_code (municipality_id, code_id, request_id, code_hash, created_at)
    values (${tx.town}, ${codeId}, ${mayBeSent ? found.requestId : null}, ${hashCode(codeId, code)}, ${tx.now})`.execute(
    tx.q,
  )
  // What is old opens nothing: it goes with what comes.
  await sql`delete from tracking_code
             where municipality_id = ${tx.town} and created_at < ${new Date(tx.now.getTime() - 2 * codeTerms.viewMs)}`.execute(
    tx.q,
  )
  if (mayBeSent) {
    await planMessage(tx, house, {
      ...(await worded(tx, house, told.tracking, { code })),
      personId: found.personId,
      expiresAt: new Date(tx.now.getTime() + codeTerms.validMs),
    })
  }
  return codeId
}

/** The party of the request whose messages go to this telephone. */
async function holderOf(
  tx: Read,
  house: House,
  { number, year, phone }: { number: number; year: number; phone: string },
): Promise<{ requestId: string; personId: string } | undefined> {
  const typed = parsePhone(phone)
  if (!typed.ok) return undefined
  const { rows } = await sql<{ request_id: string; person_id: string }>`
    select r.request_id, p.person_id from request r
      join request_party p on p.municipality_id = r.municipality_id and p.request_id = r.request_id
     where r.municipality_id = ${tx.town} and r.year = ${year} and r.number = ${number} limit 10`.execute(
    tx.q,
  )
  for (const row of rows) {
    const phones = await phonesOf(tx, house.crypto, row.person_id)
    // What several read opens nothing: whoever shares the number follows by the link of the acknowledgement.
    if (phones.some(each => each.primary && !each.shared && each.e164 === typed.value.e164))
      return { requestId: row.request_id, personId: row.person_id }
  }
  return undefined
}

async function sentTooMany(tx: Write, requestId: string): Promise<boolean> {
  // Two who ask at once are counted one after the other.
  await sql`select pg_advisory_xact_lock(hashtextextended(${requestId}, 51))`.execute(tx.q)
  const since = (ms: number) => new Date(tx.now.getTime() - ms)
  const { rows } = await sql<{ sent: number; day: number }>`
    select count(*) filter (where created_at > ${since(codeTerms.validMs)})::int as sent, count(*)::int as day from tracking_code
     where municipality_id = ${tx.town} and request_id = ${requestId} and created_at > ${since(minutes(24 * 60))}`.execute(
    tx.q,
  )
  const { sent = 0, day = 0 } = rows[0] ?? {}
  return sent >= codeTerms.sent || day >= codeTerms.day
}

export type CodeOutcome = { ok: true; token: string } | { ok: false; code: 'code-wrong' | 'code-expired' }

/** Reads a code back; the right one gives the link of a view of the request. Every try is counted, the right one works once. */
export async function readTrackingCode(tx: Write, codeId: string, typed: string): Promise<CodeOutcome> {
  const { rows } = await sql<{
    request_id: string | null
    code_hash: Buffer
    tries: number
    created_at: Date
    view_hash: Buffer | null
  }>`
    select request_id, code_hash, tries, created_at, view_hash from tracking_code
     where municipality_id = ${tx.town} and code_id = ${codeId} for update`.execute(tx.q)
  const [row] = rows
  const old = !row || row.created_at.getTime() + codeTerms.validMs <= tx.now.getTime()
  if (old || row.tries >= codeTerms.tries || row.view_hash !== null)
    return { ok: false, code: 'code-expired' }
  const right = row.request_id !== null && row.code_hash.equals(hashCode(codeId, typed))
  const token = newToken()
  await sql`update tracking_code set tries = tries + 1, view_hash = ${right ? hashToken(token) : null}
             where municipality_id = ${tx.town} and code_id = ${codeId}`.execute(tx.q)
  return right ? { ok: true, token } : { ok: false, code: 'code-wrong' }
}

/** The request a tracking link leads to: the lasting one of the acknowledgement, or a view opened by a code within the last day. */
export async function requestOfTracking(tx: Read, token: string): Promise<string | undefined> {
  if (!/^[A-Za-z0-9_-]{16,64}$/.test(token)) return undefined
  const hash = hashToken(token)
  const { rows } = await sql<{ request_id: string }>`
    select request_id from request where municipality_id = ${tx.town} and tracking_hash = ${hash}
    union all
    select request_id from tracking_code
     where municipality_id = ${tx.town} and view_hash = ${hash} and request_id is not null
       and created_at > ${new Date(tx.now.getTime() - codeTerms.viewMs)}
    limit 1`.execute(tx.q)
  return rows[0]?.request_id
}
