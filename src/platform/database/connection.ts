import {
  type CompiledQuery,
  type ConnectionProvider,
  type DatabaseConnection,
  DefaultQueryExecutor,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import type pg from 'pg'
import type { DB } from './tables.ts'

export type Tables = DB

const adapter = new PostgresAdapter()
const compiler = new PostgresQueryCompiler()
const driver = new DummyDriver()
const dialect = {
  createAdapter: () => adapter,
  createDriver: () => driver,
  createQueryCompiler: () => compiler,
  createIntrospector: (db: Kysely<never>) => new PostgresIntrospector(db),
}
const config = { dialect }

type Query = { text: string; values: unknown[]; name?: string }

/** One connection, one statement at a time, for as long as its transaction lasts. */
export class Session implements DatabaseConnection {
  readonly #client: pg.PoolClient
  #last: Promise<unknown> = Promise.resolve()
  #over = false

  constructor(client: pg.PoolClient) {
    this.#client = client
  }

  /** After this a transaction that somebody kept answers with an error instead of writing outside of it. */
  end(): void {
    this.#over = true
  }

  run<R extends object>(query: Query | string): Promise<pg.QueryResult<R & pg.QueryResultRow>> {
    if (this.#over) throw new Error('This transaction is over: await all of its work inside it')
    const next = this.#last.then(() => this.#client.query<R & pg.QueryResultRow>(query as Query))
    this.#last = next.catch(() => {})
    return next
  }

  async executeQuery<R>(compiled: CompiledQuery): Promise<QueryResult<R>> {
    const result = await this.run<object>({ text: compiled.sql, values: [...compiled.parameters] })
    const counts = ['INSERT', 'UPDATE', 'DELETE', 'MERGE'].includes(result.command)
    return {
      rows: (result.rows ?? []) as R[],
      ...(counts ? { numAffectedRows: BigInt(result.rowCount ?? 0) } : {}),
    }
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Read in pages instead of streaming')
  }
}

/** Kysely's query builder over one session; its parts are shared, so that a transaction costs next to nothing. */
export function builder(session: Session): Kysely<Tables> {
  const provider: ConnectionProvider = { provideConnection: consumer => consumer(session) }
  const executor = new DefaultQueryExecutor(compiler, adapter, provider)
  return new Kysely<Tables>({ config, driver: driver as never, dialect, executor })
}
