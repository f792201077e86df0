import { z } from 'zod'
import type { CalendarDate } from '../../lib/calendar.ts'
import type { Ready } from '../../lib/ready.ts'
import type { Read } from '../../platform/database/index.ts'
import { settingOn, todayOf } from '../people/index.ts'

export const presences = ['told', 'code', 'turn'] as const
export type Presence = (typeof presences)[number]

/** What the town has settled about looks at people's data. */
export type LookRules = {
  /** How long a file stays open on a reason. */
  minutes: number
  /** Whether people read the name of who looked, or only what they are and where. */
  name: 'role' | 'name'
  /** Working days in which «why did you look?» is answered. */
  answerDays: number
  /**
   * What the number of a card, typed whole at the counter, opens where nobody was called: a visit of which its person is told at once; one
   * only with the code that came to their telephone; or nothing, where every visitor has a turn.
   */
  presence: Presence
  /** So many files of one clerk in a day, opened by their number with nothing done for anybody, raise a flag. */
  idleADay: number
  /** So many people's rows in lists on screen in a day, beyond one's tasks, need no reason. */
  rowsADay: number
  /** Whether people are told once a month who looked. */
  monthly: boolean
  reasons: readonly Ready[]
}

export const rulesKey = 'looks.rules'

const usual: LookRules = {
  minutes: 15,
  name: 'role',
  answerDays: 10,
  presence: 'told',
  idleADay: 8,
  rowsADay: 200,
  monthly: false,
  reasons: [
    { code: 'present', ar: 'حضر صاحب الملف إلى الدائرة', en: 'They came to the office' },
    { code: 'phone', ar: 'يسأل بالهاتف عن معاملة له', en: 'They ask by telephone about something of theirs' },
    {
      code: 'agent',
      ar: 'حضر قريبه أو وكيله لمعاملة له',
      en: 'A relative or agent came for something of theirs',
    },
    { code: 'mend', ar: 'تصحيح خطأ في سجله', en: 'To correct a mistake in their record' },
    { code: 'dues', ar: 'متابعة ذمة متأخرة عليه', en: 'To follow up an overdue debt' },
    { code: 'field', ar: 'كشف أو عمل ميداني عنده', en: 'An inspection or works at their place' },
    {
      code: 'complaint',
      ar: 'متابعة شكوى أو اعتراض منه',
      en: 'To follow up a complaint or objection of theirs',
    },
    { code: 'law', ar: 'طلب من محكمة أو جهة رقابية', en: 'A court or an oversight body asked' },
  ],
}

const words = z.string().trim().min(3).max(120)
export const rulesShape = z
  .object({
    minutes: z.int().min(5).max(60),
    name: z.enum(['role', 'name']),
    answerDays: z.int().min(1).max(60),
    presence: z.enum(presences),
    // as it was said before presence could be proved
    cards: z.boolean(),
    idleADay: z.int().min(1).max(100),
    rowsADay: z.int().min(20).max(5000),
    monthly: z.boolean(),
    reasons: z
      .array(z.object({ code: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/), ar: words, en: words }))
      .min(1)
      .max(8),
  })
  .partial()

/** The rules as they stand today, or on a day that is known already; what the town has not settled is as usual. */
export async function lookRules(tx: Read, on?: CalendarDate): Promise<LookRules> {
  const set = await settingOn(tx, rulesKey, rulesShape, on ?? (await todayOf(tx)))
  const { cards, ...value } = set?.value ?? {}
  return {
    ...usual,
    ...(cards === false && { presence: 'turn' }),
    ...(Object.fromEntries(
      Object.entries(value).filter(([, each]) => each !== undefined),
    ) as Partial<LookRules>),
  }
}
