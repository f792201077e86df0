import { z } from 'zod'
import type { Ready } from '../../lib/ready.ts'
import type { Read } from '../../platform/database/index.ts'
import { settingOn, todayOf } from '../people/index.ts'

/** What the town has settled about people's rights to their data. */
export type RightsRules = {
  /** Days a copy may be taken, then it is destroyed. */
  copyDays: number
  /** Working days in which a correction is decided. */
  correctionDays: number
  /** Why a correction is refused. */
  refusals: readonly Ready[]
  /** Whether the town confirmed them; until then they are the product's own. */
  confirmed: boolean
}

export const rightsKey = 'rights.rules'

const usual: RightsRules = {
  copyDays: 7,
  correctionDays: 15,
  refusals: [
    {
      code: 'agrees',
      ar: 'ما هو مكتوب يطابق الوثيقة الرسمية',
      en: 'What stands agrees with the official paper',
    },
    { code: 'no-proof', ar: 'لم يصلنا ما يثبت الصواب', en: 'Nothing came that proves what is right' },
    { code: 'of-another', ar: 'البيان يخص شخصًا آخر', en: 'It is about another person' },
    {
      code: 'decided',
      ar: 'صدر به قرار، ويُعترض عليه لا يُصحّح',
      en: 'It was decided; a decision is appealed, not corrected',
    },
    {
      code: 'ministry',
      ar: 'يُصحّح أولًا لدى الداخلية أو المحكمة',
      en: 'The ministry or the court corrects it first',
    },
  ],
  confirmed: false,
}

const words = z.string().trim().min(3).max(160)
export const rightsShape = z
  .object({
    copyDays: z.int().min(1).max(30),
    correctionDays: z.int().min(1).max(90),
    refusals: z
      .array(z.object({ code: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/), ar: words, en: words }))
      .min(1)
      .max(9),
  })
  .partial()

/** The rules as they stand today; what the town has not settled is as usual, and marked as not confirmed. */
export async function rightsRules(tx: Read): Promise<RightsRules> {
  const set = await settingOn(tx, rightsKey, rightsShape, await todayOf(tx))
  if (!set) return usual
  const said = Object.fromEntries(Object.entries(set.value).filter(([, each]) => each !== undefined))
  return { ...usual, ...(said as Partial<RightsRules>), confirmed: set.confirmed }
}
