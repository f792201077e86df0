import { type Kysely, sql } from 'kysely'
import type { Clock } from '../../clock.ts'
import type { Tables } from '../connection.ts'
import { openPool } from '../pool.ts'
import { type Database, type DatabaseOptions, database, type LayerGuard } from '../transaction.ts'
import { ReplicaAge } from './age.ts'

export interface ReplicaOptions {
  url: string
  /** How old what is read may be, at most; what is older is read from the primary. */
  mostSeconds: number
  clock: Clock
  prepared?: boolean
  max?: number
  layers?: LayerGuard
  /** Told when the replica begins and ceases to be read. */
  onChange?: (isRead: boolean) => void
  onError?: (error: unknown) => void
  /** Between two questions of how far it is. */
  everyMs?: number
}

export interface Replica {
  /** The database, whose `readOld` reads from the replica while it is there and young enough. */
  database: Database
  /** Asks now how far primary and replica are. */
  look(): Promise<void>
}

/** How long a replica may keep silent before it counts as away. */
const patienceMs = 2_000

/** Why a read ends that waits for a replica which is away. */
class Away extends Error {}

/**
 * A second database that follows the first (streaming replication), for reads that may be a little old. Whatever goes wrong there, down to a
 * row that is not there yet, is asked again of the primary: only its word counts.
 */
export function openReplica(primary: Database, options: ReplicaOptions): Replica {
  const { clock, onError = () => {} } = options
  const age = new ReplicaAge()
  let line = openLine()
  let told = false
  let closed = false

  /** Connections to the replica, with what ends the reads that wait on them. */
  function openLine() {
    const pool = openPool(options.url, {
      max: options.max ?? 20,
      name: 'shubbak old reads',
      patienceMs,
      onError,
    })
    const { layers } = options
    const own: DatabaseOptions = {
      clock,
      prepared: options.prepared ?? true,
      // Of the keys' layer, too, only the primary's word counts.
      ...(layers && { layers: { layerOf: town => layers.layerOf(town), noteLayer: away } }),
    }
    let end = () => {}
    const ended = new Promise<never>((_, reject) => {
      end = () => reject(new Away('the replica is away'))
    })
    ended.catch(() => {})
    return { database: database(pool, true, own), ended, end }
  }

  function away(): never {
    throw new Away('the replica has another layer of the keys')
  }

  /** Connections that may hang are given up; new ones are opened to whatever answers there next. */
  function giveUp(): void {
    age.forget()
    line.end()
    line.database.close().catch(onError)
    if (!closed) line = openLine()
  }

  const standing = () => age.within(options.mostSeconds * 1000, performance.now())

  async function look(): Promise<void> {
    const moment = { at: clock.now(), steadyMs: performance.now() }
    const asked = line
    try {
      age.primaryAt(await within(primary.directory(flushed)), moment)
    } catch {
      // Nothing new is known of the primary: what the replica holds grows older.
    }
    try {
      const lsn = await within(asked.database.directory(replayed))
      if (lsn === undefined) age.forget()
      else if (asked === line) age.replicaAt(lsn)
    } catch (error) {
      if (closed || asked !== line) return
      if (told) onError(error)
      giveUp()
    }
    const isRead = standing() !== undefined
    if (isRead !== told) options.onChange?.(isRead)
    told = isRead
  }

  let timer: NodeJS.Timeout | undefined
  const watch = async () => {
    await look().catch(onError)
    if (!closed) timer = setTimeout(watch, options.everyMs ?? 1_000).unref()
  }
  const watching = options.everyMs === 0 ? undefined : watch()

  const readOld: Database['readOld'] = async (town, work, reach) => {
    const moment = standing()
    const fresh = async () => ({ value: await primary.read(town, work, reach), asOf: undefined })
    if (moment === undefined) return fresh()
    try {
      return {
        value: await Promise.race([line.database.read(town, work, reach), line.ended]),
        asOf: moment.at,
      }
    } catch {
      return fresh()
    }
  }

  return {
    look,
    database: {
      ...primary,
      readOld,
      async close() {
        closed = true
        clearTimeout(timer)
        await watching
        clearTimeout(timer)
        line.end()
        // Connections that hang are left to end with the process.
        await Promise.all([within(line.database.close()).catch(onError), primary.close()])
      },
    },
  }
}

/** How far the primary has written its log so that nothing takes it back: whatever it acknowledged stands before. */
async function flushed(q: Kysely<Tables>): Promise<bigint> {
  const { rows } = await sql<{ lsn: string }>`
    select pg_wal_lsn_diff(pg_current_wal_flush_lsn(), '0/0')::text as lsn`.execute(q)
  return BigInt(rows[0]?.lsn ?? 0)
}

/** How far a replica has followed; undefined for a server that follows nobody. */
async function replayed(q: Kysely<Tables>): Promise<bigint | undefined> {
  const { rows } = await sql<{ lsn: string | null }>`
    select case when pg_is_in_recovery() then pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::text end as lsn`.execute(
    q,
  )
  return rows[0]?.lsn == null ? undefined : BigInt(rows[0].lsn)
}

async function within<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Away('no answer')), patienceMs)
  })
  answer.catch(() => {})
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}
