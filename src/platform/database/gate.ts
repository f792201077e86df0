import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { errorCode, PlainError } from '../plain-error.ts'
import type { Migration } from './migrate.ts'
import type { Database } from './transaction.ts'

/** Migrations run under this lock, one program at a time; who begins to serve shares it while it looks. */
export const migrationLock = 727_002
/** Whoever works on a database shares the lock of this number and the number of the last migration it knows. */
export const presenceLock = 727_003

/** A migration as the database keeps it. `serves`: programs that know up to that number go on serving on it; null: none that does not know it. */
export type Done = { name: string; serves: string | null }

export const numberOf = (name: string): number => Number(name.slice(0, 4))

/** Whether a program that knows migrations up to a number may serve on a migration it does not know. */
export const servesProgram = (serves: string | null | undefined, last: number): boolean =>
  typeof serves === 'string' && Number(serves) <= last

/** Why a program may not work on a database with this history, in one line; undefined when it may. */
export function whyNot(
  timeline: readonly Pick<Migration, 'name'>[],
  history: readonly Done[],
): string | undefined {
  const done = new Set(history.map(({ name }) => name))
  const lacking = timeline.find(({ name }) => !done.has(name))
  if (lacking) return `The database lacks the migration ${lacking.name}: run shubbak migrate`
  const known = new Set(timeline.map(({ name }) => name))
  const last = numberOf(timeline.at(-1)?.name ?? '0000')
  const strange = history.find(({ name, serves }) => !known.has(name) && !servesProgram(serves, last))
  if (!strange) return undefined
  return `The database has the migration ${strange.name}, on which this version may not work: start the version that brought it`
}

/** Whether this program may work on the database as it stands; looked at when it begins and whenever its sign of life was cut off. */
export interface Gate {
  /** The database, closed while nobody knows whether the schema is still one this program may work on. */
  guard(database: Database): Database
  /** Resolves with the reason once the schema has become one this program may not work on. */
  readonly refused: Promise<string>
  leave(): Promise<void>
}

const againMs = 200
const patienceMs = 3_000

/**
 * Takes the sign of life of a program that works on a schema. As long as it stands, no migration runs that this program could not serve
 * beside (docs/decisions/0016). It needs a connection of its own that no pooler hands round.
 * @throws PlainError when the schema is not one this program may work on
 */
export async function enterGate(url: string, timeline: readonly Migration[]): Promise<Gate> {
  const last = numberOf(timeline.at(-1)?.name ?? '0000')
  const leaving = new AbortController()
  let sign: pg.Client | undefined
  let tellRefused: (why: string) => void = () => {}
  const refused = new Promise<string>(resolve => {
    tellRefused = resolve
  })

  /** Looks at the history and takes the sign while no migration can run in between. */
  async function come(): Promise<{ gone: Promise<void> }> {
    const client = new pg.Client({ connectionString: url, application_name: 'shubbak gate' })
    const gone = new Promise<void>(resolve => {
      client.on('error', () => resolve())
      client.on('end', () => resolve())
    })
    try {
      await client.connect()
      await client.query('select pg_advisory_lock_shared($1::bigint)', [migrationLock])
      const why = whyNot(timeline, await historyOf(client))
      if (why !== undefined) throw new PlainError(why)
      await client.query('select pg_advisory_lock_shared($1::int, $2::int)', [presenceLock, last])
      await client.query('select pg_advisory_unlock_shared($1::bigint)', [migrationLock])
    } catch (error) {
      await client.end().catch(() => {})
      throw error
    }
    sign = client
    return {
      gone: gone.then(() => {
        if (sign === client) sign = undefined
      }),
    }
  }

  async function keep(first: { gone: Promise<void> }): Promise<void> {
    for (let cut = first; ; ) {
      await cut.gone
      while (!leaving.signal.aborted) {
        const back = await come().then(
          next => ({ next }),
          error => ({ error }),
        )
        if ('next' in back) {
          cut = back.next
          break
        }
        if (back.error instanceof PlainError) return tellRefused(back.error.message)
        await sleep(againMs)
      }
      if (leaving.signal.aborted) return
    }
  }

  const kept = keep(await come())

  async function pass(): Promise<void> {
    for (const end = performance.now() + patienceMs; !sign; await sleep(againMs / 4))
      if (performance.now() > end || leaving.signal.aborted)
        throw Object.assign(new Error('The database is away, or its schema is being changed'), {
          code: '57P03',
        })
  }

  return {
    refused,
    guard: database => ({
      ...database,
      read: (...words) => (sign ? database.read(...words) : pass().then(() => database.read(...words))),
      write: (...words) => (sign ? database.write(...words) : pass().then(() => database.write(...words))),
      readOld: (...words) =>
        sign ? database.readOld(...words) : pass().then(() => database.readOld(...words)),
      once: (...words) => (sign ? database.once(...words) : pass().then(() => database.once(...words))),
    }),
    async leave() {
      leaving.abort()
      await sign?.end().catch(() => {})
      await kept
    },
  }
}

async function historyOf(client: pg.Client): Promise<Done[]> {
  try {
    return (await client.query<Done>('select name, serves from public.schema_history()')).rows
  } catch (error) {
    // Made by a version before this one, or by none.
    if (errorCode(error) !== '42883') throw error
    throw new PlainError('The database is not of this version: run shubbak migrate')
  }
}

/** Which programs work on a database now, by the number of the last migration each knows. */
export async function programsAtWork(owner: pg.Client): Promise<number[]> {
  const { rows } = await owner.query<{ last: number }>(
    `select objid::int as last from pg_locks
      where locktype = 'advisory' and classid = $1 and objsubid = 2 and granted
        and database = (select oid from pg_database where datname = current_database())`,
    [presenceLock],
  )
  return rows.map(({ last }) => last)
}

/** @throws PlainError naming the migration that programs now at work could not serve beside */
export async function refuseOverPrograms(owner: pg.Client, todo: readonly Migration[]): Promise<void> {
  if (todo.length === 0) return
  const programs = await programsAtWork(owner)
  const stopping = todo.find(({ serves }) => programs.some(last => !servesProgram(serves, last)))
  if (stopping)
    throw new PlainError(
      `The migration ${stopping.name} cannot run beside the ${programs.length} programs of an older version that work on this database: stop them (serve, work), then migrate again`,
    )
}
