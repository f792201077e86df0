import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { Conflict, DomainError } from '../lib/errors.ts'
import type { Write } from '../platform/database/transaction.ts'
import { actorKey } from './actor.ts'
import type { Call } from './call.ts'

/** What an act answers: a page to go to (303), or data. Kept, so that the same POST gets it again. */
export type Answer =
  | { redirect: string; cookies?: string[] }
  | { json: unknown; status: number; location?: string }

type Kept = { status: number; location: string | null; answer: unknown; body_hash: Buffer; route: string }

const keyPattern = /^[A-Za-z0-9_-]{8,128}$/

/**
 * Runs an act once for each key. The key is the hidden `_key` of a form or the `Idempotency-Key` header of the API; it belongs to the
 * actor. The row is written in the act's own transaction: a second POST that runs beside the first fails on the row, or on what the first
 * did, is rolled back whole, and gets the first one's answer. The same key with another body is refused.
 */
export async function repeatSafely(call: Call, act: (tx: Write) => Promise<Answer>): Promise<Response> {
  const bodyHash = hashOf(call)
  const key = keyOf(call, bodyHash)
  if (!key) return respond(await inReach(call, act))
  const who = actorKey(call.visitor.actor)
  const actor = `${who.kind}:${who.id}`
  const find = (tx: Write) =>
    sql<Kept>`select status, location, answer, body_hash, route from idempotency
               where municipality_id = ${call.town.id} and actor = ${actor} and key = ${key}`.execute(tx.q)
  try {
    return await inReach(call, async tx => {
      const [kept] = (await find(tx)).rows
      if (kept) return replay(kept, bodyHash)
      const answer = await act(tx)
      const row = 'redirect' in answer ? { status: 303, location: answer.redirect } : answer
      await sql`insert into idempotency (municipality_id, actor, key, route, body_hash, status, location, answer, at)
        values (${call.town.id}, ${actor}, ${key}, ${call.here}, ${bodyHash}, ${row.status}, ${row.location ?? null},
                ${'json' in answer ? JSON.stringify(answer.json) : null}, ${tx.now})`.execute(tx.q)
      return respond(answer)
    })
  } catch (error) {
    // It failed on the row, or was refused for what the first one had done already.
    if (!isDuplicateKey(error) && !(error instanceof DomainError)) throw error
    return await inReach(call, async tx => {
      const [kept] = (await find(tx)).rows
      if (!kept) throw error
      return replay(kept, bodyHash)
    })
  }
}

/** A transaction in which the act loads what the visitor reaches by this route (docs/guide/access.md). */
const inReach = <T>(call: Call, work: (tx: Write) => Promise<T>): Promise<T> =>
  call.house.database.write(call.town.id, work, call.reach.act)

/** The key of a call, for an act that keeps its answer itself in the statement that writes it; undefined when it has none. */
export function idempotencyOf(
  call: Call,
): { actor: string; key: string; route: string; bodyHash: Buffer } | undefined {
  const bodyHash = hashOf(call)
  const key = keyOf(call, bodyHash)
  const who = actorKey(call.visitor.actor)
  return key ? { actor: `${who.kind}:${who.id}`, key, route: call.here, bodyHash } : undefined
}

/**
 * The API's header as it is. A form's hidden key is joined with what was typed: somebody who goes back, corrects a field and sends the
 * same page again means something new, and only the very same form twice is a repetition.
 */
function keyOf(call: Call, bodyHash: Buffer): string | undefined {
  const header = call.request.headers.get('idempotency-key')
  const typed = call.typed._key
  const key = header ?? (typeof typed === 'string' ? typed : '')
  if (key === '') return undefined
  if (!keyPattern.test(key)) throw new Conflict('bad-idempotency-key')
  return header === null ? `${key}.${bodyHash.toString('base64url').slice(0, 22)}` : key
}

function hashOf(call: Call): Buffer {
  const hash = createHash('sha256')
    .update(call.here)
    .update(call.bodyText ?? '')
  for (const [name, value] of Object.entries(call.typed).sort()) hash.update(JSON.stringify([name, value]))
  for (const [name, files] of Object.entries(call.files)) {
    for (const file of files) hash.update(`${name}:${file.name}:${file.size}`)
  }
  return hash.digest()
}

function replay(kept: Kept, bodyHash: Buffer): Response {
  if (!kept.body_hash.equals(bodyHash)) throw new Conflict('idempotency-key-reused')
  return kept.location !== null && kept.status === 303
    ? respond({ redirect: kept.location })
    : respond({
        json: kept.answer,
        status: kept.status,
        ...(kept.location ? { location: kept.location } : {}),
      })
}

function respond(answer: Answer): Response {
  if ('redirect' in answer) {
    const headers = new Headers({ location: answer.redirect })
    for (const cookie of answer.cookies ?? []) headers.append('set-cookie', cookie)
    return new Response(null, { status: 303, headers })
  }
  const headers = new Headers({ 'content-type': 'application/json; charset=utf-8' })
  if (answer.location) headers.set('location', answer.location)
  return new Response(JSON.stringify(answer.json), { status: answer.status, headers })
}

function isDuplicateKey(error: unknown): boolean {
  const fact = error as { code?: string; constraint?: string }
  return fact.code === '23505' && fact.constraint === 'idempotency_pkey'
}
