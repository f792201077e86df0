import type { Write } from '../../platform/database/index.ts'
import type { Look } from '../../web/actor.ts'
import type { AuditActor, AuditEntry } from './model.ts'
import { recordMany } from './store.ts'

/** Writes down looks at people's data: an audit row each, and beside it whereby it was allowed. Gives the ids of the rows. */
export async function recordLooks(
  tx: Write,
  actor: AuditActor & { kind: 'staff' | 'partner' | 'system' },
  act: string,
  looks: readonly Look[],
): Promise<string[]> {
  if (looks.length === 0) return []
  const ids = await recordMany(
    tx,
    looks.map(
      ({ personId, requestId, subjectKind, subjectId, cause }): AuditEntry => ({
        actor,
        act,
        personId,
        requestId,
        subjectKind,
        subjectId,
        cause,
      }),
    ),
  )
  await tx.q
    .insertInto('look')
    .values(
      looks.map(({ personId, by, sensitive }, at) => ({
        municipality_id: tx.town,
        audit_id: ids[at] ?? '',
        at: tx.now,
        person_id: personId,
        actor_kind: actor.kind,
        actor_id: actor.id,
        office_code: actor.office ?? null,
        cause_kind: by.kind,
        grant_id: by.grantId ?? null,
        visit_id: by.visitId ?? null,
        release_id: by.releaseId ?? null,
        is_sensitive: sensitive ?? false,
      })),
    )
    .execute()
  for (const { by } of looks) await by.claim?.(tx)
  return ids
}
