import { hash } from 'node:crypto'

/** The tree of RFC 6962 over SHA-256. A node of height h and place k stands over the leaves [k·2^h, (k+1)·2^h). */

const leafMark = Buffer.of(0)
const hashBytes = 32

/** A digest comes out of Node four times faster as a string of bytes than as a buffer of its own. */
const bytesOf = (data: Uint8Array): string => hash('sha256', data, 'binary')
const sha256 = (data: Uint8Array): Buffer => Buffer.from(bytesOf(data), 'latin1')

/** What an entry's bytes come to as a leaf. */
export const leafHash = (entry: Uint8Array): Buffer => sha256(Buffer.concat([leafMark, entry]))

/** The same of an entry that is a text, in hexadecimal. */
export const leafHexOf = (entry: string): string => hash('sha256', `\u0000${entry}`, 'hex')

/** One place to put two hashes together: a tree is mostly this. */
const pair = Buffer.concat([Buffer.of(1), Buffer.alloc(2 * hashBytes)])

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  pair.set(left, 1)
  pair.set(right, 1 + hashBytes)
  return sha256(pair)
}

const emptyRoot = sha256(Buffer.alloc(0))

/** The root over neighbouring nodes of one height; how many is a power of two. */
export function perfectRoot(nodes: readonly Uint8Array[]): Buffer {
  return nodes.length === 0 ? emptyRoot : packedRoot(Buffer.concat(nodes))
}

/** The same over nodes that lie side by side in one buffer, which is written over. */
export function packedRoot(nodes: Buffer): Buffer {
  for (let width = nodes.length / hashBytes; width > 1; width /= 2)
    for (let place = 0; place < width / 2; place++) {
      nodes.copy(pair, 1, place * 2 * hashBytes, (place + 1) * 2 * hashBytes)
      nodes.write(bytesOf(pair), place * hashBytes, 'latin1')
    }
  return nodes.subarray(0, hashBytes)
}

/** A tree that only grows: the roots of its perfect parts, the widest first. Knows its root at each size it passes through. */
export class Growth {
  readonly #peaks: { hash: Buffer; height: number }[] = []
  #size = 0

  get size(): number {
    return this.#size
  }

  /** Adds a node of this height; its leaves come right after those that are there. */
  add(node: Buffer, height = 0): void {
    let grown = { hash: node, height }
    for (;;) {
      const last = this.#peaks.at(-1)
      if (last?.height !== grown.height) break
      this.#peaks.pop()
      grown = { hash: nodeHash(last.hash, grown.hash), height: grown.height + 1 }
    }
    this.#peaks.push(grown)
    this.#size += 2 ** height
  }

  root(): Buffer {
    if (this.#peaks.length === 0) return emptyRoot
    return this.#peaks.map(peak => peak.hash).reduceRight((right, left) => nodeHash(left, right))
  }
}

/** Gives the hash of the node of a height (0: a leaf) and place; it must stand within the tree. */
export type NodeAt = (height: number, place: number) => Promise<Buffer>

/** The widest power of two below a size. */
const below = (size: number): number => 2 ** (Math.ceil(Math.log2(size)) - 1)

/** MTH(D[from : from + size]); `from` is a multiple of every power of two that is at most as wide as what is asked for. */
async function rootOf(node: NodeAt, from: number, size: number): Promise<Buffer> {
  const height = Math.log2(size)
  if (Number.isInteger(height)) return node(height, from / size)
  const left = below(size)
  return nodeHash(await rootOf(node, from, left), await rootOf(node, from + left, size - left))
}

/** The hashes that lead from a leaf to the root of the tree of this size, the leaf's sibling first (RFC 6962, 2.1.1). */
export async function inclusionPath(node: NodeAt, index: number, size: number): Promise<Buffer[]> {
  if (index < 0 || index >= size) throw new RangeError(`There is no leaf ${index} among ${size}`)
  const path = async (at: number, from: number, width: number): Promise<Buffer[]> => {
    if (width === 1) return []
    const left = below(width)
    return at < left
      ? [...(await path(at, from, left)), await rootOf(node, from + left, width - left)]
      : [...(await path(at - left, from + left, width - left)), await rootOf(node, from, left)]
  }
  return path(index, 0, size)
}

/** The root a leaf leads to by its path, or nothing where the path has not the right length for that place and size. */
export function rootByPath(
  leaf: Buffer,
  index: number,
  size: number,
  path: readonly Buffer[],
): Buffer | undefined {
  if (index < 0 || index >= size) return undefined
  let hashed = leaf
  let place = index
  let last = size - 1
  for (const sibling of path) {
    if (last === 0) return undefined
    if (place % 2 === 1 || place === last) {
      hashed = nodeHash(sibling, hashed)
      while (place % 2 === 0 && place !== 0) {
        place = Math.floor(place / 2)
        last = Math.floor(last / 2)
      }
    } else hashed = nodeHash(hashed, sibling)
    place = Math.floor(place / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 ? hashed : undefined
}
