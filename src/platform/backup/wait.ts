import { withClient } from '../database/pool.ts'
import { slotName } from './receive.ts'

/**
 * Whether a commit is answered only once the folder of backups has it on its disk. Asked for by BACKUP_WAIT, and only while the log is being
 * followed: nobody waits for a folder that is away.
 */
export async function letCommitsWait(url: string, wait: boolean): Promise<void> {
  await withClient(url, async client => {
    const wanted = wait ? slotName : ''
    const { rows } = await client.query<{ is: string }>(
      `select setting as is from pg_settings where name = 'synchronous_standby_names'`,
    )
    if (rows[0]?.is === wanted) return
    await client.query(
      wait
        ? `alter system set synchronous_standby_names = '${slotName}'`
        : 'alter system reset synchronous_standby_names',
    )
    await client.query('select pg_reload_conf()')
  })
}

/** How much of the log may wait for a folder that is away before it is given up, and a new base backup is needed. */
const mostWaiting = '8GB'

/** Keeps a folder that is away for long from filling the disk of the database. */
export async function boundWaitingLog(url: string): Promise<void> {
  await withClient(url, async client => {
    const { rows } = await client.query<{ is: string }>('show max_slot_wal_keep_size')
    const [found] = rows.map(row => Object.values(row)[0])
    if (found !== '-1') return
    await client.query(`alter system set max_slot_wal_keep_size = '${mostWaiting}'`)
    await client.query('select pg_reload_conf()')
  })
}

/** How far the folder of backups is behind, in milliseconds; undefined when nobody follows. */
export async function lagMs(url: string): Promise<number | undefined> {
  return withClient(url, async client => {
    const { rows } = await client.query<{ ms: number }>(
      `select (extract(epoch from coalesce(flush_lag, '0')) * 1000)::int as ms from pg_stat_replication where application_name = $1`,
      [slotName],
    )
    return rows[0]?.ms
  })
}

/** Whether whoever follows has said that the log up to a place (`0/16B3748`) is on its disk. */
export async function isKept(url: string, place: string): Promise<boolean> {
  return withClient(url, async client => {
    const { rows } = await client.query(
      'select 1 from pg_stat_replication where application_name = $1 and flush_lsn >= $2::pg_lsn',
      [slotName, place],
    )
    return rows.length > 0
  })
}
