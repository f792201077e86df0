import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { hashToken, sameSecret } from '../../../platform/crypto/index.ts'
import type { Write } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'

type Crypto = House['crypto']

/** How long a page may stand open before what it asked to be signed is too old. */
const challengeMinutes = 15

/**
 * A challenge for an authenticator: random, dated and stamped by us, so that a page that only asks writes nothing. `what` says what it is
 * for, and for whom: nothing else takes its answer.
 */
export function newChallenge(crypto: Crypto, town: string, what: string, now: Date): string {
  const head = Buffer.alloc(24)
  randomBytes(16).copy(head)
  head.writeBigUInt64BE(BigInt(now.getTime() + challengeMinutes * 60_000), 16)
  return Buffer.concat([head, stamp(crypto, town, what, head)]).toString('base64url')
}

/** When a challenge of ours runs out; undefined when it is none of this kind, or too old. */
export function challengeEnd(
  crypto: Crypto,
  town: string,
  what: string,
  challenge: string,
  now: Date,
): Date | undefined {
  const bytes = Buffer.from(challenge, 'base64url')
  if (bytes.length !== 56) return undefined
  const head = bytes.subarray(0, 24)
  if (!sameSecret(stamp(crypto, town, what, head), bytes.subarray(24))) return undefined
  const end = new Date(Number(head.readBigUInt64BE(16)))
  return end > now ? end : undefined
}

const stamp = (crypto: Crypto, town: string, what: string, head: Buffer): Buffer =>
  crypto.blindIndex(town, 'challenge', `${what} ${head.toString('base64url')}`)

/** Uses a proof up; false when it was used before. `end` is when it would run out by itself, and its row with it. */
export async function spendProof(tx: Write, proof: string, end: Date): Promise<boolean> {
  await sql`delete from proof_used where municipality_id = ${tx.town} and expires_at < ${tx.now}`.execute(
    tx.q,
  )
  const written = await sql`
    insert into proof_used (municipality_id, proof_hash, expires_at) values (${tx.town}, ${hashToken(proof)}, ${end})
    on conflict do nothing`.execute(tx.q)
  return written.numAffectedRows === 1n
}
