import { CompiledQuery, sql } from 'kysely'
import type { Read } from '../../../platform/database/index.ts'
import { rowsOf } from './find.ts'
import { type Entry, registry } from './registry/index.ts'
import type { Row } from './tell.ts'

/** Copies made so far: no statement of theirs is worth keeping under a name, so none reads like one before. */
let copies = 0

/** Rows in memory at a time. */
const batch = 500

/** The records of one person, merged ones with them. */
export async function recordsOf(tx: Read, personId: string): Promise<string[]> {
  const { rows } = await sql<{ ids: string[] }>`select same_person(${personId}::uuid)::text[] as ids`.execute(
    tx.q,
  )
  return rows[0]?.ids ?? [personId]
}

const statement = <R>(text: string, tx: Read, ids: readonly string[]): CompiledQuery<R> =>
  CompiledQuery.raw(`${text} -- ${copies}`, [tx.town, ids, ids]) as CompiledQuery<R>

/** How many rows of somebody the registry finds. */
export async function countRows(tx: Read, ids: readonly string[]): Promise<number> {
  copies += 1
  let total = 0
  for (const entry of registry) {
    const { rows } = await tx.q.executeQuery(
      statement<{ n: number }>(`select count(*)::int as n from (${rowsOf(entry)}) f`, tx, ids),
    )
    total += rows[0]?.n ?? 0
  }
  return total
}

/** Every row of somebody, entry by entry, some hundred at a time: all of one instant of the database, as the transaction is. */
export async function* gather(
  tx: Read,
  ids: readonly string[],
): AsyncGenerator<{ entry: Entry; rows: Row[] }> {
  for (const entry of registry) {
    await tx.q.executeQuery(statement(`declare told no scroll cursor for ${rowsOf(entry)}`, tx, ids))
    for (;;) {
      const { rows } = await sql<Row>`fetch ${sql.raw(String(batch))} from told`.execute(tx.q)
      if (rows.length > 0) yield { entry, rows }
      if (rows.length < batch) break
    }
    await sql`close told`.execute(tx.q)
  }
}
