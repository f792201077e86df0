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
import { errorCode } from '../plain-error.ts'
import { isTraced, spanned, summaryOf } from '../telemetry/spans.ts'
import type { RowReach } from './reach.ts'
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

/** Statements met often enough to be kept parsed and planned on each connection; bounded, since every connection holds them. */
const mostNames = 300
const oftenEnough = 4
const met = new Map<string, number>()
const names = new Map<string, string>()

/** The name a statement's text is kept under, once it has been met a few times. Texts are few: values are never part of them. */
function nameOf(text: string): string | undefined {
  const name = names.get(text)
  if (name !== undefined || names.size >= mostNames) return name
  const times = (met.get(text) ?? 0) + 1
  if (times < oftenEnough) {
    if (met.size > 20 * mostNames) met.clear()
    met.set(text, times)
    return undefined
  }
  met.delete(text)
  const given = `k${names.size}`
  names.set(text, given)
  return given
}

/** What a span says of a statement: its verb and table, and its name where somebody gave it one. */
const factsOf = ({ text, name }: Query) => ({
  'db.system.name': 'postgresql' as const,
  'db.query.summary': summaryOf(text),
  ...(name !== undefined && !/^k\d+$/.test(name) && { 'db.operation.name': name }),
})

/** The socket under a connection, where it may be held back for a moment. */
type Corked = { connection?: { stream?: { cork?(): void; uncork?(): void } } }

/** So long the end of what was only read waits for company: under load the connection is asked again sooner than that. */
const companyMs = 2
/** Sockets on which such an end waits, with what sends it alone. */
const waiting = new WeakMap<object, NodeJS.Timeout>()

const late = 'This transaction is over: await all of its work inside it'

/** One connection, for as long as its transaction lasts. Statements go out as they come and are answered in their order. */
export class Session implements DatabaseConnection {
  readonly #client: pg.PoolClient
  readonly #named: boolean
  readonly #around: { session: Session; back: string } | undefined
  #over = false
  #failed: unknown
  #gathering = false
  /** How the transaction's own reach is taken up again, as long as what was sent last reaches as the program itself. */
  #back: string | undefined

  /** `named`: whether statements may be kept under a name (not behind a pooler that hands connections round). */
  constructor(client: pg.PoolClient, named = false, around?: { session: Session; back: string }) {
    this.#client = client
    this.#named = named
    this.#around = around
  }

  /** After this a transaction that somebody kept answers with an error instead of writing outside of it. */
  end(): void {
    this.#over = true
  }

  /**
   * Why a transaction failed: statements that left in one packet are refused after the first of them that fails, and such a refusal may
   * reach whoever awaits them all before the failure itself does.
   */
  whyOf(error: unknown): unknown {
    return errorCode(error) === '25P02' ? (this.#failed ?? error) : error
  }

  /**
   * Ends a transaction that only read. Nobody waits for the answer, so the word leaves with what this connection is asked next: a packet less,
   * and PostgreSQL wakes once less. What it saw is let go within a moment all the same.
   */
  leave(): void {
    void this.#send('commit')
    this.end()
    const stream = (this.#client as unknown as Corked).connection?.stream
    if (!stream?.cork || waiting.has(stream)) return
    stream.cork()
    const alone = () => {
      waiting.delete(stream)
      stream.uncork?.()
    }
    waiting.set(stream, setTimeout(alone, companyMs))
  }

  run<R extends object>(query: Query | string): Promise<pg.QueryResult<R & pg.QueryResultRow>> {
    if (this.#over) throw new Error(late)
    if (this.#around) return this.#around.session.#asHouse(query, this.#around.back)
    if (this.#back !== undefined) {
      const back = this.#back
      this.#back = undefined
      void this.#send(back)
    }
    return this.#send(query)
  }

  /** Where nobody awaits the answer and it is a refusal, the answer to the statement behind it says why. */
  #send<R extends object>(query: Query | string): Promise<pg.QueryResult<R & pg.QueryResultRow>> {
    this.#gather()
    const ask = () => this.#client.query<R & pg.QueryResultRow>(query as Query)
    const asked =
      isTraced() && typeof query !== 'string'
        ? spanned('calls', summaryOf(query.text), factsOf(query), ask)
        : ask()
    asked.catch(error => {
      this.#failed ??= error
    })
    return asked
  }

  /** Holds back what is sent until this turn of the event loop is over, so that it leaves in one packet: packets are the cost of a page. */
  #gather(): void {
    const stream = (this.#client as unknown as Corked).connection?.stream
    if (this.#gathering || !stream?.cork || !stream.uncork) return
    this.#gathering = true
    const held = waiting.get(stream)
    if (held === undefined) stream.cork()
    else clearTimeout(held)
    waiting.delete(stream)
    setImmediate(() => {
      this.#gathering = false
      stream.uncork?.()
    })
  }

  async executeQuery<R>(compiled: CompiledQuery): Promise<QueryResult<R>> {
    const name = this.#named ? nameOf(compiled.sql) : undefined
    const query = { text: compiled.sql, values: [...compiled.parameters] }
    const result = await this.run<object>(name === undefined ? query : { ...query, name })
    const counts = ['INSERT', 'UPDATE', 'DELETE', 'MERGE'].includes(result.command)
    return {
      rows: (result.rows ?? []) as R[],
      ...(counts ? { numAffectedRows: BigInt(result.rowCount ?? 0) } : {}),
    }
  }

  /** This session for statements that reach as the program itself does: so many as follow each other go out behind one word that says so. */
  asHouse(reach: RowReach): Session {
    const back = `set local app.reach = '${reach === 'nobody' ? '' : 'actor'}'`
    return new Session(this.#client, this.#named, { session: this, back })
  }

  #asHouse<R extends object>(query: Query | string, back: string) {
    if (this.#over) throw new Error(late)
    // Statements are answered in the order in which they are sent: until another is, which says so first, all of them reach as far.
    if (this.#back === undefined) void this.#send(`set local app.reach = 'house'`)
    this.#back = back
    return this.#send<R>(query)
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
