import { sql } from 'kysely'
import { type SessionKind, sessionTerms } from '../../src/offices/people/index.ts'
import { hashToken, newToken } from '../../src/platform/crypto/index.ts'
import type { Write } from '../../src/platform/database/index.ts'
import { sessionCookie } from '../../src/web/cookies.ts'

/** Opens a log-in for each of these at once; gives their cookies in the same order. */
export async function openSessions(
  tx: Write,
  kind: SessionKind,
  subjects: readonly string[],
): Promise<string[]> {
  const tokens = subjects.map(() => newToken(32))
  // As long as a log-in lasts that is in use all the time: what is measured is not who logs in.
  const until = new Date(tx.now.getTime() + sessionTerms[kind].longestMs)
  const hashes = tokens.map(token => hashToken(token).toString('hex'))
  await sql`
    insert into session (municipality_id, token_hash, subject_kind, subject_id, created_at, expires_at, confirmed_at, device, how, level)
    select ${tx.town}, decode(hash, 'hex'), ${kind}, subject, ${tx.now}, ${until}, ${tx.now}, 'load', '',
           ${kind === 'citizen' ? 'verified' : null}
      from unnest(${hashes}::text[], ${subjects}::uuid[]) as given(hash, subject)`.execute(tx.q)
  return tokens.map(token => `${sessionCookie}=${token}`)
}
