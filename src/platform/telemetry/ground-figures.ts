import { statfs } from 'node:fs/promises'
import { sql } from 'kysely'
import { withClient } from '../database/pool.ts'
import type { House } from '../house.ts'
import { type FigureSource, figures } from './figures.ts'

/** Room on the disks, the size and the clock of the database, and how far a replica is behind: what stands under all towns. */
export const groundFigures: readonly FigureSource[] = [
  figures({
    part: 'disk',
    tells: {
      disk_free_bytes: { help: 'Room left on the disk of a folder', labels: ['folder'] },
      disk_size_bytes: { help: 'Size of the disk of a folder', labels: ['folder'] },
    },
    async read({ config }) {
      const folders = { data: config.dataDir, ...(config.backup.folder && { backup: config.backup.folder }) }
      const read = await Promise.all(
        Object.entries(folders).map(async ([folder, path]) => ({
          labels: { folder },
          disk: await statfs(path),
        })),
      )
      return {
        disk_free_bytes: read.map(({ labels, disk }) => ({ labels, value: disk.bavail * disk.bsize })),
        disk_size_bytes: read.map(({ labels, disk }) => ({ labels, value: disk.blocks * disk.bsize })),
      }
    },
  }),
  figures({
    part: 'database',
    tells: {
      database_bytes: { help: 'Size of the database' },
      database_sessions: { help: 'Sessions at the database server, of everybody' },
      database_sessions_most: { help: 'Sessions the database server admits' },
      clock_apart_seconds: { help: 'How far the clock of this machine is before that of the database' },
    },
    async read({ database, clock }) {
      const { rows } = await database.directory(q =>
        sql<{ bytes: number; sessions: number; most: number; now: Date }>`
          select pg_database_size(current_database()) as bytes, (select count(*) from pg_stat_activity where backend_type = 'client backend') as sessions,
                 current_setting('max_connections')::integer as most, clock_timestamp() as now`.execute(q),
      )
      const [row] = rows
      if (!row) return {}
      const one = (value: number) => [{ value }]
      return {
        database_bytes: one(row.bytes),
        database_sessions: one(row.sessions),
        database_sessions_most: one(row.most),
        clock_apart_seconds: one((clock.now().getTime() - row.now.getTime()) / 1000),
      }
    },
  }),
  figures({
    part: 'replica',
    tells: { replica_lag_seconds: { help: 'How far the replica is behind what was written' } },
    read: async house => ({ replica_lag_seconds: await replicaLag(house) }),
  }),
]

/** While nobody writes nothing is replayed: a replica that has all it was sent is not behind, however long ago the last of it was. */
async function replicaLag({ config }: House): Promise<{ value: number }[]> {
  const url = config.databaseReplicaUrl
  if (url === undefined) return []
  const value = await withClient(url, async client => {
    const { rows } = await client.query<{ behind: number }>(
      `select case when not pg_is_in_recovery() or pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() then 0
         else coalesce(extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()), 0) end::float8 as behind`,
    )
    return rows[0]?.behind ?? 0
  })
  return [{ value }]
}
