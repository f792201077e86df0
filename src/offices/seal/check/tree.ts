import type { Finding } from '../../treasury/index.ts'
import { originOf } from '../model.ts'
import { Growth, packedRoot, perfectRoot } from '../tree/merkle.ts'
import { noteHolds, readCheckpoint, type Verifier } from '../tree/note.ts'
import { heldAt, mostLevel, tileWidth } from '../tree/tile.ts'

/** A checkpoint as the town keeps it. */
export type KeptCheckpoint = { size: number; root: Buffer; at: Date; note: string }

/** A checkpoint somebody kept outside, under the name of its file. */
export type OutsideCheckpoint = { name: string; note: string }

export type Tree = {
  slug: string
  checkpoints: readonly KeptCheckpoint[]
  outside: readonly OutsideCheckpoint[]
  /** Keys whose word counts for what is newest, and those that counted once. */
  keys: readonly Verifier[]
  earlierKeys: readonly Verifier[]
  /** The hashes of the leaves in order, some at a time; `from` is the place of the first. */
  leaves: AsyncIterable<{ from: number; hashes: Buffer }>
  /** The kept roots of tiles: `level/index` to hash. */
  nodes: ReadonlyMap<string, Buffer>
}

const hashBytes = 32
const tileBytes = hashBytes * tileWidth
type Report = (code: string, subject: string, details: Record<string, unknown>) => void

/** The tree grown again from its leaves, held against every kept tile, every own checkpoint and every one from outside. */
export async function judgeTree(tree: Tree, found: (finding: Finding) => void): Promise<{ leaves: number }> {
  const report: Report = (code, subject, details) => found({ code, subject, details })
  const outside = readOutside(tree, report)
  const wanted = new Set([...tree.checkpoints, ...outside].map(each => each.size))
  const { roots, size } = await growAgain(tree, wanted, report)
  judgeOwn(tree, roots, size, report)
  let good = 0
  for (const { name, size: kept, root } of outside.toSorted((a, b) => a.size - b.size)) {
    if (kept > size) {
      const last = tree.checkpoints.at(-1)
      report('behind-outside-checkpoint', name, {
        outside: kept,
        here: size,
        lastSealed: last?.at.toISOString(),
        lost: kept - size,
      })
    } else if (roots.get(kept)?.equals(root)) good = kept
    else report('unlike-outside-checkpoint', name, { size: kept, betweenLeaves: [good, kept - 1] })
  }
  return { leaves: size }
}

function readOutside(tree: Tree, report: Report): { name: string; size: number; root: Buffer }[] {
  return tree.outside.flatMap(({ name, note }) => {
    const read = readCheckpoint(note)
    if (!read) report('outside-checkpoint-unreadable', name, {})
    else if (read.origin !== originOf(tree.slug)) return []
    else if (!noteHolds(read, [...tree.keys, ...tree.earlierKeys]))
      report('outside-checkpoint-unsigned', name, {})
    else return [{ name, size: read.size, root: read.root }]
    return []
  })
}

type Grown = { roots: Map<number, Buffer>; size: number }

/**
 * Grows the tree tile by tile; leaf by leaf only where a wanted size lies inside a tile, and at the end. From a gap on there are no tiles: what
 * is left is grown as it stands.
 */
async function growAgain(tree: Tree, wanted: ReadonlySet<number>, report: Report): Promise<Grown> {
  const growth = new Growth()
  const roots = new Map<number, Buffer>()
  const note = () => {
    if (wanted.has(growth.size)) roots.set(growth.size, growth.root())
  }
  note()
  const cut = new Set(
    [...wanted].filter(size => size % tileWidth !== 0).map(size => Math.floor(size / tileWidth)),
  )
  const above: Buffer[][] = Array.from({ length: mostLevel + 1 }, () => [])
  let tile: Buffer[] = []
  let gap = false
  let size = 0
  const addLeaves = () => {
    for (const leaf of tile) {
      growth.add(leaf)
      note()
    }
    tile = []
  }
  for await (const { from, hashes } of tree.leaves) {
    if (from !== size && !gap) {
      gap = true
      report('seal-leaf-missing', String(size), { until: from - 1 })
    }
    for (let at = 0; at < hashes.length; ) {
      const index = Math.floor(size / tileWidth)
      // A whole tile nobody asks into is hashed where it lies.
      if (!gap && tile.length === 0 && hashes.length - at >= tileBytes && !cut.has(index)) {
        const root = Buffer.from(packedRoot(hashes.subarray(at, at + tileBytes)))
        at += tileBytes
        size += tileWidth
        growth.add(root, 8)
        note()
        climb(root, 1, index)
        continue
      }
      tile.push(hashes.subarray(at, at + hashBytes))
      at += hashBytes
      size += 1
      if (gap) addLeaves()
      else if (tile.length === tileWidth) {
        const root = perfectRoot(tile)
        if (cut.has(index)) addLeaves()
        else {
          growth.add(root, 8)
          note()
          tile = []
        }
        climb(root, 1, index)
      }
    }
  }
  addLeaves()
  for (let level = 1; level <= mostLevel && !gap; level++)
    for (let index = heldAt(level, size); tree.nodes.has(`${level}/${index}`); index++)
      report('seal-tile-changed', `${level}/${index}`, { held: 'more than there are leaves for' })
  return { roots, size }

  /** Compares the root of a full tile with the kept one, and fills the tile above with it. */
  function climb(root: Buffer, level: number, index: number): void {
    const name = `${level}/${index}`
    const kept = tree.nodes.get(name)
    const wide = tileWidth ** level
    const betweenLeaves = [index * wide, (index + 1) * wide - 1]
    if (!kept) report('seal-tile-missing', name, { betweenLeaves })
    else if (!kept.equals(root)) report('seal-tile-changed', name, { betweenLeaves })
    const row = above[level] as Buffer[]
    row.push(root)
    if (row.length === tileWidth && level < mostLevel)
      climb(perfectRoot(row.splice(0)), level + 1, Math.floor(index / tileWidth))
  }
}

/** Each own checkpoint is signed, says what its row says, and is the root of as many leaves. Of roots that differ the first is named. */
function judgeOwn(tree: Tree, roots: ReadonlyMap<number, Buffer>, size: number, report: Report): void {
  let good = 0
  let differing = 0
  tree.checkpoints.forEach((kept, place) => {
    const name = String(kept.size)
    const read = readCheckpoint(kept.note)
    const isLast = place === tree.checkpoints.length - 1
    if (
      !read ||
      read.size !== kept.size ||
      !read.root.equals(kept.root) ||
      read.origin !== originOf(tree.slug)
    )
      report('seal-checkpoint-changed', name, { at: kept.at.toISOString() })
    else if (!noteHolds(read, isLast ? tree.keys : [...tree.keys, ...tree.earlierKeys]))
      report('seal-signature-wrong', name, { at: kept.at.toISOString() })
    if (kept.size > size) {
      if (isLast) report('seal-shorter-than-checkpoint', name, { leaves: size, at: kept.at.toISOString() })
    } else if (roots.get(kept.size)?.equals(kept.root)) good = differing === 0 ? kept.size : good
    else {
      differing += 1
      if (differing === 1)
        report('seal-root-differs', name, { betweenLeaves: [good, kept.size - 1], at: kept.at.toISOString() })
    }
  })
}
