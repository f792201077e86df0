import type { Read } from '../../platform/database/index.ts'
import type { FileStore } from '../../platform/files/index.ts'
import type { Town } from '../../web/town.ts'
import type { Finding } from '../treasury/index.ts'

export type { Finding } from '../treasury/index.ts'

/** One town under inspection. Each `read` is a transaction of its own: within it everything is of one instant. */
export type Inspection = {
  readonly town: Town
  readonly files: FileStore
  /** Whether the bytes of every kept file are hashed again; of certificates they always are. */
  readonly deep: boolean
  /** Rows looked at in one go. */
  readonly batch: number
  read<T>(work: (tx: Read) => Promise<T>): Promise<T>
  found(finding: Finding): void
  counted(what: string, number: number): void
}

/** Goes through a table in the order of its ids, some rows at a time, so that a town of any size fits. */
export async function inBatches<Row>(
  inspection: Inspection,
  next: (tx: Read, after: string | undefined, limit: number) => Promise<Row[]>,
  idOf: (row: Row) => string,
  look: (rows: Row[]) => Promise<void> | void,
): Promise<void> {
  let after: string | undefined
  for (;;) {
    const rows = await inspection.read(tx => next(tx, after, inspection.batch))
    if (rows.length > 0) await look(rows)
    const last = rows.at(-1)
    if (!last || rows.length < inspection.batch) return
    after = idOf(last)
  }
}
