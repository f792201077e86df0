import { sql } from 'kysely'
import { type Commons, type ServiceDefinition, stopsPublishing } from '../../kernel/definition/index.ts'
import { BadRequest, Conflict } from '../../lib/errors.ts'
import type { Localized } from '../../lib/localized.ts'
import type { Write } from '../../platform/database/transaction.ts'
import { changeShared } from '../../platform/kept.ts'
import { type AuditActor, record } from '../audit/index.ts'
import { checkText } from './check.ts'
import { hashOfText, type ServiceText } from './text.ts'

/** From when a version holds, at once unless said; and the national text it is a town's version of. */
export type Publication = {
  from?: Date
  base?: { version: number; source: string; commons: Commons } | undefined
}

/**
 * Publishes a version of a service from its text. The same text again changes nothing; another text under a published version number is
 * refused, since requests run under it. So is a text with a fault, with an example that does not come to what it says, or with a branch
 * that no example takes.
 */
export async function publishService(
  tx: Write,
  text: ServiceText,
  by: AuditActor,
  { from = tx.now, base }: Publication = {},
): Promise<'published' | 'unchanged'> {
  const { definition, uses } = proven(text)
  const { source, commons = new Map() } = text
  const used = Object.fromEntries(uses.map(name => [name, commons.get(name) ?? '']))
  const hash = hashOfText({ source, commons: new Map(Object.entries(used)) })
  const before = await sql<{ hash: string }>`
    select hash from service_version
     where municipality_id = ${tx.town} and service_code = ${definition.code} and version = ${definition.version}`.execute(
    tx.q,
  )
  const [known] = before.rows
  if (known?.hash === hash) return 'unchanged'
  if (known)
    throw new BadRequest('version-already-published', { code: definition.code, version: definition.version })
  changeShared(tx)
  await sql`
    insert into service_version (municipality_id, service_code, version, hash, source, commons, published_at, base_version, base_source,
                                 base_commons)
    values (${tx.town}, ${definition.code}, ${definition.version}, ${hash}, ${source}, ${JSON.stringify(used)}, ${from},
            ${base?.version ?? null}, ${base?.source ?? null},
            ${base ? JSON.stringify(Object.fromEntries(base.commons)) : null}::jsonb)`.execute(tx.q)
  await record(tx, {
    actor: by,
    act: 'catalogue.publish',
    subjectKind: 'service',
    subjectId: `${definition.code}/${definition.version}`,
  })
  return 'published'
}

type Proven = { definition: ServiceDefinition; uses: readonly string[] }

/** Texts that were found without fault, by everything they are made of: many towns publish the same ones. */
const provenTexts = new Map<string, Proven>()
const mostProven = 500

function proven(text: ServiceText): Proven {
  const key = hashOfText(text)
  const known = provenTexts.get(key)
  if (known) return known
  const { faults, read } = checkText(text)
  const stops = stopsPublishing(faults)
  if (!read || stops.length > 0) throw new BadRequest('service-faulty', { faults: stops })
  if (provenTexts.size >= mostProven) provenTexts.clear()
  provenTexts.set(key, read)
  return read
}

/** Told on the service's sheet until the day it ends. */
export type RetireNotice = { at: Date; words: Localized }

/**
 * Takes a service off the shelf, from now on or from an instant on of which people are told until then; running requests go on under their
 * version. A day that has not come yet may be changed.
 */
export async function retireService(
  tx: Write,
  code: string,
  by: AuditActor,
  notice?: RetireNotice,
): Promise<void> {
  changeShared(tx)
  await sql`
    update service_version set retired_at = ${notice?.at ?? tx.now}, retire_notice = ${notice ? JSON.stringify(notice.words) : null}::jsonb
     where municipality_id = ${tx.town} and service_code = ${code} and (retired_at is null or retired_at > ${tx.now})`.execute(
    tx.q,
  )
  await record(tx, { actor: by, act: 'catalogue.retire', subjectKind: 'service', subjectId: code })
}

/** Takes back that a service ends on a day to come. @throws Conflict `service-not-ending` */
export async function keepService(tx: Write, code: string, by: AuditActor): Promise<void> {
  changeShared(tx)
  const { numAffectedRows } = await sql`
    update service_version set retired_at = null, retire_notice = null
     where municipality_id = ${tx.town} and service_code = ${code} and retired_at > ${tx.now}`.execute(tx.q)
  if (numAffectedRows === 0n) throw new Conflict('service-not-ending', { code })
  await record(tx, { actor: by, act: 'catalogue.keep', subjectKind: 'service', subjectId: code })
}
