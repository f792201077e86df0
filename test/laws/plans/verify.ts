import { verifyFiles } from '../../../src/offices/verify/files.ts'
import { verifyRequests } from '../../../src/offices/verify/requests.ts'
import type { Write } from '../../../src/platform/database/transaction.ts'
import type { BigTown, Lists } from './town.ts'

/** Lists of what is verified. */
export function verifyLists({ house, bench }: BigTown): Lists {
  /** The catalogue or the first batch, the second, and no more. */
  const verifying = (tx: Write, verify: typeof verifyFiles): Promise<void> => {
    let batches = 0
    return verify({
      town: bench.town,
      files: house.files,
      deep: false,
      batch: 100,
      found() {},
      counted() {},
      read: async work => (++batches > 3 ? ([] as never) : work(tx)),
    })
  }
  return {
    'a batch of requests to verify': tx => verifying(tx, verifyRequests),
    'a batch of files to verify': tx => verifying(tx, verifyFiles),
  }
}
