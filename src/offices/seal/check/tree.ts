import type { Finding } from '../../treasury/index.ts'
import { originOf } from '../model.ts'
import { Growth, perfectRoot } from '../tree/merkle.ts'
import { noteHolds, readCheckpoint, type Verifier } from '../tree/note.ts'
import { heldAt, mostLevel } from '../tree/tile.ts'

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
        ...{ outside: kept, here: size, lastSealed: last?.at.toISOString(), lost: kept - size },
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

async function growAgain(tree: Tree, wanted: ReadonlySet<number>, report: Report): Promise<Grown> {
  const growth = new Growth()
  const roots = new Map<number, Buffer>()
  if (wanted.has(0)) roots.set(0, growth.root())
  const rows: Buffer[][] = Array.from({ length: mostLevel + 1 }, () => [])
  const seen = new Set<string>()
  let gap = false
  for await (const { from, hashes } of tree.leaves) {
    if (from !== growth.size && !gap) {
      gap = true
      report('seal-leaf-missing', String(growth.size), { until: from - 1 })
    }
    for (let at = 0; at < hashes.length; at += hashBytes) {
      const leaf = hashes.subarray(at, at + hashBytes)
      growth.add(leaf)
      if (wanted.has(growth.size)) roots.set(growth.size, growth.root())
      if (!gap) climb(leaf, 0)
    }
  }
  for (let level = 1; level <= mostLevel && !gap; level++)
    for (let index = heldAt(level, growth.size); tree.nodes.has(`${level}/${index}`); index++)
      report('seal-tile-changed', `${level}/${index}`, { held: 'more than there are leaves for' })
  return { roots, size: growth.size }

  /** Fills the rows of tiles; a full one is compared with its kept root. */
  function climb(hash: Buffer, level: number): void {
    const row = rows[level] as Buffer[]
    row.push(hash)
    if (row.length < 256 || level === mostLevel) return
    const above = rows[level + 1] as Buffer[]
    const root = perfectRoot(row.splice(0))
    const index = heldAt(level + 1, growth.size) - 1
    const name = `${level + 1}/${index}`
    const kept = tree.nodes.get(name)
    seen.add(name)
    const wide = 256 ** (level + 1)
    const betweenLeaves = [index * wide, (index + 1) * wide - 1]
    if (!kept) report('seal-tile-missing', name, { betweenLeaves })
    else if (!kept.equals(root)) report('seal-tile-changed', name, { betweenLeaves })
    if (above.length < 256) climb(root, level + 1)
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
