import { sql } from 'kysely'
import type { Read } from '../../../platform/database/transaction.ts'
import type { House } from '../../../platform/house.ts'
import { inForce } from './model.ts'

/** Words in force, as whoever sends needs them. */
export type WordsInForce = { version: number; body: string }

/** What a town words itself; most word nothing. */
export type TownWording = {
  /** The words of an occasion that hold at an instant. */
  find(key: string, at: Date): WordsInForce | undefined
}

type Row = {
  key: string
  version: number
  body: string
  from_at: Date
  ended_at: Date | null
}

/** A town's approved words as the database has them now. One query. */
export async function readTownWords(tx: Read): Promise<TownWording> {
  const { rows } = await sql<Row>`
    select key, version, body, from_at, ended_at from message_words
     where municipality_id = ${tx.town} and from_at is not null order by key, version`.execute(tx.q)
  const byKey = Map.groupBy(
    rows.map(({ key, version, body, from_at: fromAt, ended_at: at }) => ({
      key,
      version,
      body,
      fromAt,
      ended: at ? { by: '', at, why: '' } : undefined,
    })),
    ({ key }) => key,
  )
  return {
    find(key, at) {
      const versions = byKey.get(key)
      return versions && inForce(versions, at)
    },
  }
}

type Kept = { readAt: number; words: TownWording }

const freshMs = 3_000
const kept = new WeakMap<House['database'], Map<string, Kept>>()

/**
 * The same, read again when it is older than a few seconds, so that acts that tell somebody something ask nothing more: words approved are
 * met that much later by another program, and at once by the one they were approved in.
 */
export async function townWords(tx: Read, { database }: Pick<House, 'database'>): Promise<TownWording> {
  const towns = kept.get(database) ?? new Map<string, Kept>()
  kept.set(database, towns)
  const found = towns.get(tx.town)
  if (found && performance.now() - found.readAt < freshMs) return found.words
  const readAt = performance.now()
  const words = await readTownWords(tx)
  towns.set(tx.town, { readAt, words })
  return words
}

/** What is kept of a town is read anew: its words have changed. */
export const forgetTownWords = ({ database }: Pick<House, 'database'>, town: string): void =>
  void kept.get(database)?.delete(town)
