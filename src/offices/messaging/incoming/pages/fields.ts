import { z } from 'zod'
import { dateIn } from '../../../../lib/calendar.ts'
import type { Read } from '../../../../platform/database/index.ts'
import type { Town } from '../../../../web/town.ts'
import { settingOn } from '../../../people/index.ts'

/** Names of the fields on the page of a text. */
export const field = {
  answer: 'answer',
  number: 'number',
  how: 'how',
  back: 'back',
  invites: 'invites',
} as const

/** Whether free words of staff are looked at by a second person first: then none are sent from here. */
export const isReviewed = async (tx: Read, { timeZone }: Pick<Town, 'timeZone'>): Promise<boolean> =>
  (await settingOn(tx, 'messages.review-free-text', z.boolean(), dateIn(tx.now, timeZone)))?.value ?? false
