import { z } from 'zod'
import { dateIn } from '../../../lib/calendar.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import type { Town } from '../../../web/town.ts'
import { setSetting, settingOn } from '../../people/index.ts'

const key = 'messages.texts-invited'

/**
 * Whether messages may ask for an answer by text: only a town whose number can be written back to says so. Where the sender is a name, or the
 * provider carries one way only, an invitation would lead nowhere. A demo town's telephones can always write.
 */
export async function invitesTexts(
  tx: Read,
  { timeZone, isDemo }: Pick<Town, 'timeZone' | 'isDemo'>,
): Promise<boolean> {
  const set = await settingOn(tx, key, z.boolean(), dateIn(tx.now, timeZone))
  return set?.value ?? isDemo
}

/** Sets it, from today on. */
export const setInvitesTexts = (
  tx: Write,
  { timeZone }: Pick<Town, 'timeZone'>,
  value: boolean,
  staffId: string,
): Promise<void> =>
  setSetting(tx, { key, value, from: dateIn(tx.now, timeZone), by: { kind: 'staff', id: staffId } })
