import { type Kind, originOf } from '../../../src/offices/seal/model.ts'
import { Growth, leafHexOf, packedRoot } from '../../../src/offices/seal/tree/merkle.ts'
import { signCheckpoint, verifierOf, verifierText } from '../../../src/offices/seal/tree/note.ts'
import { tileWidth } from '../../../src/offices/seal/tree/tile.ts'
import type { Crypto } from '../../../src/platform/crypto/index.ts'
import type { Copier } from './copy.ts'

const hashBytes = 32
const tileBytes = tileWidth * hashBytes

/** One town's sealed log as it grows while its rows are written: the leaves, the roots of filled tiles, and at the end one checkpoint. */
export class Log {
  readonly #town: string
  readonly #copier: Copier
  #size = 0
  readonly #growth = new Growth()
  /** Hashes of each level that fill no tile yet. */
  readonly #edges: Buffer[] = []
  readonly #filled: number[] = []
  #lines = ''
  #waiting = 0

  constructor(town: string, copier: Copier) {
    this.#town = town
    this.#copier = copier
  }

  /** Seals an entry by its bytes, given as text. */
  add(kind: Kind, id: string, bytes: string): void {
    const hex = leafHexOf(bytes)
    this.#lines += `${this.#town}\t${this.#size}\t${kind}\t${id}\t\\\\x${hex}\n`
    this.#size += 1
    this.#waiting += 1
    if (this.#waiting >= 500) this.#hand()
    this.#keep(0, Buffer.from(hex, 'hex'))
  }

  #hand(): void {
    if (this.#waiting > 0)
      this.#copier.add(
        'seal_leaf (municipality_id, leaf_index, kind, subject_id, hash)',
        this.#lines,
        this.#waiting,
      )
    this.#lines = ''
    this.#waiting = 0
  }

  #keep(level: number, hash: Buffer): void {
    const edge = this.#edges[level] ?? Buffer.alloc(tileBytes)
    this.#edges[level] = edge
    const filled = this.#filled[level] ?? 0
    hash.copy(edge, filled * hashBytes)
    this.#filled[level] = (filled + 1) % tileWidth
    if (filled + 1 < tileWidth) return
    const root = Buffer.from(packedRoot(Buffer.from(edge)))
    if (level === 0) this.#growth.add(root, 8)
    const above = level + 1
    const index = Math.floor(this.#size / tileWidth ** above) - 1
    const line = `${this.#town}\t${above}\t${index}\t\\\\x${root.toString('hex')}\n`
    this.#copier.add('seal_node (municipality_id, level, node_index, hash)', line, 1)
    this.#keep(above, root)
  }

  /** Signs what the log has come to. `horizon`: every transaction below it is sealed, in the database named `cluster`. */
  sign(of: { slug: string; crypto: Crypto; now: Date; horizon: string; cluster: string }): void {
    this.#hand()
    const left = this.#filled[0] ?? 0
    for (let at = 0; at < left; at++)
      this.#growth.add(Buffer.from(this.#edges[0]?.subarray(at * hashBytes, (at + 1) * hashBytes) ?? []))
    const origin = originOf(of.slug)
    const signers = of.crypto.signers(this.#town)
    const root = this.#growth.root()
    const note = signCheckpoint({ origin, size: this.#size, root }, signers).replaceAll('\n', '\\n')
    const at = of.now.toISOString()
    const cells = [this.#town, this.#size, `\\\\x${root.toString('hex')}`, at, note, of.horizon, of.cluster]
    this.#copier.add(
      'seal_checkpoint (municipality_id, size, root, sealed_at, note, horizon, cluster)',
      `${cells.join('\t')}\n`,
      1,
    )
    for (const signer of signers) {
      const line = `${this.#town}\t${verifierText(verifierOf(origin, signer.publicKey))}\t${at}\n`
      this.#copier.add('seal_key (municipality_id, verifier, known_since)', line, 1)
    }
  }
}
