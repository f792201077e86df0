import { NotFound } from '../../../lib/errors.ts'
import type { Localized } from '../../../lib/localized.ts'
import type { Read } from '../../../platform/database/transaction.ts'
import { catalogueOf, type ServiceVersion, versionsOf } from '../../catalogue/index.ts'
import { newestNational } from '../drafts/national.ts'
import { openDraftOf } from '../drafts/store.ts'
import { newerNational } from '../list/lines.ts'
import type { Draft } from '../model.ts'

/** A service with all its versions, newest first. */
export type ServiceView = {
  code: string
  name: Localized
  versions: ServiceVersion[]
  current: ServiceVersion | undefined
  draft: Draft | undefined
  isRetired: boolean
  /** It ends on a day to come. */
  ending: { at: Date; words: Localized | undefined } | undefined
  national: number | undefined
}

/** @throws NotFound `no-such-service`: nothing is published or written under the code */
export async function readService(tx: Read, code: string): Promise<ServiceView> {
  const versions = await versionsOf(tx, code)
  const draft = await openDraftOf(tx, code)
  if (versions.length === 0 && !draft) throw new NotFound('no-such-service', { code })
  const found = (await catalogueOf(tx)).find(code)
  const national = (await newestNational(tx)).get(code)
  return {
    code,
    name: found?.service.definition.name ?? draft?.name ?? { ar: code, en: code },
    versions,
    current: versions.find(each => each.publishedAt <= tx.now),
    draft,
    isRetired: found?.retired ?? false,
    ending: found?.ending,
    national: newerNational(versions[0], national?.version),
  }
}
