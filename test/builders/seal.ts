import { sql } from 'kysely'
import { type Sealed, sealTown } from '../../src/offices/seal/index.ts'
import type { House } from '../../src/platform/house.ts'

/**
 * Seals until nothing of the town waits. Sealing holds back behind any transaction that is open on the server, and other tests have theirs
 * open on the same one.
 */
export async function sealAll(
  house: Pick<House, 'database' | 'crypto'>,
  town: string,
  options: { batch?: number } = {},
): Promise<Sealed> {
  let sealed = 0
  for (;;) {
    const pass = await sealTown(house, town, options)
    sealed += pass.sealed
    if (!(await anyWaits(house, town))) return { sealed, size: pass.size }
  }
}

/** Whether a row has no place in the log yet. Counts would not tell: a row that was taken away leaves its place behind. */
async function anyWaits(house: Pick<House, 'database'>, town: string): Promise<boolean> {
  const { rows } = await house.database.read(town, tx =>
    sql<{ waits: boolean }>`
      select exists (
        select from (select 'audit' as kind, audit_id as id from audit where municipality_id = ${town}
          union all select 'document', document_id from document where municipality_id = ${town}
          union all select 'certificate', certificate_id from certificate where municipality_id = ${town}
          union all select 'receipt', receipt_id from receipt where municipality_id = ${town}) e
         where not exists (select from seal_leaf l
                where l.municipality_id = ${town} and l.kind = e.kind and l.subject_id = e.id)) as waits`.execute(
      tx.q,
    ),
  )
  return rows[0]?.waits ?? false
}
