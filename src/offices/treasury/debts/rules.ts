import { z } from 'zod'
import type { AllocationOrder } from '../../../kernel/dues/index.ts'
import type { CalendarDate } from '../../../lib/calendar.ts'
import type { Read } from '../../../platform/database/index.ts'
import { settingOn } from '../settings.ts'

/** The town's rules about what is owed, each a dated setting; until the council writes its own, these hold. */
export const debtRuleKeys = {
  allocation: 'treasury.allocation',
  plans: 'treasury.plans',
  stale: 'treasury.stale',
}

const order = z.discriminatedUnion('by', [
  z.object({ by: z.literal('oldest') }),
  z.object({ by: z.literal('request') }),
  z.object({ by: z.literal('kind'), kinds: z.array(z.string()) }),
]) satisfies z.ZodType<AllocationOrder>

const plans = z.object({
  /** Days an instalment may be late before the plan is broken. */
  graceDays: z.int().min(0).max(365),
  /** Days before an instalment on which its debtor is reminded. */
  remindDays: z.int().min(0).max(30),
})
export type PlanRules = z.output<typeof plans>

/** In which order the town lays money on dues: what a request waits for, then the oldest, unless the council said otherwise. */
export const allocationOrder = async (tx: Read, on: CalendarDate): Promise<AllocationOrder> =>
  (await settingOn(tx, debtRuleKeys.allocation, order, on))?.value ?? { by: 'request' }

/** How long an instalment may be late, and when it is recalled. */
export const planRules = async (tx: Read, on: CalendarDate): Promise<PlanRules> =>
  (await settingOn(tx, debtRuleKeys.plans, plans, on))?.value ?? { graceDays: 7, remindDays: 3 }

/** After how many days a balance of the program the town had before counts as stale: it is shown with a warning. */
export const staleDays = async (tx: Read, on: CalendarDate): Promise<number> =>
  (await settingOn(tx, debtRuleKeys.stale, z.int().min(1), on))?.value ?? 60
