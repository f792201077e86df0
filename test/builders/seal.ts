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
    const { rows } = await house.database.read(town, tx =>
      sql<{ n: number }>`select (select count(*) from audit where municipality_id = ${town})
        + (select count(*) from document where municipality_id = ${town}) + (select count(*) from certificate where municipality_id = ${town})
        + (select count(*) from receipt where municipality_id = ${town}) as n`.execute(tx.q),
    )
    if (pass.size >= (rows[0]?.n ?? 0)) return { sealed, size: pass.size }
  }
}
