import { sql } from 'kysely'
import { NotFound } from '../../lib/errors.ts'
import type { Write } from '../../platform/database/index.ts'
import type { AuditActor } from './model.ts'
import { record } from './store.ts'

/** The act by which personal fields of an audit row are emptied; its subject is the row. */
export const erasedAct = 'audit.personal-erased'

/**
 * Empties personal fields of an audit row by a decision, which is written down beside it. The row keeps the salted hashes that stand for
 * them, so that what was sealed still holds; without the salt nobody can guess what they were.
 */
export async function erasePersonal(
  tx: Write,
  {
    auditId,
    fields,
    actor,
    decision,
  }: { auditId: string; fields: readonly string[]; actor: AuditActor; decision: string },
): Promise<void> {
  const { rows } = await sql<{ erased: boolean }>`
    select erase_audit_fields(${auditId}::uuid, ${[...fields]}::text[]) as erased`.execute(tx.q)
  if (!rows[0]?.erased) throw new NotFound('no-such-entry')
  await record(tx, { actor, act: erasedAct, subjectKind: 'audit', subjectId: auditId, cause: decision })
}
