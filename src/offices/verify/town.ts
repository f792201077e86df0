import type { House } from '../../platform/house.ts'
import type { Town } from '../../web/town.ts'
import { type OutsideCheckpoint, verifyRecord } from '../seal/index.ts'
import { verifyTreasury } from '../treasury/index.ts'
import { verifyDestroyed } from './destroyed.ts'
import { verifyFiles } from './files.ts'
import type { Finding, Inspection } from './model.ts'
import { verifyRequests } from './requests.ts'
import { verifyRules } from './rules.ts'

export type VerifyOptions = {
  deep?: boolean
  batch?: number
  /** Checkpoints kept outside this installation; those of other towns are left alone. */
  checkpoints?: readonly OutsideCheckpoint[]
  /** Told of each finding as it is made. */
  found?: (finding: Finding) => void
}

export type Verified = { findings: number; counts: Record<string, number> }

/**
 * Recomputes a town from its history: requests from their acts, books from their vouchers, what is sealed from its
 * rows and leaves, files from their bytes, and the rules between tables. Reads only, some rows at a time; what is at work meanwhile is not held up.
 */
export async function verifyTown(
  house: Pick<House, 'database' | 'files' | 'server' | 'crypto' | 'clock'>,
  town: Town,
  options: VerifyOptions = {},
): Promise<Verified> {
  const verified: Verified = { findings: 0, counts: {} }
  const inspection: Inspection = {
    town,
    files: house.files,
    deep: options.deep ?? false,
    batch: options.batch ?? 500,
    read: work => house.database.read(town.id, work),
    found(finding) {
      verified.findings += 1
      options.found?.(finding)
    },
    counted(what, number) {
      verified.counts[what] = number
    },
  }
  await verifyRequests(inspection)
  await verifyRules(inspection)
  for (const finding of await inspection.read(verifyTreasury)) inspection.found(finding)
  const { found, counted } = inspection
  await verifyRecord(house, town, { found, counted, outside: options.checkpoints ?? [] })
  await verifyDestroyed(inspection)
  await verifyFiles(inspection)
  return verified
}
