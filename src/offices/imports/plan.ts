import type { Write } from '../../platform/database/index.ts'
import { planJob } from '../../platform/jobs/index.ts'
import type { AuditActor } from '../audit/index.ts'

declare module '../../platform/jobs/jobs.ts' {
  interface JobPayloads {
    'imports.check': { runId: string }
    'imports.apply': { runId: string; by: { kind: 'staff' | 'system'; id: string } }
    'imports.fetch-nightly': Record<string, never>
  }
}

const queue = 'imports'

/** A run is read one after the other: the machine has other work. */
export const planCheck = (tx: Write, runId: string) => planJob(tx, 'imports.check', { runId }, { queue })

export const planApply = (tx: Write, runId: string, actor: AuditActor) =>
  planJob(
    tx,
    'imports.apply',
    { runId, by: { kind: actor.kind === 'staff' ? 'staff' : 'system', id: actor.id } },
    { queue },
  )
