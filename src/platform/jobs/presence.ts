import type pg from 'pg'

/** Under this number every worker of a database holds a shared lock for as long as it lives ('shub' in ASCII). */
const key = 0x73687562

/** A worker's sign of life; `leave` takes it away. */
export type Presence = { leave(): void }

/**
 * Says that a worker is there, and frees what dead ones held. A process that is killed leaves its jobs locked under a name nobody bears any
 * more, and the queue would wait four hours before it gives them to another. Whoever comes when no worker is there knows that every lock
 * is a dead one's; while another lives, nothing is touched. The sign is the session's own: it ends with the connection, however that ends.
 */
export async function enter(pool: pg.Pool): Promise<Presence & { freed: number }> {
  const client = await pool.connect()
  try {
    const alone = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [key])
    let freed = 0
    if (alone.rows[0]?.got) {
      const held = await client.query<{ worker: string }>(
        `select distinct locked_by as worker from graphile_worker._private_jobs where locked_by is not null
         union select distinct locked_by from graphile_worker._private_job_queues where locked_by is not null`,
      )
      const workers = held.rows.map(row => row.worker)
      freed = workers.length
      if (freed > 0) await client.query('select graphile_worker.force_unlock_workers($1::text[])', [workers])
    }
    await client.query('select pg_advisory_lock_shared($1)', [key])
    if (alone.rows[0]?.got) await client.query('select pg_advisory_unlock($1)', [key])
    // Not given back to the pool but closed: the lock must not outlive the worker in a resting connection.
    return { freed, leave: () => client.release(true) }
  } catch (error) {
    client.release(true)
    throw error
  }
}
