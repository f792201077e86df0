import { sql } from 'kysely'
import type { Read, Write } from '../../platform/database/index.ts'
import type { House } from '../../platform/house.ts'
import { record } from '../audit/index.ts'
import { type Kind, kinds, originOf } from './model.ts'
import { hashesAt, insertLeaves, insertNodes, knownKeys, type Reach, waitingOf } from './store.ts'
import { Growth, leafHash, perfectRoot } from './tree/merkle.ts'
import { signCheckpoint, verifierOf, verifierText } from './tree/note.ts'
import { heldAt, mostLevel, tileWidth } from './tree/tile.ts'

/** What one pass came to: how many entries got their place, and the size of the log after it. */
export type Sealed = { sealed: number; size: number }

const usualBatch = 5_000

type Pass = {
  slug: string
  below: string
  cluster: string
  horizon: string | undefined
  elsewhere: string | undefined
}

/**
 * Gives every entry whose transaction is older than all open ones the next place in its town's log, and signs what the log has come to. Waits
 * for nobody and nobody waits for it; two at once do no harm. Entries of transactions that are still open get their place in a later pass.
 */
export async function sealTown(
  house: Pick<House, 'database' | 'crypto'>,
  town: string,
  { batch = usualBatch }: { batch?: number } = {},
): Promise<Sealed> {
  const pass = await house.database.read(town, beginPass)
  if (pass.elsewhere !== undefined) await house.database.write(town, tx => carryOn(tx, pass))
  let after: Partial<Record<Kind, Reach['after']>> = {}
  let waiting: readonly Kind[] = kinds
  let sealed = 0
  for (;;) {
    const step = await house.database.write(town, tx => sealSome(tx, { house, pass, after, waiting, batch }))
    if (!step) return { sealed, size: await house.database.read(town, sizeOf) }
    sealed += step.sealed
    after = { ...after, ...step.after }
    waiting = step.waiting
    if (waiting.length === 0) return { sealed, size: step.size }
  }
}

async function beginPass(tx: Read): Promise<Pass> {
  const { rows } = await sql<{
    slug: string
    below: string
    cluster: string
    horizon: string | null
    last_cluster: string | null
  }>`
    select m.slug, pg_snapshot_xmin(pg_current_snapshot())::text as below,
           (select system_identifier::text from pg_control_system()) as cluster, c.horizon::text, c.cluster as last_cluster
      from municipality m
      left join lateral (select horizon, cluster from seal_checkpoint
            where municipality_id = m.municipality_id order by size desc limit 1) c on true
     where m.municipality_id = ${tx.town}`.execute(tx.q)
  const [row] = rows
  if (!row) throw new Error('no such town')
  const moved = row.last_cluster !== null && row.last_cluster !== row.cluster
  return {
    slug: row.slug,
    below: row.below,
    cluster: row.cluster,
    horizon: moved ? undefined : (row.horizon ?? undefined),
    elsewhere: moved ? (row.last_cluster ?? undefined) : undefined,
  }
}

/**
 * Numbers of transactions mean nothing in another database: after a restore, as at the very first, everything is looked through once, and
 * that is written down.
 */
const carryOn = (tx: Write, { elsewhere, cluster }: Pass) =>
  record(tx, {
    actor: { kind: 'system', id: 'seal' },
    act: 'seal.carried-on',
    subjectKind: 'town',
    subjectId: tx.town,
    cause: `${elsewhere} → ${cluster}`,
  })

type Step = {
  house: Pick<House, 'crypto'>
  pass: Pass
  after: Partial<Record<Kind, Reach['after']>>
  waiting: readonly Kind[]
  batch: number
}
type Stepped = Sealed & { after: Step['after']; waiting: readonly Kind[] }

/** One transaction of a pass; nothing when another is sealing this town. */
async function sealSome(
  tx: Write,
  { house, pass, after, waiting, batch }: Step,
): Promise<Stepped | undefined> {
  const { rows } = await sql<{ mine: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`seal ${tx.town}`}, 0)) as mine`.execute(tx.q)
  if (!rows[0]?.mine) return undefined
  const from = await sizeOf(tx)
  const signed = await signedOf(tx)
  // What was signed once is never signed otherwise: a log that lost leaves is not gone on with, nor are its entries given places anew.
  if (from < signed)
    throw new Error(`The log of ${tx.town} is shorter than its checkpoint: run shubbak verify`)
  const leaves: { kind: Kind; id: string; hash: Buffer }[] = []
  const reached: Step['after'] = {}
  const left = [...waiting]
  while (left[0] && leaves.length < batch) {
    const [kind] = left
    const room = batch - leaves.length
    const reach = { after: after[kind], from: pass.horizon, below: pass.horizon && pass.below }
    const found = await waitingOf(tx, kind, reach, room)
    for (const each of found) leaves.push({ kind, id: each.id, hash: leafHash(each.bytes) })
    reached[kind] = found.at(-1) ?? after[kind]
    if (found.length < room) left.shift()
  }
  const size = from + leaves.length
  if (leaves.length > 0) await grow(tx, from, leaves)
  if (left.length === 0 && size > signed) await sign(tx, house, pass, size)
  return { sealed: leaves.length, size, after: reached, waiting: left }
}

async function sizeOf(tx: Read): Promise<number> {
  const { rows } = await sql<{ size: number }>`select coalesce(max(leaf_index) + 1, 0) as size from seal_leaf
    where municipality_id = ${tx.town}`.execute(tx.q)
  return rows[0]?.size ?? 0
}

/** Adds leaves, and the root of each tile they fill. */
async function grow(
  tx: Write,
  from: number,
  leaves: readonly { kind: Kind; id: string; hash: Buffer }[],
): Promise<void> {
  const size = from + leaves.length
  let begun = from - (from % tileWidth)
  let hashes = [...(await hashesAt(tx, 0, begun, from - begun)), ...leaves.map(each => each.hash)]
  await insertLeaves(tx, from, leaves)
  for (let level = 1; level <= mostLevel; level++) {
    const first = heldAt(level, from)
    const filled = heldAt(level, size)
    if (first === filled) return
    const nodes: Buffer[] = []
    for (let index = first; index < filled; index++) {
      const at = index * tileWidth - begun
      nodes.push(perfectRoot(hashes.slice(at, at + tileWidth)))
    }
    begun = first - (first % tileWidth)
    hashes = [...(await hashesAt(tx, level, begun, first - begun)), ...nodes]
    await insertNodes(tx, level, first, nodes)
  }
}

/** The root of the log at its present size, from the tiles at its edge. */
async function edgeRoot(tx: Read, size: number): Promise<Buffer> {
  const growth = new Growth()
  for (let level = mostLevel; level >= 0; level--) {
    const held = heldAt(level, size)
    const edge = held % tileWidth
    for (const node of await hashesAt(tx, level, held - edge, edge)) growth.add(node, 8 * level)
  }
  if (growth.size !== size) throw new Error(`The log of ${tx.town} lacks leaves: run shubbak verify`)
  return growth.root()
}

/** How many entries the newest checkpoint of the town covers. */
async function signedOf(tx: Read): Promise<number> {
  const { rows } = await sql<{ size: number }>`select coalesce(max(size), 0) as size from seal_checkpoint
    where municipality_id = ${tx.town}`.execute(tx.q)
  return rows[0]?.size ?? 0
}

async function sign(tx: Write, house: Pick<House, 'crypto'>, pass: Pass, size: number): Promise<void> {
  const root = await edgeRoot(tx, size)
  const origin = originOf(pass.slug)
  const signers = house.crypto.signers(tx.town)
  const verifiers = signers.map(each => verifierText(verifierOf(origin, each.publicKey)))
  await takeOver(tx, verifiers)
  await sql`insert into seal_checkpoint (municipality_id, size, root, sealed_at, note, horizon, cluster)
    values (${tx.town}, ${size}, ${root}, ${tx.now}, ${signCheckpoint({ origin, size, root }, signers)}, ${pass.below}::xid8,
            ${pass.cluster})`.execute(tx.q)
}

/**
 * Keeps public keys that are new, and writes each into the log beside the keys known until then: sealed in the next pass under all keys that
 * sign, the old ones among them, it hands the log over to the new key.
 */
async function takeOver(tx: Write, verifiers: readonly string[]): Promise<void> {
  const known = await knownKeys(tx)
  const added = verifiers.filter(each => !known.some(({ verifier }) => verifier === each))
  if (added.length === 0) return
  await sql`insert into seal_key (municipality_id, verifier, known_since)
    select ${tx.town}, verifier, ${tx.now} from unnest(${added}::text[]) as w(verifier) on conflict do nothing`.execute(
    tx.q,
  )
  if (known.length === 0) return
  const said = {
    actor: { kind: 'system', id: 'seal' },
    act: 'seal.key-added',
    subjectKind: 'town',
    subjectId: tx.town,
  } as const
  for (const cause of added) await record(tx, { ...said, cause })
}
