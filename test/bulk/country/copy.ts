import { once } from 'node:events'
import type pg from 'pg'
import { from } from 'pg-copy-streams'

/** Bytes that gather, over all tables, before they go to the database. */
const most = 16 * 2 ** 20
/** Bytes of one piece of a table. */
const pieceBytes = 2 ** 18

/** Rows of a table as they gather: texts become bytes at once, or millions of small strings would be kept for the collector to look through. */
class Pile {
  readonly pieces: Buffer[] = []
  #piece = Buffer.alloc(0)
  #used = 0

  add(text: string): number {
    const room = text.length * 3
    if (this.#used + room > this.#piece.length) {
      this.close()
      this.#piece = Buffer.allocUnsafeSlow(Math.max(pieceBytes, room))
    }
    const bytes = this.#piece.write(text, this.#used, 'utf8')
    this.#used += bytes
    return bytes
  }

  close(): void {
    if (this.#used > 0) this.pieces.push(this.#piece.subarray(0, this.#used))
    this.#piece = Buffer.alloc(0)
    this.#used = 0
  }
}

/**
 * Writes rows by COPY, table after table, over one connection. What is made meanwhile waits in memory, at most as much again as is being
 * written.
 */
export class Copier {
  readonly #client: pg.Client
  #waiting = new Map<string, Pile>()
  #size = 0
  #writing: Promise<void> = Promise.resolve()
  readonly counts = new Map<string, number>()

  constructor(client: pg.Client) {
    this.#client = client
  }

  /** Rows of a table, or of some of its columns (`person (municipality_id, …)`), each with its end of line. */
  add(table: string, text: string, rows: number): void {
    const pile = this.#waiting.get(table) ?? new Pile()
    this.#waiting.set(table, pile)
    this.#size += pile.add(text)
    const [name = ''] = table.split(' ')
    this.counts.set(name, (this.counts.get(name) ?? 0) + rows)
  }

  /** To be called now and then: hands over what has gathered, and waits while the last is still being written. */
  async breathe(): Promise<void> {
    if (this.#size >= most) await this.flush()
  }

  async flush(): Promise<void> {
    await this.#writing
    const batch = this.#waiting
    this.#waiting = new Map()
    this.#size = 0
    this.#writing = this.#write(batch)
    // A fault is told by the next who waits.
    this.#writing.catch(() => {})
  }

  async end(): Promise<void> {
    await this.flush()
    await this.#writing
  }

  async #write(batch: ReadonlyMap<string, Pile>): Promise<void> {
    for (const [table, pile] of batch) {
      pile.close()
      const stream = this.#client.query(from(`copy ${table} from stdin`))
      const done = new Promise<void>((resolve, reject) => {
        stream.once('finish', resolve)
        stream.once('error', reject)
      })
      try {
        for (const piece of pile.pieces)
          if (!stream.write(piece)) await Promise.race([once(stream, 'drain'), done])
        stream.end()
        await done
      } catch (error) {
        throw new Error(`rows of ${table} were refused: ${error instanceof Error ? error.message : error}`, {
          cause: error,
        })
      }
    }
  }
}
