import type { Write } from '../../../platform/database/transaction.ts'
import type { AuditActor } from '../../audit/index.ts'
import { publishService, type ServiceFile, textOfVersion, versionsOf } from '../../catalogue/index.ts'
import { rememberNational } from '../drafts/national.ts'
import { isWrittenHere } from '../drafts/store.ts'
import { nationalUpdate } from './merge.ts'

/** What became of a national service a town was brought: published, there already, or held against the town's own version. */
export type Brought =
  | { outcome: 'published' | 'unchanged' }
  | { outcome: 'to-take'; taken: number; choices: number }
  /** The town wrote a service of this code itself: the national one is only kept. */
  | { outcome: 'own' }

/**
 * Brings a town a national service. Where the town goes by national texts it is published; a town's own version is never written over: the
 * newer text waits to be taken.
 */
export async function bringNational(tx: Write, file: ServiceFile, by: AuditActor): Promise<Brought> {
  const { code, version, source, commons } = file
  const [newest] = await versionsOf(tx, code)
  const isOurs = newest !== undefined && (await isWrittenHere(tx, code, newest.version))
  if (!isOurs) {
    const outcome = await publishService(tx, { source, commons }, by)
    await rememberNational(tx, file)
    return { outcome }
  }
  await rememberNational(tx, file)
  const { base } = await textOfVersion(tx, code, newest.version)
  if (!base) return { outcome: 'own' }
  if (base.version >= version) return { outcome: 'unchanged' }
  const { taken, choices } = await nationalUpdate(tx, code)
  return { outcome: 'to-take', taken: taken.length, choices: choices.length }
}
