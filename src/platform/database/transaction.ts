import { setTimeout as sleep } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type pg from 'pg'
import type { Clock } from '../clock.ts'
import { errorCode } from '../plain-error.ts'
import { spanned } from '../telemetry/spans.ts'
import { builder, Session, type Tables } from './connection.ts'
import { closePool } from './pool.ts'
import { type RowReach, settingsOf } from './reach.ts'
import { appRole } from './roles.ts'

declare const written: unique symbol

/** A transaction of one town that may read. Row-level security shows it that town's rows alone. */
export interface Read {
  readonly mode: 'read' | 'write'
  readonly town: string
  /** The instant of this transaction: whatever it records happened then. */
  readonly now: Date
  /** Kysely's query builder inside this transaction. */
  readonly q: Kysely<Tables>
  /** A statement PostgreSQL keeps parsed and planned under this name: for the hottest paths. */
  prepared<Row extends object>(name: string, text: string, values: readonly unknown[]): Promise<Row[]>
  /**
   * The same transaction, each of whose statements reaches as the program itself does. For what an act sets in motion beyond the reach of
   * whoever acts, and for figures that name nobody; the word says why. A law lists every use.
   */
  asHouse(why: string): this
}

/** A transaction of one town that may also write. */
export interface Write extends Read {
  readonly mode: 'write'
  readonly [written]: true
  /** Runs once the transaction is committed, never if it is undone; what it throws is logged, not returned. */
  afterCommit(work: () => unknown): void
}

export interface Database {
  /** Reads of one town that all see the same instant of the database; within a reach, else as the program itself. */
  read<T>(town: string, work: (tx: Read) => Promise<T>, reach?: RowReach): Promise<T>
  /**
   * The same for what may be a little old (docs/guide/scale.md): from the replica where there is one, and then as of `asOf`; else from the
   * primary, as of now. May run `work` again.
   */
  readOld<T>(
    town: string,
    work: (tx: Read) => Promise<T>,
    reach?: RowReach,
  ): Promise<{ value: T; asOf: Date | undefined }>
  /** All of it or none of it. May run `work` again when PostgreSQL asks for that, so keep outside effects out of it. */
  write<T>(town: string, work: (tx: Write) => Promise<T>, reach?: RowReach): Promise<T>
  /** Reads of what belongs to no town, such as which towns there are. */
  directory<T>(work: (q: Kysely<Tables>) => Promise<T>): Promise<T>
  /** One prepared statement in one round trip, for a function in the database that sets the town itself. */
  once<Row extends object>(name: string, text: string, values: readonly unknown[]): Promise<Row[]>
  close(): Promise<void>
}

/**
 * Which layer of the index key a town's blind indexes are made with (docs/guide/keys.md). A transaction in which the database says another
 * than this program thought is undone and done again with what the database says: nobody looks a number up, or writes it, by the wrong key.
 */
export interface LayerGuard {
  /** Undefined while this program knows of one layer only: readers ask nothing then. Writers always ask. */
  layerOf(town: string): number | undefined
  /** @throws PlainError when this program has no key of that layer */
  noteLayer(town: string, layer: number): void
}

/** Is told how transactions went: for the figures of the operator. */
export interface DatabaseWatch {
  /** A connection was had after this long. */
  connected(waitedMs: number, pool: { total: number; idle: number; waiting: number }): void
  ended(mode: Mode, outcome: 'done' | 'undone' | 'again', tookMs: number): void
}

export type Mode = 'read' | 'write' | 'directory' | 'once'

export interface DatabaseOptions {
  watch?: DatabaseWatch
  layers?: LayerGuard
  clock: Clock
  /** Whether statements may be kept under a name (not behind a pooler that hands connections round). */
  prepared?: boolean
  onError?: (error: unknown) => void
}

/** The layer changed under a transaction: it is done again. */
class LayerChanged extends Error {
  readonly code = '40001'
}

/** Held by writers of a town in common, and by who makes its indexes anew alone. */
export const layerLock = (town: string): string => `hashtextextended('index layer ${town}', 0)`

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const attempts = 5

/**
 * A statement kept on a connection asks for all columns of a table that got another one, by a migration this program serves beside. PostgreSQL
 * refuses it on that connection for good: the connection is closed, and the transaction done again over another.
 */
const isStalePlan = (error: unknown): boolean =>
  errorCode(error) === '0A000' && (error as { routine?: string }).routine === 'RevalidateCachedQuery'

/** The database over a pool; `become` when its log-in is not the application's role itself. */
export function database(pool: pg.Pool, become: boolean, options: DatabaseOptions): Database {
  const role = become ? `set local role ${appRole};` : ''
  const named = options.prepared !== false
  const onError = options.onError ?? (() => {})
  const { watch } = options
  const statement = (name: string, text: string, values: readonly unknown[]) =>
    named ? { name, text, values: [...values] } : { text, values: [...values] }

  /** `await` of the commit: a writer's word counts only after it; a reader has all it came for. */
  async function transact<T>(
    mode: Mode,
    begin: string,
    work: (session: Session) => Promise<T>,
    holds: (begun: unknown) => void = () => {},
  ): Promise<T> {
    const facts = { 'db.system.name': 'postgresql', 'db.operation.name': mode } as const
    const asked = performance.now()
    let had = asked
    try {
      const result = await spanned('calls', `transaction ${mode}`, facts, () =>
        hold(mode === 'write' || mode === 'once', begin, work, holds, () => {
          had = performance.now()
          watch?.connected(had - asked, {
            total: pool.totalCount,
            idle: pool.idleCount,
            waiting: pool.waitingCount,
          })
        }),
      )
      watch?.ended(mode, 'done', performance.now() - had)
      return result
    } catch (error) {
      const again = ['40001', '40P01'].includes(errorCode(error) ?? '')
      watch?.ended(mode, again ? 'again' : 'undone', performance.now() - had)
      throw error
    }
  }

  async function hold<T>(
    writes: boolean,
    begin: string,
    work: (session: Session) => Promise<T>,
    holds: (begun: unknown) => void,
    connected: () => void,
  ): Promise<T> {
    const client = await pool.connect()
    connected()
    const session = new Session(client, named)
    try {
      const begun = session.run(begin)
      // A begin that fails says why better than the statements after it: it is answered before them.
      const [result] = await Promise.all([
        work(session).finally(async () => holds(await begun)),
        begun.then(holds),
      ])
      if (!writes) {
        session.leave()
        client.release()
        return result
      }
      const committed = session.run('commit')
      session.end()
      if ((await committed).command !== 'COMMIT')
        throw new Error('The transaction was undone: a failure inside it was swallowed')
      client.release()
      return result
    } catch (error) {
      session.end()
      await client.query('rollback').then(
        () => client.release(isStalePlan(error)),
        (failure: Error) => client.release(failure),
      )
      throw session.whyOf(error)
    }
  }

  /** A statement that is its own transaction. */
  async function alone<Row extends object>(query: Parameters<Session['run']>[0]): Promise<Row[]> {
    const client = await pool.connect()
    try {
      const { rows } = await new Session(client, named).run<Row>(query)
      client.release()
      return rows
    } catch (error) {
      client.release(error as Error)
      throw error
    }
  }

  const refuseOther = (town: string) => {
    if (!uuid.test(town)) throw new TypeError('A town is named by its id')
  }
  const inTown = (mode: string, town: string, reach: RowReach) => {
    refuseOther(town)
    const setting = `set_config('app.municipality', '${town}', true), ${settingsOf(reach)}`
    const reads = mode.includes('read only')
    if (!options.layers || (reads && options.layers.layerOf(town) === undefined))
      return `begin ${mode};${role}select ${setting}`
    // The lock in a statement of its own: what is read after it is as of after any wait for it.
    const lock = reads ? '' : `select pg_advisory_xact_lock_shared(${layerLock(town)});`
    const layer = `(select index_layer from municipality where municipality_id = '${town}') as index_layer`
    return `begin ${mode};${role}${lock}select ${setting}, ${layer}`
  }
  /** Looked at when the transaction began and when its work is done: what was made in between was made by the layer of its snapshot. */
  const holdsFor = (town: string) => (begun: unknown) => {
    const [row] = ([begun].flat().at(-1) as pg.QueryResult<{ index_layer?: number | null }>).rows
    // No layer: not asked for, or the town is only just being made.
    const layer = row?.index_layer ?? undefined
    if (layer === undefined || layer === (options.layers?.layerOf(town) ?? 1)) return
    throw new LayerChanged(String(layer))
  }
  async function again<T>(town: string, attempt: () => Promise<T>): Promise<T> {
    for (let turn = 1; ; turn++) {
      try {
        return await attempt()
      } catch (error) {
        if (isStalePlan(error) && turn <= pool.options.max) continue
        if (!(error instanceof LayerChanged)) throw error
        options.layers?.noteLayer(town, Number(error.message))
        if (turn === attempts) throw error
      }
    }
  }
  const common = (session: Session, town: string, reach: RowReach) => {
    const tx = {
      town,
      now: options.clock.now(),
      q: builder(session),
      prepared: async <Row extends object>(name: string, text: string, values: readonly unknown[]) =>
        (await session.run<Row>(statement(name, text, values))).rows as Row[],
      asHouse<T extends Read>(this: T): T {
        if (reach === 'house') return this
        return { ...this, ...common(session.asHouse(reach), town, 'house') }
      },
    }
    return tx
  }

  async function write<T>(
    town: string,
    work: (tx: Write) => Promise<T>,
    reach: RowReach = 'house',
  ): Promise<T> {
    let stale = 0
    let met = 0
    for (let attempt = 1; ; attempt++) {
      const after: (() => unknown)[] = []
      const begin = inTown('isolation level read committed', town, reach)
      try {
        const result = await transact(
          'write',
          begin,
          session => {
            const afterCommit = (each: () => unknown) => void after.push(each)
            return work({ ...common(session, town, reach), mode: 'write', afterCommit } as unknown as Write)
          },
          holdsFor(town),
        )
        for (const each of after) await Promise.resolve().then(each).catch(onError)
        return result
      } catch (error) {
        if (error instanceof LayerChanged) options.layers?.noteLayer(town, Number(error.message))
        // Nothing is late for it: each connection is met once.
        if (isStalePlan(error) && stale++ < pool.options.max) {
          attempt -= 1
          continue
        }
        // Somebody wrote the same at that moment: done again, the work finds it there. If it does not, the fault is its own.
        const metTheSame = errorCode(error) === '23505' && met++ === 0
        const metOthers = ['40001', '40P01'].includes(errorCode(error) ?? '')
        if (attempt === attempts || !(metOthers || metTheSame)) throw error
        await sleep(Math.random() * 10 * 2 ** attempt)
      }
    }
  }

  const read: Database['read'] = (town, work, reach = 'house') => {
    refuseOther(town)
    return again(town, () =>
      transact(
        'read',
        inTown('isolation level repeatable read read only', town, reach),
        session => work({ ...common(session, town, reach), mode: 'read' } as unknown as Read),
        holdsFor(town),
      ),
    )
  }

  return {
    read,
    readOld: async (town, work, reach) => ({ value: await read(town, work, reach), asOf: undefined }),
    write,
    directory: work => transact('directory', `begin read only;${role}`, session => work(builder(session))),
    async once<Row extends object>(name: string, text: string, values: readonly unknown[]) {
      if (!become) return alone<Row>(statement(name, text, values))
      return transact(
        'once',
        `begin;${role}`,
        async s => (await s.run<Row>(statement(name, text, values))).rows as Row[],
      )
    },
    close: () => closePool(pool),
  }
}
