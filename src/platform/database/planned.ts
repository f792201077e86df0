import { sql } from 'kysely'
import type { Read } from './transaction.ts'

/**
 * From here on statements of this transaction are planned once for each connection, whatever values they are asked with, where PostgreSQL would
 * plan them anew each time. For pages whose planning costs more than their answers, of statements that begin at the same index for any value.
 */
export async function planOnce(tx: Read): Promise<void> {
  await sql`select set_config('plan_cache_mode', 'force_generic_plan', true)`.execute(tx.q)
}
