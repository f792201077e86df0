import { z } from 'zod'
import { dateIn } from '../../../lib/calendar.ts'
import type { Read, Write } from '../../../platform/database/transaction.ts'
import { setSetting, settingOn } from '../../treasury/index.ts'
import type { Desk } from '../desk.ts'

const key = 'messages.review-free-text'

/** Whether what staff write to applicants is looked at by a second person first; not, unless the town says so. */
export async function isReviewed(tx: Read, { town }: Pick<Desk, 'town'>): Promise<boolean> {
  const set = await settingOn(tx, key, z.boolean(), dateIn(tx.now, town.timeZone))
  return set?.value ?? false
}

/** Sets the rule, from today on. */
export const setReviewed = (
  tx: Write,
  { town }: Pick<Desk, 'town'>,
  value: boolean,
  staffId: string,
): Promise<void> =>
  setSetting(tx, {
    key,
    value,
    from: dateIn(tx.now, town.timeZone),
    by: { kind: 'staff', id: staffId },
  })
