import { once } from 'node:events'
import type pg from 'pg'
import { from } from 'pg-copy-streams'

/** Written so much, the rows of all tables go to the database; so long they are kept in memory. */
const most = 24 * 2 ** 20

export type Written = { table: string; rows: number }

/**
 * Writes rows by COPY, table after table, over one connection. What is made meanwhile waits in memory, at most as much again as is being
 * written.
 */
export class Copier {
  readonly #client: pg.Client
  #waiting = new Map<string, string[]>()
  #size = 0
  #writing: Promise<void> = Promise.resolve()
  readonly counts = new Map<string, number>()

  constructor(client: pg.Client) {
    this.#client = client
  }

  /** Rows of a table, or of some of its columns (`person (municipality_id, …)`), each with its end of line. */
  add(table: string, text: string, rows: number): void {
    const lines = this.#waiting.get(table)
    if (lines) lines.push(text)
    else this.#waiting.set(table, [text])
    this.#size += text.length
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

  async #write(batch: ReadonlyMap<string, string[]>): Promise<void> {
    for (const [table, lines] of batch) {
      const stream = this.#client.query(from(`copy ${table} from stdin`))
      const done = new Promise<void>((resolve, reject) => {
        stream.once('finish', resolve)
        stream.once('error', reject)
      })
      try {
        for (let at = 0; at < lines.length; at += 64)
          if (!stream.write(lines.slice(at, at + 64).join('')))
            await Promise.race([once(stream, 'drain'), done])
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
