import { z } from 'zod'
import type { Actor, Role } from '../../../kernel/access/index.ts'
import type { CalendarDate } from '../../../lib/calendar.ts'
import type { Read } from '../../../platform/database/index.ts'
import { settingOn } from '../settings.ts'

/** Posts that give power over others, over money or over what is recorded: nobody is put into one by a single person. */
export const powerRoles: readonly Role[] = ['admin', 'manager', 'mayor', 'treasurer', 'supervisor', 'auditor']

export const isPower = (role: Role): boolean => powerRoles.includes(role)

/** Those who may be named to approve; where there is one administrator, the mayor or the manager does. */
export const approverRoles = ['admin', 'manager', 'mayor'] as const
export type ApproverRole = (typeof approverRoles)[number]

export const approversKey = 'staff.approvers'
const shape = z.array(z.enum(approverRoles)).min(1)

/** Which posts approve what gives power, by the town's rule of the day; all three where the town has set none. */
export async function approversOn(tx: Read, on: CalendarDate): Promise<readonly ApproverRole[]> {
  return (await settingOn(tx, approversKey, shape, on))?.value ?? approverRoles
}

/** Why somebody may not decide on a proposal: `own` of theirs, about `themselves`, or not the town's to `approve`. */
export type WhyNot = 'own' | 'themselves' | 'not-approver'

/**
 * Whether somebody decides on a proposal. Two people always: never whoever proposed it, never whom it is about. A post held in another's
 * place counts for nothing here.
 */
export function whyNotDecide(
  actor: Actor,
  proposal: { proposedBy: string; staffId: string | undefined },
  approvers: readonly ApproverRole[],
): WhyNot | undefined {
  if (actor.kind !== 'staff') return 'not-approver'
  if (actor.staffId === proposal.proposedBy) return 'own'
  if (actor.staffId === proposal.staffId) return 'themselves'
  const holds = actor.appointments.some(
    ({ role, deputyOf }) => deputyOf === undefined && (approvers as readonly Role[]).includes(role),
  )
  return holds ? undefined : 'not-approver'
}
