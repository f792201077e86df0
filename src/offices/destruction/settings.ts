import { z } from 'zod'
import { type Role, roles } from '../../kernel/access/index.ts'
import type { Read } from '../../platform/database/index.ts'
import { settingOn, todayOf } from '../people/index.ts'
import { type CommitteeRules, fewestMembers } from './model.ts'

export const rulesKey = 'destruction.rules'

const shape = z.object({
  roles: z.array(z.enum(roles)).min(1),
  members: z.number().int().min(fewestMembers).max(15),
  restDays: z.number().int().min(1).max(365),
})

const usualRoles: readonly Role[] = [
  'manager',
  'mayor',
  'supervisor',
  'auditor',
  'treasurer',
  'legal-adviser',
  'head',
]
const usual: CommitteeRules = { roles: usualRoles, members: fewestMembers, restDays: 7 }

/** Who may be of a committee, how many at least, and how long an approved act rests; three and seven days until the town says otherwise. */
export async function committeeRules(tx: Read): Promise<CommitteeRules> {
  return (await settingOn(tx, rulesKey, shape, await todayOf(tx)))?.value ?? usual
}

export const readCommitteeRules = (typed: unknown) => shape.safeParse(typed)
