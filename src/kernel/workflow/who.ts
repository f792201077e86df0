/** Who stands before a request, as far as the workflow cares; access (`kernel/access`) has already let them see it. */

import type { Appointment } from '../access/model.ts'
import type { ActName, Step } from '../definition/model.ts'
import type { ActorRef, Task } from './model.ts'

export type Who =
  | { kind: 'citizen'; personId: string; relation: 'party' | 'none' }
  | { kind: 'partner'; keyId: string; relation: 'party' | 'none' }
  | { kind: 'staff'; staffId: string; appointments: readonly Appointment[] }
  | { kind: 'system' }

/** Roles whose holder takes a payment, anywhere in the town. */
const tillRoles: readonly string[] = ['collector', 'treasurer']
/** Roles that may let a request pass with its fee unpaid: the debt remains, under their name. */
const exceptingRoles: readonly string[] = ['manager', 'mayor']

export const isParty = (who: Who): boolean =>
  (who.kind === 'citizen' || who.kind === 'partner') && who.relation === 'party'

/** Whether somebody of the staff has one of these roles, in whichever office. */
export const hasRole = (who: Who, ...roles: readonly string[]): boolean =>
  who.kind === 'staff' &&
  who.appointments.some(({ role, deputyOf }) => deputyOf === undefined && roles.includes(role))

export const isHeadOf = (who: Who, office: string): boolean =>
  who.kind === 'staff' &&
  who.appointments.some(held => works(held) && held.office === office && held.role === 'head')

/** Whether a post is held to work by: one lent for letters or for reading alone does no task. */
const works = ({ only }: Appointment): boolean => only === undefined || only === 'tasks'

export const takesPayment = (who: Who): boolean => hasRole(who, ...tillRoles) || who.kind === 'system'

export const mayExcept = (who: Who): boolean => hasRole(who, ...exceptingRoles)

/** Whether somebody of the staff is this person, or stands in for them while they are away. */
export const standsFor = (who: Who, staffId: string | undefined): boolean =>
  who.kind === 'staff' &&
  staffId !== undefined &&
  (who.staffId === staffId || who.appointments.some(held => works(held) && held.deputyOf === staffId))

/** In whose place this person works on a task: of the absent colleague who has it, or by whose post alone it is theirs. */
export function deputyFor(who: Who, task: Task | undefined, act: ActName): string | undefined {
  if (who.kind !== 'staff' || !task) return undefined
  if (task.assignee !== undefined && task.assignee !== who.staffId) {
    if (standsFor(who, task.assignee)) return task.assignee
  }
  const own = { ...who, appointments: who.appointments.filter(({ deputyOf }) => deputyOf === undefined) }
  if (isTheirs(own, task, act)) return undefined
  return who.appointments.find(held => held.deputyOf && isTheirs({ ...who, appointments: [held] }, task, act))
    ?.deputyOf
}

/**
 * Whether a task is this person's to work on by appointment. The head of an office may do its tasks; signing is never inherited, neither
 * by the head nor by whoever stands in for somebody away.
 */
export function isTheirs(who: Who, task: Task, act: ActName): boolean {
  if (who.kind !== 'staff') return false
  const inherits = act !== 'sign'
  return who.appointments.some(
    held =>
      works(held) &&
      held.office === task.office &&
      (inherits || held.deputyOf === undefined) &&
      (task.role === anyRole || held.role === task.role || (inherits && held.role === 'head')),
  )
}

/** The role of a referred task: whoever is appointed at the office. */
export const anyRole = '*'

/** How the history names an actor: staff with the office they acted for. */
export function actorRef(who: Who, task?: Task, step?: Step): ActorRef {
  switch (who.kind) {
    case 'citizen':
      return { kind: 'citizen', id: who.personId }
    case 'partner':
      return { kind: 'partner', id: who.keyId }
    case 'system':
      return { kind: 'system', id: 'system' }
    case 'staff': {
      const office = task?.office ?? step?.office
      const held = who.appointments.find(at => at.office === office) ?? who.appointments[0]
      return { kind: 'staff', id: who.staffId, ...(held && { office: held.office }) }
    }
  }
}
