import { sql } from 'kysely'
import type { Read } from '../../platform/database/index.ts'
import { figures, ofEachTown } from '../../platform/telemetry/figures.ts'

/** How long what was recorded has waited for its place in the log. */
export const sealFigures = figures({
  part: 'seal',
  tells: {
    seal_waiting_seconds: { help: 'Age of the oldest entry that is not sealed yet', labels: ['town'] },
    seal_size: { help: 'Entries the last checkpoint is signed over', labels: ['town'] },
  },
  async read({ database }, towns) {
    const all = await ofEachTown(towns, async ({ id, slug }) => [
      { labels: { town: slug }, ...(await database.read(id, standing)) },
    ])
    return {
      seal_waiting_seconds: all.map(({ labels, waiting: value }) => ({ labels, value })),
      seal_size: all.map(({ labels, size: value }) => ({ labels, value })),
    }
  },
})

/**
 * From the horizon of the last checkpoint on, as the sealer looks; every entry of an act is in the audit. The horizon is asked for before: under
 * row-level security an index is entered with a value that is there, and compared row by row with one that is still to be found.
 */
async function standing(tx: Read): Promise<{ waiting: number; size: number }> {
  const { rows: sealed } = await sql<{ size: number; horizon: string | null }>`
    select size, horizon::text from seal_checkpoint where municipality_id = ${tx.town} order by size desc limit 1`.execute(
    tx.q,
  )
  const { size = 0, horizon } = sealed[0] ?? {}
  const { rows: oldest } = await sql<{ waiting: number }>`
    select extract(epoch from ${tx.now}::timestamptz - at)::float8 as waiting from audit t
     where t.municipality_id = ${tx.town} and t.xid >= ${horizon ?? '0'}::xid8
       and (select s.leaf_index from seal_leaf s
             where s.municipality_id = t.municipality_id and s.kind = 'audit' and s.subject_id = t.audit_id limit 1) is null
     order by t.xid, t.audit_id limit 1`.execute(tx.q)
  return { waiting: Math.max(0, oldest[0]?.waiting ?? 0), size }
}
