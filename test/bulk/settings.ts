import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { serverProcesses, waitUntil } from '../../src/platform/database/postgres/processes.ts'
import { dataOf, type Ground } from '../bench/ground.ts'

type Laid = Pick<Ground, 'asOwner' | 'environment'>

/** Nothing written now has to outlive a crash: whoever fills begins anew. Indexes are built without being logged. */
const bulk = {
  fsync: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  autovacuum: 'off',
  shared_buffers: '1GB',
  max_wal_size: '2GB',
  checkpoint_timeout: '1h',
  maintenance_work_mem: '512MB',
}

/**
 * Fills a database of its own under settings no town should have, and puts them back: afterwards everything is written down for good, and the
 * next who needs the database starts it as it was.
 */
export async function withBulkSettings<T>(laid: Laid, work: () => Promise<T>): Promise<T> {
  const change = async (statements: readonly string[]) => {
    await laid.asOwner(async client => {
      for (const each of statements) await client.query(each)
      await client.query('checkpoint')
    })
    await ended(laid)
  }
  await change(Object.entries(bulk).map(([name, value]) => `alter system set ${name} = '${value}'`))
  try {
    return await work()
  } finally {
    await change(Object.keys(bulk).map(name => `alter system reset ${name}`))
    // What was written while `fsync` was off lies with the kernel.
    await promisify(execFile)('sync')
  }
}

/** The embedded database ends with the last who needs it. */
export async function ended({ environment }: Pick<Laid, 'environment'>): Promise<void> {
  const data = dataOf(environment.DATA_DIR)
  if (!(await waitUntil(() => serverProcesses(data).length === 0, 120_000)))
    throw new Error('the database does not end')
}
