import type { Read } from '../../platform/database/index.ts'
import type { SealMark } from '../audit/index.ts'
import { groupsOf, type Kind } from './model.ts'
import { checkpointOver, entryBytes, hashesAt, lastCheckpoint, leafOfSubject } from './store.ts'
import { inclusionPath, type NodeAt, perfectRoot } from './tree/merkle.ts'
import { writeProof } from './tree/proof-text.ts'
import { heldAt, tileWidth } from './tree/tile.ts'

/** Nodes of the tree of this size, read tile by tile, each tile once. */
function nodesOf(tx: Read, size: number): NodeAt {
  const tiles = new Map<string, Promise<Buffer[]>>()
  const tile = (level: number, index: number): Promise<Buffer[]> => {
    const name = `${level}/${index}`
    const from = index * tileWidth
    const known =
      tiles.get(name) ?? hashesAt(tx, level, from, Math.min(tileWidth, heldAt(level, size) - from))
    tiles.set(name, known)
    return known
  }
  return async (height, place) => {
    const level = Math.floor(height / 8)
    const wide = 2 ** (height % 8)
    const from = place * wide
    const hashes = await tile(level, Math.floor(from / tileWidth))
    return perfectRoot(hashes.slice(from % tileWidth, (from % tileWidth) + wide))
  }
}

/** Where something stands in the log, once a checkpoint covers it. The proof leads to the newest checkpoint. */
export async function markOf(tx: Read, kind: Kind, id: string): Promise<SealMark | undefined> {
  const index = await leafOfSubject(tx, kind, id)
  if (index === undefined) return undefined
  const covered = await checkpointOver(tx, index)
  if (!covered) return undefined
  return {
    number: index + 1,
    sealedAt: covered.at,
    async proof() {
      const newest = (await lastCheckpoint(tx)) ?? covered
      const path = await inclusionPath(nodesOf(tx, newest.size), index, newest.size)
      return writeProof({ index, path, checkpoint: newest.note, entry: await entryBytes(tx, kind, id) })
    },
  }
}

/** What the log had come to when it was signed last, as papers print it; nothing before the first time. */
export async function lastSeal(tx: Read): Promise<{ size: number; at: Date; groups: string[] } | undefined> {
  const last = await lastCheckpoint(tx)
  return last && { size: last.size, at: last.at, groups: groupsOf(last.root) }
}
