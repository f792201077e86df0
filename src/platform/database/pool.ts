import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`The number ${text} is too large to be exact`)
  return value
}

function arrayOf<T>(each: (text: string) => T): (text: string) => (T | null)[] {
  const parseTexts = pg.types.getTypeParser(1009 as never, 'text')
  return text => parseTexts(text).map((item: string | null) => (item === null ? null : each(item)))
}

/** bigint becomes a number (an error where that is not exact), a date stays 'YYYY-MM-DD', numeric stays text. */
const parsers = new Map<number, (text: string) => unknown>([
  [20, safeInteger],
  [1016, arrayOf(safeInteger)],
  [1082, text => text],
  [1182, arrayOf(text => text)],
])

const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers.get(oid)) || pg.types.getTypeParser(oid, format),
}

export interface PoolOptions {
  max?: number
  name?: string
  /** The role this pool acts as, when its log-in is another that may become it. */
  role?: string
  /** How long a connection may take, 10 s unless given. */
  patienceMs?: number
  /** How long a statement waits for a lock that another holds, in milliseconds; for ever where not said. */
  lockMs?: number
  onError?: (error: Error) => void
}

/** A pool of connections; one that breaks while it rests is replaced, not thrown. */
export function openPool(url: string, options: PoolOptions = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    connectionTimeoutMillis: options.patienceMs ?? 10_000,
    idleTimeoutMillis: 30_000,
    application_name: options.name ?? 'shubbak',
    types,
    // Statements of a transaction need not wait for each other's answers.
    pipeline: true,
    ...(options.lockMs === undefined ? {} : { lock_timeout: options.lockMs }),
    ...(options.role ? { options: `-c role=${options.role}` } : {}),
  })
  const onError = options.onError ?? (() => {})
  pool.on('error', onError)
  pool.on('connect', client => client.on('error', onError))
  return pool
}

/**
 * Closes a pool. Its own `end` comes back before its connections have: a server that is stopped next would cut them off, and each would
 * complain. Waits until the last is gone, a second at most.
 */
export async function closePool(pool: pg.Pool): Promise<void> {
  let open = pool.totalCount
  const gone = new Promise<void>(resolve => {
    if (open === 0) resolve()
    pool.on('remove', () => {
      open -= 1
      if (open <= 0) resolve()
    })
  })
  await pool.end()
  await Promise.race([gone, sleep(1000, undefined, { ref: false })])
}

/** One connection that is closed when the work is done. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    types,
    connectionTimeoutMillis: 10_000,
    application_name: 'shubbak',
  })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}
