import { z } from 'zod'
import type { CalendarDate } from '../../lib/calendar.ts'
import type { Read } from '../../platform/database/index.ts'
import { settingOn } from '../people/index.ts'

export { type Setting, setSetting, settingOn } from '../people/index.ts'

/** Under which the bank that takes money online is written; `null` from the day on which a town takes none any more. */
export const onlineKey = 'payments.bank'

/** Whether the town takes money online. */
export const paysOnline = async (tx: Read, on: CalendarDate): Promise<boolean> =>
  ((await settingOn(tx, onlineKey, z.unknown(), on))?.value ?? null) !== null
