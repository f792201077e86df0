import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { checkService, compileService, parseService } from '../../kernel/definition/index.ts'
import { BadRequest } from '../../lib/errors.ts'
import type { Write } from '../../platform/database/transaction.ts'
import { type AuditActor, record } from '../audit/index.ts'

/**
 * Publishes a version of a service from its text. The same text again changes nothing; another text under a published version number is
 * refused, since requests run under it.
 */
export async function publishService(
  tx: Write,
  source: string,
  by: AuditActor,
): Promise<'published' | 'unchanged'> {
  const read = parseService(source)
  if (!read.ok) throw new BadRequest('service-faulty', { faults: read.faults })
  const faults = checkService(read.definition)
  if (faults.length > 0) throw new BadRequest('service-faulty', { faults })
  const { definition } = read
  compileService(definition)
  const hash = createHash('sha256').update(source).digest('hex')
  const before = await sql<{ hash: string }>`
    select hash from service_version
     where municipality_id = ${tx.town} and service_code = ${definition.code} and version = ${definition.version}`.execute(
    tx.q,
  )
  const [known] = before.rows
  if (known?.hash === hash) return 'unchanged'
  if (known)
    throw new BadRequest('version-already-published', { code: definition.code, version: definition.version })
  await sql`insert into service_version (municipality_id, service_code, version, hash, source, published_at)
            values (${tx.town}, ${definition.code}, ${definition.version}, ${hash}, ${source}, ${tx.now})`.execute(
    tx.q,
  )
  await record(tx, {
    actor: by,
    act: 'catalogue.publish',
    subjectKind: 'service',
    subjectId: `${definition.code}/${definition.version}`,
  })
  return 'published'
}

/** Takes a service off the shelf from now on; running requests go on under their version. */
export async function retireService(tx: Write, code: string, by: AuditActor): Promise<void> {
  await sql`update service_version set retired_at = ${tx.now}
             where municipality_id = ${tx.town} and service_code = ${code} and retired_at is null`.execute(
    tx.q,
  )
  await record(tx, { actor: by, act: 'catalogue.retire', subjectKind: 'service', subjectId: code })
}
