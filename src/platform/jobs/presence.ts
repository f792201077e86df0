import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'

/** Under this number every process of workers holds a shared lock for as long as it lives ('shub' in ASCII), and each worker one with its name. */
const key = 0x73687562

/** A new worker may take a job a moment before its sign stands: what was taken less long ago is nobody's who died. */
const graceSeconds = 60
const everyMs = 20_000

/** Signs of life of the workers of a process; `leave` takes them away. */
export type Presence = {
  /** Gives the sign of a worker, by the name it locks its jobs under. */
  announce(worker: string): void
  leave(): Promise<void>
}

export type PresenceOptions = {
  pool: pg.Pool
  /** Told how many dead workers something was taken from. */
  onFreed?: (workers: number) => void
  graceSeconds?: number
  everyMs?: number
}

/**
 * Says that workers are there, and frees what dead ones held. A process that is killed leaves its jobs locked under names nobody bears any
 * more, and the queue would wait four hours before it gives them to another. Whoever comes when no process is there knows that every lock is
 * a dead one's; while others live, those are freed whose worker gives no sign. A sign is the session's own: it ends with the connection,
 * however that ends, and is given again over a new one.
 */
export async function enter(options: PresenceOptions): Promise<Presence> {
  const { pool, onFreed = () => {} } = options
  const leaving = new AbortController()
  const mine = new Set<string>()
  let client: pg.PoolClient | undefined
  const given = new WeakSet<pg.PoolClient>()

  /** Not given back to the pool but closed: a lock must not outlive the worker in a resting connection. */
  function drop(at: pg.PoolClient | undefined): void {
    if (!at || given.has(at)) return
    given.add(at)
    if (client === at) client = undefined
    at.release(true)
  }

  async function come(): Promise<pg.PoolClient> {
    const came = await pool.connect()
    came.once('error', () => drop(came))
    try {
      const alone = await came.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [key])
      if (alone.rows[0]?.got) await free(came, await holders(came, 0))
      await came.query('select pg_advisory_lock_shared($1)', [key])
      if (alone.rows[0]?.got) await came.query('select pg_advisory_unlock($1)', [key])
      for (const worker of mine) await sign(came, worker)
      return came
    } catch (error) {
      drop(came)
      throw error
    }
  }

  /** Workers that have held something for so long; not those of this process. */
  async function holders(at: pg.PoolClient, seconds: number): Promise<string[]> {
    const { rows } = await at.query<{ worker: string }>(
      `select distinct locked_by as worker from (
         select locked_by, locked_at from graphile_worker._private_jobs
         union all select locked_by, locked_at from graphile_worker._private_job_queues) held
        where locked_by is not null and locked_at <= clock_timestamp() - make_interval(secs => $1)`,
      [seconds],
    )
    return rows.map(row => row.worker).filter(worker => !mine.has(worker))
  }

  async function free(at: pg.PoolClient, workers: readonly string[]): Promise<void> {
    if (workers.length === 0) return
    await at.query('select graphile_worker.force_unlock_workers($1::text[])', [workers])
    onFreed(workers.length)
  }

  /** Frees what workers hold that give no sign. */
  async function sweep(at: pg.PoolClient): Promise<void> {
    for (const worker of await holders(at, options.graceSeconds ?? graceSeconds)) {
      const name = [key, worker]
      const dead = await at.query<{ got: boolean }>(
        'select pg_try_advisory_lock($1, hashtext($2)) as got',
        name,
      )
      if (!dead.rows[0]?.got) continue
      await free(at, [worker])
      await at.query('select pg_advisory_unlock($1, hashtext($2))', name)
    }
  }

  client = await come()
  const watching = (async () => {
    while (!leaving.signal.aborted) {
      try {
        client ??= await come()
        await sweep(client)
      } catch {
        // The database is away: the signs are given again when it is back.
        drop(client)
      }
      await sleep(options.everyMs ?? everyMs, undefined, { signal: leaving.signal }).catch(() => {})
    }
  })()

  return {
    announce(worker) {
      mine.add(worker)
      if (client) sign(client, worker).catch(() => {})
    },
    async leave() {
      leaving.abort()
      await watching
      drop(client)
    },
  }
}

const sign = (at: pg.PoolClient, worker: string) =>
  at.query('select pg_advisory_lock_shared($1, hashtext($2))', [key, worker])
