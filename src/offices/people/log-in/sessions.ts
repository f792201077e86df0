import { sql } from 'kysely'
import type { CitizenLevel } from '../../../kernel/access/index.ts'
import { hashToken, newToken } from '../../../platform/crypto/index.ts'
import type { Write } from '../../../platform/database/index.ts'

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
