import type pg from 'pg'
import { packedRoot } from '../../src/offices/seal/tree/merkle.ts'
import { heldAt, mostLevel, tileWidth } from '../../src/offices/seal/tree/tile.ts'

const some = 500

const kinds = { audit: 'canonical', document: 'sha256', receipt: "convert_to(receipt_id::text, 'UTF8')" }

/**
 * Gives every entry of a filled town that has no place yet one in its log, as its owner: leaves by SQL, and over them the roots of filled tiles. The
 * next pass of the sealer signs what the log has come to. `whole: false`: none gets a place, and the sealer takes the past as sealed.
 */
export async function sealFilled(
  client: pg.Client,
  town: string,
  { whole = true }: { whole?: boolean } = {},
): Promise<void> {
  await client.query(
    "set session_replication_role = replica; set synchronous_commit = off; set work_mem = '256MB'",
  )
  if (whole) {
    for (const [table, bytes] of Object.entries(kinds))
      await client.query(
        `insert into seal_leaf (municipality_id, leaf_index, kind, subject_id, hash)
         select $1, (select coalesce(max(leaf_index) + 1, 0) from seal_leaf where municipality_id = $1) + row_number() over () - 1, '${table}',
                t.${table}_id, sha256('\\x00'::bytea || ${bytes})
           from ${table} t left join seal_leaf s on s.municipality_id = $1 and s.kind = '${table}' and s.subject_id = t.${table}_id
          where t.municipality_id = $1 and s.leaf_index is null`,
        [town],
      )
    await growTiles(client, town)
  }
  // Whatever was there is not looked for again.
  await client.query(
    `update seal_checkpoint set horizon = pg_snapshot_xmin(pg_current_snapshot())
      where municipality_id = $1 and size = (select max(size) from seal_checkpoint where municipality_id = $1)`,
    [town],
  )
  await client.query('set session_replication_role = origin; reset synchronous_commit; reset work_mem')
}

/** Writes the root of every tile that is full by now, level above level. */
async function growTiles(client: pg.Client, town: string): Promise<void> {
  const count = async (text: string, values: readonly unknown[]) =>
    (await client.query<{ n: number }>(text, [...values])).rows[0]?.n ?? 0
  const size = await count(
    'select (coalesce(max(leaf_index), -1) + 1)::int as n from seal_leaf where municipality_id = $1',
    [town],
  )
  for (let level = 1; level <= mostLevel; level += 1) {
    const held = heldAt(level, size)
    let next = await count(
      'select count(*)::int as n from seal_node where municipality_id = $1 and level = $2',
      [town, level],
    )
    const below =
      level === 1
        ? 'select leaf_index as place, hash from seal_leaf where municipality_id = $1'
        : `select node_index as place, hash from seal_node where municipality_id = $1 and level = ${level - 1}`
    for (; next < held; next += some) {
      const { rows } = await client.query<{ tile: number; hashes: Buffer }>(
        `select (place / ${tileWidth})::int as tile, string_agg(hash, ''::bytea order by place) as hashes from (${below}) b
          where place >= $2 and place < $3 group by 1 order by 1`,
        [town, next * tileWidth, Math.min(held, next + some) * tileWidth],
      )
      await client.query(
        `insert into seal_node (municipality_id, level, node_index, hash)
         select $1, $2, node, decode(hash, 'hex') from unnest($3::int[], $4::text[]) as w(node, hash)`,
        [town, level, rows.map(row => row.tile), rows.map(row => packedRoot(row.hashes).toString('hex'))],
      )
    }
  }
}
