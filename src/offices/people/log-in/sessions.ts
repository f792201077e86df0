import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { CitizenLevel } from '../../../kernel/access/index.ts'
import { hashToken, newToken } from '../../../platform/crypto/index.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { samePerson } from '../records/same.ts'

export type SessionKind = 'citizen' | 'staff'

const minute = 60_000
const hour = 60 * minute

/**
 * How long a log-in lasts without a visit, and in all. A citizen may sit at a shared computer, so theirs ends soon; what they were
 * writing is parked and waits. A working day at a counter fits into one log-in.
 */
export const sessionTerms: Record<SessionKind, { idleMs: number; longestMs: number }> = {
  citizen: { idleMs: 30 * minute, longestMs: 12 * hour },
  staff: { idleMs: 60 * minute, longestMs: 10 * hour },
}

/** A visit moves the end of the log-in at most this often, so that reading a page does not write. */
export const slideEveryMs = minute

/** The end of a session that is in use at `now`. */
export function sessionEnd(kind: SessionKind, createdAt: Date, now: Date): Date {
  const { idleMs, longestMs } = sessionTerms[kind]
  return new Date(Math.min(now.getTime() + idleMs, createdAt.getTime() + longestMs))
}

/** By what somebody proved who they are. */
export type LogInHow = 'password' | 'passkey' | 'recovery' | 'sign-on' | 'pin' | ''

/** What a provider of single sign-on calls the log-in it vouched for: by it the provider ends ours, and we its. */
export type SignedOn = {
  providerId: string
  subject: string
  sid: string | undefined
  idTokenSealed: Buffer
}

export type NewSession = {
  kind: SessionKind
  subjectId: string
  device?: string | undefined
  /** The browser as it is known for a citizen. */
  deviceId?: string | undefined
  /** Whether a citizen has shown who they are; so it is unless it is said otherwise. */
  level?: CitizenLevel | undefined
  /** The session the browser came with: it ends, and its token is never used again. */
  instead?: Buffer | undefined
  how?: LogInHow | undefined
  signOn?: SignedOn | undefined
}

/** Opens a session under a token made just now; gives the token, of which only the hash is kept. */
export async function openSession(tx: Write, session: NewSession): Promise<string> {
  const token = newToken(32)
  if (session.instead) await endSession(tx, session.instead)
  await sql`
    insert into session (municipality_id, token_hash, subject_kind, subject_id, created_at, expires_at, confirmed_at, device,
                         how, provider_id, provider_subject, provider_sid, id_token_sealed,
                         device_id, level)
    values (${tx.town}, ${hashToken(token)}, ${session.kind}, ${session.subjectId}, ${tx.now},
            ${sessionEnd(session.kind, tx.now, tx.now)}, ${tx.now}, ${(session.device ?? '').slice(0, 200)},
            ${session.how ?? ''}, ${session.signOn?.providerId ?? null}, ${session.signOn?.subject ?? null},
            ${session.signOn?.sid ?? null}, ${session.signOn?.idTokenSealed ?? null},
            ${session.deviceId ?? null}, ${session.kind === 'citizen' ? (session.level ?? 'verified') : null})`.execute(
    tx.q,
  )
  return token
}

/**
 * Gives a session another token where it comes to open more than before, and gives that token: whoever held the one before it holds nothing.
 * Undefined where the session has ended.
 */
export async function renewSession(tx: Write, tokenHash: Buffer): Promise<string | undefined> {
  const token = newToken(32)
  const { numAffectedRows } = await sql`
    update session set token_hash = ${hashToken(token)}
     where municipality_id = ${tx.town} and token_hash = ${tokenHash} and ended_at is null`.execute(tx.q)
  return numAffectedRows === 1n ? token : undefined
}

/** Ends one session. */
export async function endSession(tx: Write, tokenHash: Buffer): Promise<void> {
  await sql`update session set ended_at = ${tx.now}
             where municipality_id = ${tx.town} and token_hash = ${tokenHash} and ended_at is null`.execute(
    tx.q,
  )
}

/** Ends every session of somebody. */
export async function endSessionsOf(tx: Write, subjectId: string): Promise<void> {
  await sql`update session set ended_at = ${tx.now}
             where municipality_id = ${tx.town} and subject_id = ${subjectId} and ended_at is null`.execute(
    tx.q,
  )
}

/** A log-in as its person sees it. */
export type LogInShown = {
  /** Names it in a form; says nothing of its token. */
  key: string
  at: Date
  device: string
  deviceId: string | undefined
  /** Still open; or when it ended. */
  open: boolean
  here: boolean
}

/** The log-ins of a citizen, under whichever of their merged records, the latest first. */
export async function sessionsOf(
  tx: Read,
  personId: string,
  here: Buffer | undefined,
): Promise<LogInShown[]> {
  const { rows } = await sql<{
    token_hash: Buffer
    created_at: Date
    device: string
    device_id: string | null
    open: boolean
  }>`
    select token_hash, created_at, device, device_id, ended_at is null and expires_at > ${tx.now} as open from session
     where municipality_id = ${tx.town} and subject_id = any(${samePerson(personId)}) and subject_kind = 'citizen'
     order by created_at desc, token_hash limit 30`.execute(tx.q)
  return rows.map(row => ({
    key: createHash('sha256').update(row.token_hash).digest('hex').slice(0, 32),
    at: row.created_at,
    device: row.device,
    deviceId: row.device_id ?? undefined,
    open: row.open,
    here: here?.equals(row.token_hash) ?? false,
  }))
}

/** Ends the log-in that is named by its key, where it is this person's. False where none is open under it: it ended, or has another key by now. */
export async function endSessionByKey(tx: Write, personId: string, key: string): Promise<boolean> {
  const ended = await sql`update session set ended_at = ${tx.now}
             where municipality_id = ${tx.town} and subject_id = any(${samePerson(personId)}) and ended_at is null
               and left(encode(sha256(token_hash), 'hex'), 32) = ${key}`.execute(tx.q)
  return ended.numAffectedRows !== 0n
}

/** Ends every log-in of a citizen but the one they sit at, where it is given. */
export async function endOtherSessions(tx: Write, personId: string, but: Buffer | undefined): Promise<void> {
  await sql`update session set ended_at = ${tx.now}
             where municipality_id = ${tx.town} and subject_id = any(${samePerson(personId)}) and ended_at is null
               and token_hash is distinct from ${but ?? null}::bytea`.execute(tx.q)
}
